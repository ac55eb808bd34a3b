import { startSender } from '../../src/modules/docking/index.ts'
import { houseOfProcess } from '../harness/house-of-process.ts'

/** The sender as a process of its own, so that a test may kill it in the middle: node tests/faults/docking-sender.ts <database> <platform> */
const [databaseUrl = '', platformUrl = '', token = '', timeoutMs = '500'] = process.argv.slice(2)
const house = await houseOfProcess(databaseUrl, 4)
startSender(
  house,
  { url: platformUrl, token, timeoutMs: Number(timeoutMs) },
  { parallel: 4, idleMs: 50, firstWaitMs: 60, waitMsMost: 500 },
)
console.log('sending')
