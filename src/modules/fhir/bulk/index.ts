export { addBulkRoutes } from './routes.ts'
export { isSameResource } from './is-same.ts'
export { startBulk, workOnBulk } from './worker.ts'
export type { BulkWork } from './worker.ts'
