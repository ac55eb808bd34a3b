export { attachMissed } from './attach-missed.ts'
export { reindex } from './reindex.ts'
export type { Reindexed } from './reindex.ts'
