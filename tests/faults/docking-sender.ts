import { formsByName, reactions, refusalTables } from '../../src/apps/api.ts'
import { startSender } from '../../src/modules/docking/index.ts'
import { makeCipher } from '../../src/platform/cipher.ts'
import { openDatabase } from '../../src/platform/database/pool.ts'
import type { House } from '../../src/platform/house.ts'
import { refusalTexts } from '../../src/platform/refusals.ts'
import { loadRulebook } from '../../src/platform/rulebook.ts'

/** The sender as a process of its own, so that a test may kill it in the middle: node tests/faults/docking-sender.ts <database> <platform> */
const [databaseUrl = '', platformUrl = '', token = '', timeoutMs = '500'] = process.argv.slice(2)
const database = openDatabase(databaseUrl, { size: 4 })
const house: House = {
  database,
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
startSender(
  house,
  { url: platformUrl, token, timeoutMs: Number(timeoutMs) },
  { parallel: 4, idleMs: 50, firstWaitMs: 60, waitMsMost: 500 },
)
console.log('sending')
