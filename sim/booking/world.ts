import { plusMilliseconds, type Instant } from '../../src/kernel/clock.ts'
import type { AccountId, OrgId, PersonId } from '../../src/kernel/id.ts'
import type { Result } from '../../src/kernel/result.ts'
import { bookingForms, engineOf, type PoolId } from '../../src/modules/booking/index.ts'
import { SYSTEM, type Actor } from '../../src/platform/access.ts'
import { makeCipher } from '../../src/platform/cipher.ts'
import { sql } from '../../src/platform/database/pool.ts'
import { fireDueDeadlines } from '../../src/platform/deadlines.ts'
import type { AnyForm, Outcome } from '../../src/platform/forms/form.ts'
import { run } from '../../src/platform/forms/run.ts'
import type { House } from '../../src/platform/house.ts'
import type { Act, Fault, Plan, Wish } from './acts.ts'
import { faultyDatabase, Killed, type FaultyDatabase } from './faults.ts'
import { BEGINS_AT, ZONE, type Ground } from './ground.ts'
import { nthOf } from './carry.ts'
import { drawForm } from './draw-form.ts'
import { emptyTables, foundState, type Names, type State } from './state.ts'

/** The real thing: the module's forms, engine and SQL on a real database, one act after the other. */
export type World = {
  /** Carries an act out and says what each request of it was answered. `now`: where the clock stands after the act. */
  readonly carry: (act: Act, now: number) => Promise<readonly string[]>
  readonly state: () => Promise<State>
}

const accountOf = (nr: number): AccountId => `00000000-0000-4000-8000-${String(nr).padStart(12, '0')}` as AccountId
const DESK_ACCOUNT = 900
const NAME = { zh: '模拟', en: null }

type Standing = {
  readonly ground: Ground
  readonly pools: readonly { org: string; pool: string }[]
  names: Names
  database: FaultyDatabase
  house: House
  requests: number
}

const houseOn = (ground: Ground, database: FaultyDatabase): House => ({
  database,
  rulebook: ground.rulebook,
  cipher: makeCipher('0123456789abcdef'.repeat(4)),
  zone: ZONE,
  forms: new Map<string, AnyForm>(Object.values(bookingForms).map((form) => [form.name, form as AnyForm])),
  reactions: [],
  texts: new Map(),
  log: (level, event, values) => {
    if (level === 'error') console.error(event, values)
  },
  told: () => {},
})

/** A process that was killed is followed by a new one, with an engine of its own. */
const begin = (ground: Ground): Pick<Standing, 'database' | 'house'> => {
  const database = faultyDatabase(ground.app)
  return { database, house: houseOn(ground, database) }
}

const residentOf = ({ ground }: Standing, person: number): Actor => ({
  account: accountOf(person),
  role: 'resident',
  org: null,
  person: ground.persons[person] as PersonId,
  name: NAME,
})
const deskOf = (org: OrgId): Actor => ({ account: accountOf(DESK_ACCOUNT), role: 'referral-desk', org, person: null, name: NAME })

const said = (outcome: Result<Outcome>): string => {
  if (outcome.ok) return outcome.value.replayed ? 'replayed' : 'done'
  return outcome.refusals[0]?.code ?? 'refused without a reason'
}

/** A kill is seen by the asker as no answer. */
const answer = (asked: Promise<Result<Outcome>>): Promise<string> =>
  asked.then(said, (error: unknown) => {
    if (error instanceof Killed) return 'killed'
    throw error
  })

const ask = (
  on: Standing,
  name: keyof typeof bookingForms,
  input: unknown,
  actor: Actor,
  key: number | null = null,
): Promise<string> =>
  answer(
    run(on.house, bookingForms[name] as AnyForm, input, {
      actor,
      request: `simulated ${(on.requests += 1)}`,
      ...(key === null ? {} : { key: `key ${key}` }),
    }),
  )

