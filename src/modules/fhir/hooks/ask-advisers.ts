import type { PersonId } from '../../../kernel/id.ts'
import type { Actor } from '../../../platform/access.ts'
import { asSystem } from '../../../platform/database/as-system.ts'
import type { House } from '../../../platform/house.ts'
import { OutsideFault } from '../../../platform/http/ask-outside.ts'
import { note } from '../../health-record/index.ts'
import { findPerson } from '../../residents/index.ts'
import { listAdvisers, type Adviser } from '../../smart/index.ts'
import { openFhirAct } from '../server/act.ts'
import type { Faces } from '../server/face.ts'
import { INDICATORS, type Advice, type AdviceCard, type Intent } from './advice.ts'
import { contextOf } from './draft.ts'
import { serviceId } from './hooks.ts'
import { lowerPlaceCards } from './lower-place.ts'
import { askService, servicesAt, type AskingFrom } from './outside-adviser.ts'
import { prefetched } from './prefetch.ts'
import { readCards } from './read-cards.ts'

/** Who is about to do something, by which request, and where we stand. */
export type AdviceAsked = AskingFrom & { readonly actor: Actor; readonly request: string; readonly faces: Faces }

class TooLate extends Error {}

const within = <Value>(work: Promise<Value>, ms: number): Promise<Value> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new TooLate('late')), ms)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

const whyOf = (error: unknown): 'time' | 'fault' =>
  error instanceof TooLate || (error instanceof OutsideFault && error.why === 'time') ? 'time' : 'fault'

type Context = Readonly<Record<string, unknown>>

const askOne = async (
  house: House,
  adviser: Adviser,
  { intent, context, asked }: { intent: Intent; context: Context; asked: AdviceAsked },
): Promise<AdviceCard[]> => {
  const db = asSystem(house.database)
  const call = { hook: intent.hook, hookInstance: crypto.randomUUID(), context }
  if (adviser.url === null) {
    const cards = await lowerPlaceCards(house, asked.base, call)
    // Our own links stand wherever this house stands.
    return readCards(db, { cards }, { adviser, service: serviceId(intent.hook), mayBePrivate: true })
  }
  const services = await servicesAt(adviser, intent.hook, asked)
  const place = { house, faces: asked.faces, base: `${asked.base}/fhir/R4`, actor: asked.actor, context }
  const cards = await Promise.all(
    services.map(async (service) => {
      const prefetch = await prefetched(place, service.prefetch ?? {}, adviser.shares)
      const said = await askService(house, adviser, service, { ...call, prefetch }, asked)
      return readCards(db, said, { adviser, service: service.id, mayBePrivate: asked.mayBePrivate })
    }),
  )
  return cards.flat()
}

/** Whether the person is known; and, before anything leaves the house, a row of who told which services about whom. */
const noted = (house: House, intent: Intent, asked: AdviceAsked, outside: readonly Adviser[]): Promise<boolean> =>
  openFhirAct(
    house,
    { caller: { actor: asked.actor, scopes: null, patient: null }, request: asked.request },
    [],
    async (open) => {
      const person = await findPerson(open.tx, intent.person as PersonId)
      if (person && outside.length > 0)
        await note(open.tx, open.act.now, {
          form: 'fhir.advice',
          kind: 'query',
          rows: outside.map(({ id }) => ({ person: person.id, request: `${asked.request} ${intent.hook} ${id}` })),
        })
      return person !== null
    },
  )

/**
 * Asks every service of decision support for this moment, all at once and each no longer than its time; null when there is no such person.
 * One that fails takes nothing from the others, and nothing here keeps anybody from ordering or booking.
 */
export const askAdvisers = async (house: House, intent: Intent, asked: AdviceAsked): Promise<Advice | null> => {
  const db = asSystem(house.database)
  const advisers = (await listAdvisers(db)).filter(({ hooks, stoppedAt }) => !stoppedAt && hooks.includes(intent.hook))
  if (
    !(await noted(
      house,
      intent,
      asked,
      advisers.filter(({ url }) => url !== null),
    ))
  )
    return null
  const context = await contextOf(db, intent, asked.actor)
  const cards: AdviceCard[] = []
  const failed: Advice['failed'][number][] = []
  await Promise.all(
    advisers.map(async (adviser) => {
      try {
        cards.push(...(await within(askOne(house, adviser, { intent, context, asked }), adviser.waitMs)))
      } catch (error) {
        const why = whyOf(error)
        house.log('warn', 'hooks.no-advice', { adviser: adviser.id, why, error: (error as Error).message.slice(0, 200) })
        failed.push({ adviser: adviser.id, name: adviser.name, why })
      }
    }),
  )
  const rank = ({ indicator }: AdviceCard): number => INDICATORS.indexOf(indicator)
  return { cards: cards.toSorted((one, other) => rank(one) - rank(other)), failed }
}
