export { CAPACITY_CHANNEL, readNotice, startNotices, writeNotice, type Notice, type Notices } from './notices.ts'
export { momentOf, poolsBetween, poolsNamed, poolsOfOrgs, touchedSince, writtenSince } from './store.ts'
export type { LeftOver, Moment, Seen, Touched } from './store.ts'