const wishFor = (on: Standing, { person, pool, channel, form, key }: Wish): Promise<string> => {
  const unit = on.pools[pool] as { org: OrgId; pool: PoolId }
  if (channel === 'direct') return ask(on, `booking.${form}`, unit, residentOf(on, person), key)
  const wish = { ...unit, form: `booking.${form}` as const, person: on.ground.persons[person] as PersonId, channel, body: unit }
  const asked = { actor: deskOf(on.ground.orgs[0]), request: `simulated ${(on.requests += 1)}`, key: `key ${key}` }
  return answer(engineOf(on.house).book(wish, asked))
}

/** Arms a fault, asks, and puts a new process in the place of one that was killed. */
const underFault = async <T>(on: Standing, fault: Fault, after: number, asking: () => Promise<T>): Promise<T> => {
  on.database.arm(fault, after)
  const outcome = await asking()
  on.database.arm('none', 0)
  if (fault.startsWith('kill')) Object.assign(on, begin(on.ground))
  return outcome
}

const draw = (on: Standing, act: Extract<Act, { do: 'draw' }>): Promise<string> => {
  const at = act.voucher === null ? null : nthOf(on.names.vouchers.length, act.voucher)
  const voucher = at === null ? null : on.names.vouchers[at]
  const unit = voucher ? { org: voucher.org, pool: voucher.pool } : on.pools[act.pool]
  const input = {
    ...unit,
    person: on.ground.persons[act.person],
    channel: voucher ? 'referral' : act.channel,
    minutes: act.minutes,
    voucher: voucher?.number ?? null,
    holder: voucher?.holder ?? null,
  }
  const asked = { actor: SYSTEM, request: `simulated ${(on.requests += 1)}`, key: `key ${act.key}` }
  return underFault(on, act.fault, 0, () => answer(run(on.house, drawForm(), input, asked)))
}

/** Until somebody waits for a row that another has locked, or `isOver`. */
const someoneWaits = async ({ ground }: Standing, isOver: () => boolean): Promise<void> => {
  while (!isOver()) {
    const found = await ground.owner.row<{ waits: boolean }>(sql`select exists (select from pg_locks l
      join pg_stat_activity a on a.pid = l.pid where not l.granted and a.datname = current_database()) as waits`)
    if (found?.waits) return
  }
}

const duel = async (on: Standing, { pool, channel, persons }: Extract<Act, { do: 'duel' }>): Promise<readonly string[]> => {
  const drawBy = (person: number, onRead: () => Promise<void>): Promise<string> => {
    const input = { ...on.pools[pool], person: on.ground.persons[person], channel, minutes: null, voucher: null, holder: null }
    return answer(run(on.house, drawForm(onRead), input, { actor: SYSTEM, request: `simulated ${(on.requests += 1)}` }))
  }
  let hasRead = false
  let second = Promise.resolve('nothing')
  const first = await drawBy(persons[0], async () => {
    second = drawBy(persons[1], async () => void (hasRead = true)).finally(() => (hasRead = true))
    await someoneWaits(on, () => hasRead)
  })
  return [first, await second]
}

const move = async (on: Standing, { do: name, booking: nth, key, fault }: Extract<Act, { booking: number }>): Promise<string> => {
  const at = nthOf(on.names.bookings.length, nth)
  if (at === null) return 'nothing'
  const { id, org, person } = on.names.bookings[at] as Names['bookings'][number]
  const own = { org, booking: id }
  const input = name === 'cancel' ? { ...own, reason: '模拟取消' } : own
  const nr = on.ground.persons.indexOf(person as PersonId)
  const actor = name === 'confirm' ? residentOf(on, nr) : deskOf(org as OrgId)
  return underFault(on, fault, 0, () => ask(on, `booking.${name}`, input, actor, key))
}

const tick = async (on: Standing): Promise<string> => {
  while ((await fireDueDeadlines(on.house)).fired > 0);
  return ask(on, 'booking.release-due', {}, SYSTEM)
}

