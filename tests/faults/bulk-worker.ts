import { setTimeout as wait } from 'node:timers/promises'
import { workOnBulk } from '../../src/modules/fhir/bulk/index.ts'
import { faces } from '../../src/modules/fhir/index.ts'
import { houseOfProcess } from '../harness/house-of-process.ts'

/** The house's work on bulk jobs as a process of its own, so that a test may kill it in the middle: node tests/faults/bulk-worker.ts <database> <lease in ms> */
const [databaseUrl = '', leaseMs = ''] = process.argv.slice(2)
const house = await houseOfProcess(databaseUrl, 3)
console.log('working')
for (;;) if (!(await workOnBulk(house, faces, Number(leaseMs)))) await wait(20)
