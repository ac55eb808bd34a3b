import { randomBytes } from 'node:crypto'
import { plusHours } from '../../kernel/clock.ts'
import type { OrgId } from '../../kernel/id.ts'
import type { Tx } from '../../platform/database/pool.ts'
import type { Act } from '../../platform/forms/form.ts'
import { consortiumOf, memberIdsOf } from '../organisations/index.ts'
import type { Pool, Voucher, VoucherNumber } from './booking.ts'
import { lockPool } from './store.ts'
import { alternativesTo, findVoucher, lockVoucher } from './voucher-store.ts'

const RANDOM_BYTES = 16
/** How many other slots a lost promise names: enough to choose from on the telephone. */
const ALTERNATIVES_MOST = 3
const ALTERNATIVES_WITHIN_DAYS = 14
const HOURS_A_DAY = 24

/** A number of 128 random bits behind the key of the institution whose unit it is. */
export const newVoucherNumber = (org: OrgId): VoucherNumber =>
  `${org}-${randomBytes(RANDOM_BYTES).toString('base64url')}` as VoucherNumber

const ownerOf = (number: string): OrgId => number.slice(0, number.indexOf('-')) as OrgId

/** A promise that reaches the house: its voucher and slot, both locked, and where else there is a unit. */
export type PromiseFacts = { readonly voucher: Voucher; readonly pool: Pool; readonly alternatives: readonly Pool[] }

/**
 * Locks what a promise by a voucher needs; null when there is no such number or another institution holds it, so that
 * trying numbers tells nothing.
 */
export const lockPromise = async (tx: Tx, number: string, act: Act): Promise<PromiseFacts | null> => {
  const found = await findVoucher(tx, ownerOf(number), number as VoucherNumber)
  if (!found || found.holder !== act.actor.org) return null
  const pool = await lockPool(tx, found.org, found.pool)
  const voucher = await lockVoucher(tx, found.org, found.number)
  if (!pool || !voucher) return null
  const consortium = await consortiumOf(tx, pool.org, act.today)
  const orgs = [pool.org, ...(consortium ? await memberIdsOf(tx, consortium.id, act.today) : [])]
  const by = { orgs, until: plusHours(act.now, ALTERNATIVES_WITHIN_DAYS * HOURS_A_DAY), now: act.now, limit: ALTERNATIVES_MOST }
  return { voucher, pool, alternatives: await alternativesTo(tx, pool, by) }
}
