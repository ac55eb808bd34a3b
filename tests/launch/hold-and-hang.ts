// Started by the tests as a process of its own, to be killed: starts the embedded database and stays.
import { startEmbedded } from '../../src/platform/embedded-postgres/index.ts'

const embedded = await startEmbedded({ dataFolder: process.argv[2] ?? '', fast: true, onNote: () => {} })
console.log(embedded.ownerUrl)
setInterval(() => {}, 60_000)
