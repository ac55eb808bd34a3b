import { checkCharacter } from '../../src/modules/residents/rules/id-number.ts'
import { startPlatformSandbox } from '../../src/apps/platform-sandbox/sandbox.ts'
import { QUIET, type Shares } from '../../src/apps/platform-sandbox/faults.ts'
import { startPaymentWork, type Link } from '../../src/modules/payment/index.ts'
import type { PersonId } from '../../src/kernel/id.ts'
import { sql } from '../../src/platform/database/pool.ts'
import type { TestContext } from 'node:test'
import { VILLAGE } from '../../sim/small-region.ts'
import { actor, PLACES, setStage, type Stage } from './stage.ts'
import { testHouse, type TestHouse } from './house.ts'
import { PATIENCE_MS } from './patience.ts'

export const TOKEN = 'demo'
const TURN_MS = 50

/** A synthetic identity number: the place is none that exists, the last character is right. */
export const syntheticIdNumber = (count: number, born = '19700101'): string => {
  const seventeen = `990300${born}${String(count).padStart(3, '0')}`
  return seventeen + checkCharacter(seventeen)
}

export const linkTo = (url: string, timeoutMs = 1_000): Link => ({
  url,
  token: TOKEN,
  timeoutMs,
  area: '430300',
  firstWaitMs: 20,
})

/** The platform's control: silence, faults, or a person who taps. */
export const control = async (url: string, what: object): Promise<{ tapped: string | null }> =>
  (await (
    await fetch(`${url}/control`, { method: 'POST', headers: { authorization: `Bearer ${TOKEN}` }, body: JSON.stringify(what) })
  ).json()) as { tapped: string | null }

export type PaymentWorld = {
  readonly house: TestHouse
  readonly stage: Stage
  readonly url: string
  readonly work: ReturnType<typeof startPaymentWork>
  readonly person: (count: number) => Promise<PersonId>
  /** Waits until a bill stands in one of some states; fails when it does not in time. */
  readonly standsIn: (key: { org: string; bill: string }, states: readonly string[]) => Promise<string>
}

/** Waits until something is so. */
export const becomes = async <T>(what: string, look: () => Promise<T | null>): Promise<T> => {
  const until = performance.now() + PATIENCE_MS
  while (performance.now() < until) {
    const found = await look()
    if (found !== null) return found
    await new Promise((resolve) => setTimeout(resolve, TURN_MS))
  }
  throw new Error(`It did not come to this: ${what}`)
}

/** Somebody with an identity number, cared for at the village clinic. */
export const insuredPerson = async (house: TestHouse, stage: Stage, count: number): Promise<PersonId> =>
  (
    await house.done('residents.register', stage.villageDoctor, {
      name: { zh: `演示付费者${count}` },
      sex: count % 2 === 1 ? 'male' : 'female',
      bornOn: '1970-01-01',
      village: VILLAGE,
      insurance: 'resident',
      identifier: { type: '01', number: syntheticIdNumber(count) },
    })
  ).person as PersonId

/** Registers the village clinic as open for mobile payment. */
export const openForPayment = async (house: TestHouse, place: keyof typeof PLACES = 'village'): Promise<void> =>
  void (await house.done('payment.propose-point', actor('health-bureau', null), {
    from: '2020-01-01',
    body: { code: PLACES[place], kind: 'institution', zh: '演示机构', care: ['ordinary', 'chronic', 'assisted-reproduction'] },
  }))

/** The state of a bill as the table has it. */
export const stateOf = async (house: TestHouse, { org, bill }: { org: string; bill: string }): Promise<string> =>
  (await house.database.row<{ state: string }>(sql`select state from payment.bill where org_id = ${org} and id = ${bill}`))
    ?.state ?? 'none'

/** A house with one place open for payment, and the platform and wallet beside it in this process. */
export const paymentWorld = async (
  t: TestContext,
  options: { seed: string; faults?: Shares } = { seed: '1' },
): Promise<PaymentWorld> => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  await openForPayment(house)
  const sandbox = await startPlatformSandbox({
    port: 0,
    file: ':memory:',
    seed: options.seed,
    token: TOKEN,
    faults: options.faults ?? QUIET,
    lateMs: 1_500,
  })
  t.after(sandbox.close)
  const work = startPaymentWork(house.house, linkTo(sandbox.address), { idleMs: 30, waitMsMost: 300 })
  t.after(work.close)
  return {
    house,
    stage,
    url: sandbox.address,
    work,
    person: (count) => insuredPerson(house, stage, count),
    standsIn: (key, states) =>
      becomes(`the bill stands in ${states.join(' or ')}`, async () => {
        const state = await stateOf(house, key)
        return states.includes(state) ? state : null
      }),
  }
}
