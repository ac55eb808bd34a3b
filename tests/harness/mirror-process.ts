import type { OrgId } from '../../src/kernel/id.ts'
import { openEngine } from '../../src/modules/navigation/engine/index.ts'
import { startMirror } from '../../src/modules/navigation/engine/mirror.ts'
import { openDatabase } from '../../src/platform/database/pool.ts'

// A process of its own that keeps a mirror of one place and says what it sees whenever that changes: `node mirror-process.ts <url> <org> <specialty>`.

const [url = '', org = '', specialty = ''] = process.argv.slice(2)
const LOOK_MS = 2

const engine = openEngine({
  sites: [{ id: org as OrgId, tier: 'county', longitude: 112, latitude: 28, division: '430100000000', hasDoubtfulPoint: false }],
  alliances: [],
  needs: [{ key: 'only', specialty }],
  able: () => ({ sites: Uint32Array.of(0), strengths: Uint8Array.of(0) }),
})
const database = openDatabase(url, { size: 2 })
const mirror = startMirror({ database, capacity: engine.capacity, horizonDays: 7 })
await mirror.ready
let said: number | null = null
const look = setInterval(() => {
  const units = engine.capacity.get('referral', org as OrgId, specialty)?.units ?? 0
  if (units === said) return
  said = units
  process.send?.({ units, ageMs: mirror.ageMs() })
}, LOOK_MS)
process.once('disconnect', () => {
  clearInterval(look)
  void mirror.close().then(database.close)
})