const withdraw = (on: Standing, nth: number): Promise<string> | string => {
  const at = nthOf(on.names.allotments.length, nth)
  if (at === null) return 'nothing'
  const { id, org } = on.names.allotments[at] as Names['allotments'][number]
  return ask(on, 'booking.withdraw-vouchers', { org, allotment: id }, deskOf(org as OrgId))
}

const moveClock = async ({ ground }: Standing, now: number): Promise<string> => {
  await ground.owner.run(sql`update platform.simulated_clock set now_at = ${plusMilliseconds(BEGINS_AT as Instant, now)}`)
  return 'done'
}

const suspend = async ({ ground }: Standing, person: number, until: number): Promise<string> => {
  await ground.owner
    .run(sql`insert into booking.standing values (${ground.persons[person]}, ${plusMilliseconds(BEGINS_AT as Instant, until)})
    on conflict (person_id) do update set suspended_until = excluded.suspended_until`)
  return 'done'
}

const carry = async (on: Standing, act: Act, now: number): Promise<readonly string[]> => {
  const unit = 'pool' in act ? (on.pools[act.pool] as { org: OrgId; pool: PoolId }) : null
  switch (act.do) {
    case 'rush':
      return underFault(on, act.fault, act.batch - 1, () => Promise.all(act.wishes.map((wish) => wishFor(on, wish))))
    case 'draw':
      return [await draw(on, act)]
    case 'duel':
      return duel(on, act)
    case 'confirm':
    case 'cancel':
    case 'attend':
    case 'no-show':
      return [await move(on, act)]
    case 'tick':
      return [await tick(on)]
    case 'clock':
    case 'clock-to':
      return [await moveClock(on, now)]
    case 'allot': {
      const input = { ...unit, holder: on.ground.holders[act.holder], units: act.units }
      return [await ask(on, 'booking.allot-vouchers', input, deskOf(unit?.org as OrgId))]
    }
    case 'withdraw':
      return [await withdraw(on, act.allotment)]
    case 'stop':
      return [await ask(on, 'booking.stop-clinic', { pool: unit?.pool, reason: '模拟停诊' }, deskOf(unit?.org as OrgId))]
    case 'suspend':
      return [await suspend(on, act.person, now + act.minutes * 60_000)]
  }
}

const NOTHING: Names = { bookings: [], allotments: [], vouchers: [] }

/** An empty region with the pools of a plan. */
export const openWorld = async (ground: Ground, plan: Plan): Promise<World> => {
  await emptyTables(ground)
  await moveClock({ ground } as Standing, 0)
  const pools: { org: string; pool: string }[] = []
  for (const pool of plan.pools) pools.push(await publish(ground, pool))
  const on: Standing = { ground, pools, names: NOTHING, requests: 0, ...begin(ground) }
  return {
    carry: (act, now) => carry(on, act, now),
    state: async () => {
      const { state, names } = await foundState(ground, BEGINS_AT)
      on.names = names
      return state
    },
  }
}

const publish = async ({ owner, orgs }: Ground, pool: Plan['pools'][number]): Promise<{ org: string; pool: string }> => {
  const at = (ms: number) => plusMilliseconds(BEGINS_AT as Instant, ms)
  const row = await owner.row<{
    org: string
    pool: string
  }>(sql`insert into booking.pool (org_id, id, specialty, kind, starts_at, ends_at, capacity, reserved,
      emergency, release_at)
    values (${orgs[pool.org]}, uuidv7(), ${pool.service}, 'ordinary', ${at(pool.startsAt)}, ${at(pool.startsAt + 1_800_000)}, ${pool.capacity}, ${pool.reserved},
      ${pool.emergency}, ${at(pool.releaseAt)}) returning org_id as org, id as pool`)
  return row as { org: string; pool: string }
}
