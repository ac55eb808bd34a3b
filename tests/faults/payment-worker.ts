import { startPaymentWork } from '../../src/modules/payment/index.ts'
import { linkTo } from '../harness/payment.ts'
import { houseOfProcess } from '../harness/house-of-process.ts'

/** The house's work on bills as a process of its own, so that a test may kill it in the middle: node tests/faults/payment-worker.ts <database> <platform> */
const [databaseUrl = '', platformUrl = ''] = process.argv.slice(2)
const house = await houseOfProcess(databaseUrl, 6)
startPaymentWork(house, linkTo(platformUrl, 600), { parallel: 8, idleMs: 50, leaseMs: 5_000, waitMsMost: 400 })
console.log('working')
