import { instantOfMs, millisecondsBetween, msOf, plusMinutes, type Instant } from '../../../kernel/clock.ts'
import { dayOf } from '../../../kernel/day.ts'
import { newId } from '../../../kernel/id.ts'
import { refuse, type Refusal, type Result } from '../../../kernel/result.ts'
import { SYSTEM, type Actor } from '../../../platform/access.ts'
import { asSystem } from '../../../platform/database/as-system.ts'
import { databaseNow } from '../../../platform/database/pool.ts'
import type { AnyCommand } from '../../../platform/forms/form.ts'
import { run } from '../../../platform/forms/run.ts'
import type { House } from '../../../platform/house.ts'
import { errorBody } from '../../../platform/http/app.ts'
import { checkInput } from '../../../platform/http/input.ts'
import { valueOn } from '../../../shapes/rulebook.ts'
import { findApp, keysOfApp, takeNonce, type App } from '../app-store.ts'
import { envelope, isSignedBy, openFields, replyOf, type AppKeys, type Envelope, type Fields, type Reply } from './envelope.ts'
import { METHODS } from './methods.ts'

type Code =
  | 'health-card.request-unsigned'
  | 'health-card.request-late'
  | 'health-card.request-repeated'
  | 'health-card.request-unreadable'
type Asked = { readonly envelope: Envelope; readonly app: App; readonly keys: AppKeys; readonly now: Instant }

/** Answers one request of the card's interface: whoever signed it, once, in its time. `unsigned` goes back where there is no key to sign with. */
export const answerInterface = async (house: House, method: string, body: unknown): Promise<Reply> => {
  const admitted = await admit(house, method, body)
  if (!admitted.ok) {
    const now = await databaseNow(asSystem(house.database))
    return { ...refused(house, admitted.refusals, now), signString: '' }
  }
  const { keys, app, envelope: asked, now } = admitted.value
  const fields = openFields(asked.body, keys)
  const form = METHODS[method as keyof typeof METHODS] as unknown as AnyCommand
  const input = fields ? checkInput(form.input, { ...fields, app: app.id }) : { ok: false as const }
  if (!input.ok) return replyOf(refused(house, [{ code: 'health-card.request-unreadable' }], now), keys)
  const actor: Actor = { ...SYSTEM, org: app.org, name: { zh: app.zh, en: app.en } }
  const outcome = await run(house, form, input.value, { actor, request: newId() })
  if (!outcome.ok) return replyOf(refused(house, outcome.refusals, now), keys)
  return replyOf(
    { returnCode: '0', returnDesc: '成功 done', timestamp: String(msOf(now)), datas: JSON.parse(outcome.value.text) as Fields },
    keys,
  )
}

const refused = (house: House, refusals: readonly Refusal[], now: Instant): Omit<Reply, 'signString'> => {
  const { body } = errorBody(house, refusals, newId())
  const { code, zh, en } = body.error
  return { returnCode: code, returnDesc: `${zh} ${en}`, timestamp: String(msOf(now)), datas: {} }
}

/** Signature, clock, nonce, in this order: nothing is remembered of a request that nobody signed. */
const admit = async (house: House, method: string, body: unknown): Promise<Result<Asked, Code>> => {
  const read = envelope.safeParse(body)
  if (!read.success || !Object.hasOwn(METHODS, method) || read.data.method !== method)
    return refuse('health-card.request-unreadable')
  const database = asSystem(house.database)
  return database.transaction(async (tx): Promise<Result<Asked, Code>> => {
    const now = await databaseNow(tx)
    const app = await findApp(tx, read.data.appId)
    const sealed = await keysOfApp(tx, read.data.appId)
    if (!app || !sealed) return refuse('health-card.request-unsigned')
    const opened = (part: Buffer): string => house.cipher.decrypt(sealed.wrapped, part)
    const keys = { fieldKey: Buffer.from(opened(sealed.fieldKey), 'hex'), signKey: opened(sealed.signKey) }
    if (!isSignedBy(read.data, keys)) return refuse('health-card.request-unsigned')
    const window = valueOn(house.rulebook, 'health-card.clock-window-minutes', dayOf(now, house.zone))
    const apart = Math.abs(millisecondsBetween(instantOfMs(Number(read.data.timestamp)), now))
    if (apart > window * 60_000) return refuse('health-card.request-late', { minutes: window })
    // A nonce is remembered for as long as its timestamp could still be accepted, from either side.
    const isFirst = await takeNonce(tx, app.id, read.data.nonceStr, now, plusMinutes(now, -window * 2 - 1))
    return isFirst ? { ok: true, value: { envelope: read.data, app, keys, now } } : refuse('health-card.request-repeated')
  })
}
