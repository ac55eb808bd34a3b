import { setTimeout as wait } from 'node:timers/promises'
import { formsByName, reactions, refusalTables } from '../../src/apps/api.ts'
import { workOnBulk } from '../../src/modules/fhir/bulk/index.ts'
import { faces } from '../../src/modules/fhir/index.ts'
import { makeCipher } from '../../src/platform/cipher.ts'
import { openDatabase } from '../../src/platform/database/pool.ts'
import type { House } from '../../src/platform/house.ts'
import { refusalTexts } from '../../src/platform/refusals.ts'
import { loadRulebook } from '../../src/platform/rulebook.ts'

/** The house's work on bulk jobs as a process of its own, so that a test may kill it in the middle: node tests/faults/bulk-worker.ts <database> <lease in ms> */
const [databaseUrl = '', leaseMs = ''] = process.argv.slice(2)
const house: House = {
  database: openDatabase(databaseUrl, { size: 3 }),
  rulebook: await loadRulebook(),
  cipher: makeCipher('0123456789abcdef'.repeat(4)),
  zone: 'Asia/Shanghai',
  forms: formsByName(),
  reactions,
  texts: refusalTexts(refusalTables),
  log: (level, event, values) => {
    if (level === 'error') console.error(event, values)
  },
  told: () => {},
}
console.log('working')
for (;;) if (!(await workOnBulk(house, faces, Number(leaseMs)))) await wait(20)
