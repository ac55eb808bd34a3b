/** One place in the shipped code, written otherwise: a text that stands there once, and what stands there instead. */
export type Edit = { readonly in: string; readonly from: string; readonly to: string }

/** A fault as somebody might really make it. `in` is a file of the repository, `sql:` and a function of the
 * database, or `sql:constraint`, which takes away the constraint of booking.pool that `from` names. */
export type Mutant = {
  readonly name: string
  readonly edits: readonly Edit[]
  /** Where to begin to look: what is seldom seen was first seen about here. */
  readonly from?: number
}

const STORE = 'src/modules/booking/store.ts'
const UNITS = 'src/modules/booking/units.ts'
const FORMS = 'src/modules/booking/forms.ts'
const DRAW = 'src/modules/booking/rules/draw-unit.ts'
const PROMISE = 'src/modules/booking/rules/keep-promise.ts'
const VOUCHERS = 'src/modules/booking/voucher-store.ts'
const SETTLE = 'sql:booking.settle_pools'
const BATCH = 'sql:booking.book_many'

const one = (name: string, where: string, from: string, to: string, seed = 1): Mutant => ({
  name,
  edits: [{ in: where, from, to }],
  from: seed,
})

/** Faults that the simulation must find; each is the shipped code with one thing wrong. */
export const MUTANTS: readonly Mutant[] = [
  // Units go back.
  one(
    'a unit goes back to the wrong share',
    STORE,
    "  switch (share) {\n    case 'reserved':\n      return tx.run(\n        sql`update booking.pool set used_reserved = used_reserved - 1",
    "  switch (share === 'reserved' ? 'open' : share) {\n    case 'reserved' as never:\n      return tx.run(\n        sql`update booking.pool set used_reserved = used_reserved - 1",
  ),
  one('a unit of the reserve stays shut after the release', STORE, ', reserved = reserved - (released_at is not null)::int', ''),
  one(
    'a unit goes back twice',
    STORE,
    '  await giveBack(tx, booking)\n',
    '  await giveBack(tx, booking)\n  await giveBack(tx, booking)\n',
  ),
  one(
    'a claim is not released',
    STORE,
    '  await tx.run(sql`delete from booking.person_claim where',
    '  if (false) await tx.run(sql`delete from booking.person_claim where',
  ),
  one(
    'the service of the day is not freed',
    STORE,
    'if (USED_UP.includes(state)) await freeClaims',
    "if (state === 'expired') await freeClaims",
  ),
  one(
    'the batch keeps an ended hold’s unit of the reserve shut',
    SETTLE,
    'reserved = p.reserved - case when p.released_at is null then 0 else c.reserved end',
    'reserved = p.reserved',
    82,
  ),
  one(
    'the batch forgets a claim of an ended hold',
    SETTLE,
    'where c.person_id = ended.person_id and c.booking_id = ended.booking_id',
    'where false',
  ),
  one('the batch forgets the service of an ended hold', SETTLE, 'perform booking.free_claims(v_persons, v_bookings);', ''),
  // Times.
  one('a hold is confirmed after its time', UNITS, 'booking.holdUntil && now < booking.holdUntil', 'booking.holdUntil'),
  one('a hold lasts a moment too long when it is confirmed', UNITS, 'now < booking.holdUntil', 'now <= booking.holdUntil'),
  one('a hold ends a moment too late by its deadline', FORMS, 'act.now >= booking.holdUntil', 'act.now > booking.holdUntil'),
  one('a hold ends a moment too late in the batch', SETTLE, 'b.hold_until <= p_now', 'b.hold_until < p_now'),
  one(
    'a hold lasts a millisecond longer than promised',
    BATCH,
    "p_hold_minutes * interval '1 minute'",
    "p_hold_minutes * interval '1 minute' + interval '1 millisecond'",
  ),
  one(
    'the batch releases a moment too late',
    SETTLE,
    'p.released_at is null and p.release_at <= p_now',
    'p.released_at is null and p.release_at < p_now',
    21,
  ),
  one('a transaction releases a moment too late', DRAW, 'now >= pool.releaseAt', 'now > pool.releaseAt', 40),
  one(
    'the house releases a moment too late',
    STORE,
    'p.released_at is null and p.release_at <= ${now}\n',
    'p.released_at is null and p.release_at < ${now}\n',
    69,
  ),
  one('a slot that begins this moment is still sold', BATCH, 'v_now >= v_starts[j]', 'v_now > v_starts[j]'),
  // Shares.
  one(
    'a direct booking draws from the reserve before its release',
    DRAW,
    "channel === 'referral' && free.reserved > 0",
    'free.reserved > 0',
  ),
  one(
    'the batch lets a direct booking draw from the reserve',
    BATCH,
    "p_channel[i] = 'referral' and v_free_reserved[j] > 0",
    "p_channel[i] <> 'emergency' and v_free_reserved[j] > 0",
  ),
  one(
    'an emergency takes an open unit first',
    DRAW,
    "channel === 'emergency' && free.emergency > 0",
    "channel === 'emergency' && free.open === 0 && free.emergency > 0",
    34,
  ),
  one(
    'the release forgets lent units',
    STORE,
    'reserved = used_reserved + allotted, released_at',
    'reserved = used_reserved, released_at',
  ),
  one('lent units count as free', DRAW, 'pool.reserved - pool.usedReserved - pool.allotted', 'pool.reserved - pool.usedReserved'),
  one(
    'a voucher is used twice',
    PROMISE,
    "voucher.state === 'used' || voucher.state === 'used-late'",
    "voucher.state === 'used-late'",
    19,
  ),
  one(
    'a lent unit that comes back after the release stays shut',
    VOUCHERS,
    ', reserved = reserved - case when released_at is null then 0 else ${ended} end',
    '',
  ),
  // Races, limits, keys, stops.
  {
    name: 'count, then insert: nothing is locked and no row guards the capacity',
    edits: [
      { in: STORE, from: 'p.org_id = ${org} and p.id = ${id} for update`)', to: 'p.org_id = ${org} and p.id = ${id}`)' },
      { in: STORE, from: ' and used_open < capacity - reserved - emergency`', to: '`' },
      { in: STORE, from: ' and used_reserved + allotted < reserved`', to: '`' },
      { in: STORE, from: ' and used_emergency < emergency`', to: '`' },
      { in: 'sql:constraint', from: 'pool_open_not_oversold', to: '' },
      { in: 'sql:constraint', from: 'pool_reserved_not_oversold', to: '' },
      { in: 'sql:constraint', from: 'pool_emergency_not_oversold', to: '' },
    ],
  },
  one('one more booking a day than there may be', BATCH, 'v_lives >= p_day_most', 'v_lives > p_day_most', 10),
  one(
    'two bookings of a service on a day',
    'sql:booking.take_claims',
    "  if not found then return 'booking.service-booked-that-day'; end if;\n",
    '',
    597,
  ),
  one(
    'a key acts twice',
    'src/platform/forms/run.ts',
    'if (claimed === 1) return null',
    "if (claimed === 1 || form.name === 'booking.confirm') return null",
  ),
  one('a key of the same batch acts twice', BATCH, 't := p_key_twin[i];', 't := 0;'),
  one(
    'a stopped clinic leaves somebody behind',
    'src/modules/booking/plans/apply-effect.ts',
    'for (const booking of stop.bookings) await',
    'for (const booking of stop.bookings.slice(1)) await',
  ),
  one('a stopped clinic goes on being sold', DRAW, "  if (pool.stoppedAt) return refuse('booking.clinic-stopped')\n", ''),
]
