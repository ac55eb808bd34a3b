import { formsByName, reactions, refusalTables } from '../../src/apps/api.ts'
import { startPaymentWork } from '../../src/modules/payment/index.ts'
import { makeCipher } from '../../src/platform/cipher.ts'
import { openDatabase } from '../../src/platform/database/pool.ts'
import type { House } from '../../src/platform/house.ts'
import { refusalTexts } from '../../src/platform/refusals.ts'
import { loadRulebook } from '../../src/platform/rulebook.ts'
import { linkTo } from '../harness/payment.ts'

/** The house's work on bills as a process of its own, so that a test may kill it in the middle: node tests/faults/payment-worker.ts <database> <platform> */
const [databaseUrl = '', platformUrl = ''] = process.argv.slice(2)
const house: House = {
  database: openDatabase(databaseUrl, { size: 6 }),
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
startPaymentWork(house, linkTo(platformUrl, 600), { parallel: 8, idleMs: 50, leaseMs: 5_000, waitMsMost: 400 })
console.log('working')
