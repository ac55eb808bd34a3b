import { randomUUIDv7 } from 'node:crypto'

declare const brand: unique symbol

/** A primitive that only its own maker may produce: `Brand<string, 'ReferralId'>` is no other string. */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name }

/** Institution key: a bigint in PostgreSQL, a decimal string here, because it may pass 2^53 once sharded. */
export type OrgId = Brand<string, 'OrgId'>

/** Person key: a bigint in PostgreSQL, a decimal string here. It never changes; merging two persons is a link. */
export type PersonId = Brand<string, 'PersonId'>

/** Account key: UUIDv7. */
export type AccountId = Brand<string, 'AccountId'>

/** A new UUIDv7: sorts by the time at which it was made. Made in Node so that a write may be repeated with the same id. */
export const newId = <Id extends string = string>(): Id => randomUUIDv7() as Id

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** Whether the text is a UUID in its canonical lower-case form. */
export const isUuid = (text: string): boolean => UUID.test(text)
