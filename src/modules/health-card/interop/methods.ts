import { z } from 'zod'
import { plusHours } from '../../../kernel/clock.ts'
import { ok, refuse, type Result } from '../../../kernel/result.ts'
import type { PersonId } from '../../../kernel/id.ts'
import type { Party } from '../../../platform/access.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import { command, type Act } from '../../../platform/forms/form.ts'
import {
  findPerson,
  idNumberOf,
  lockPerson,
  numbersOf,
  personByNumber,
  phoneOf,
  saveCorrection,
  type Person,
} from '../../residents/index.ts'
import { accept, findShown, saveAccepted } from '../accept.ts'
import { allowancesOf, findApp, saveAllowance, type App } from '../app-store.ts'
import { freshCode } from '../codes.ts'
import { freshCard, issue, mayHaveCard } from '../commands.ts'
import { SCENE_NAMES, SCENES } from '../health-card.ts'
import { cardEvent } from '../holder.ts'
import { cardNumberOf, indexOfCard, signedText } from '../numbers.ts'
import * as store from '../store.ts'

// What an app may ask for by the card's interface. Each runs as the house itself, in the name of the app, and is audited so.
const BY: readonly Party[] = ['system@anyone']
const BASIS = 'S2 电子健康卡 接口(公开实现,记忆)'

const text = (most: number) => z.string().trim().min(1).max(most)
const cardNumber = z.string().regex(/^[0-9a-f]{64}$/)
const app = text(40)
const phone = z.string().regex(/^1\d{10}$/)
const who = {
  app,
  name: text(60),
  idCardTypeCode: z.enum(['01', '02', '03', '04', '05', '06', '07', '99']).default('01'),
  idCode: text(40),
}

/** What every answer carries besides, whatever was asked. */
type Known = { readonly app: App; readonly person: Person; readonly card: store.Card | null }

const subject = (facts: { readonly person?: Person | null } | null) => ({ person: facts?.person?.id ?? null })

/** A person by paper and name together: one of them alone answers nothing. */
const findByPaper = async (tx: Tx, input: { app: string; name: string; idCardTypeCode: string; idCode: string }, act: Act) => {
  const found = await findApp(tx, input.app)
  if (!found) return null
  const holder = await personByNumber(tx, { type: input.idCardTypeCode, number: input.idCode }, act.cipher)
  const person = holder && (await findPerson(tx, holder))
  const isNamed = person?.zh === input.name || person?.en === input.name
  if (!person || !isNamed) return { app: found, person: null, card: null, text: null, isAllowed: false }
  const card = await store.lockActive(tx, [person.id])
  return {
    app: found,
    person,
    card,
    text: card && (await numberText(tx, card, act)),
    isAllowed: await isAllowed(tx, found, person.id, act),
  }
}

const numberText = async (tx: Tx, card: store.Card, act: Act): Promise<string | null> => {
  const kept = (await numbersOf(tx, [card.person])).find(({ id }) => id === card.id)
  return kept ? cardNumberOf(kept, act.cipher) : null
}

/** The person said so; or, for a hospital, has shown the card there a short time ago. */
const isAllowed = async (tx: Tx, { id, org }: App, person: PersonId, act: Act): Promise<boolean> => {
  if ((await allowancesOf(tx, [person])).some((one) => one.app === id)) return true
  if (org === null) return false
  const since = plusHours(act.now, -act.policy('health-card.shown-opens-hours'))
  return (await store.usesOf(tx, [person], null, 100)).some((use) => use.org === org && use.at >= since)
}

const findByCard = async (tx: Tx, input: { app: string; erhcCardNo: string }, act: Act) => {
  const found = await findApp(tx, input.app)
  const card = found && (await store.lockByNumber(tx, indexOfCard(act.cipher, input.erhcCardNo)))
  const person = card && (await findPerson(tx, card.person))
  if (!found || !card || !person) return { found: null, person: null }
  return { found: { app: found, person, card, isAllowed: await isAllowed(tx, found, person.id, act) }, person }
}

type ByCard = Awaited<ReturnType<typeof findByCard>>
const opened = ({ found }: ByCard): Result<Known & { card: store.Card }> => {
  if (!found) return refuse('health-card.code-unknown')
  if (!mayHaveCard(found.person)) return refuse('health-card.not-for-this-person')
  if (found.card.state !== 'active') return refuse('health-card.card-not-active', { state: found.card.state })
  return found.isAllowed ? ok(found) : refuse('health-card.app-not-allowed')
}

export const create = command({
  name: 'health-card.app-create',
  by: BY,
  basis: BASIS,
  does: {
    zh: '医院应用为已登记的居民申领电子健康卡。',
    en: 'The app of a hospital applies for the card of a person who is registered.',
  },
  input: z.strictObject(who),
  read: findByPaper,
  subject,
  decide: ({ app: by, person, card, text: number }, _input, act) => {
    if (by.kind !== 'hospital') return refuse('health-card.app-not-allowed')
    if (!person) return refuse('health-card.app-person-unknown')
    if (!mayHaveCard(person)) return refuse('health-card.not-for-this-person')
    const fresh = card ? null : freshCard({ person, isRepresented: false }, act)
    const shown = fresh?.number ?? number ?? ''
    return ok({
      change: { fresh, person: person.id, app: by.id },
      answer: { erhcCardNo: shown, empi: person.id, qrCode: signedText(shown, act.cipher) },
      events: fresh ? [cardEvent('health-card.issued', person.id, act)] : [],
    })
  },
  write: async (tx, { fresh, person, app: by }, act) => {
    if (fresh) await issue(tx, fresh, act)
    await saveAllowance(tx, person, by, 'application', act.now)
  },
})

export const registered = command({
  name: 'health-card.app-registered',
  by: BY,
  basis: BASIS,
  does: {
    zh: '查询某人是否已有电子健康卡;须姓名与证件号都对。',
    en: 'Whether somebody has an e-health card; name and number must both be right.',
  },
  input: z.strictObject(who),
  read: findByPaper,
  subject,
  decide: ({ person, card, text: number, isAllowed: may }) => {
    if (!person || !card) return ok({ change: null, answer: { registered: '0' } })
    return ok({
      change: null,
      answer: may ? { registered: '1', erhcCardNo: number ?? '', empi: person.id } : { registered: '1' },
    })
  },
  write: async () => {},
})

export const personInfo = command({
  name: 'health-card.app-person-info',
  by: BY,
  basis: BASIS,
  does: {
    zh: '凭健康卡号查询本人基本信息;须本人允许或刚在该院出示过。',
    en: 'Basic data by the number of a card; the person allowed it or has just shown the card there.',
  },
  input: z.strictObject({ app, erhcCardNo: cardNumber }),
  read: findByCard,
  subject,
  decide: (facts, _input, act) => {
    const known = opened(facts)
    if (!known.ok) return known
    const { person } = known.value
    const answer = {
      empi: person.id,
      name: person.zh,
      idCode: idNumberOf(person, act.cipher) ?? '',
      phone: phoneOf(person, act.cipher) ?? '',
      address: person.address ?? '',
      sex: person.sex,
      birthday: person.bornOn ?? '',
    }
    return ok({ change: null, answer, events: [cardEvent('health-card.app-read', person.id, act, { app: known.value.app.id })] })
  },
  write: async () => {},
})

export const modify = command({
  name: 'health-card.app-modify',
  by: BY,
  basis: BASIS,
  does: {
    zh: '医院应用更正本人电话、住址;原值保留。',
    en: 'The app of a hospital corrects phone or address; what stood there is kept.',
  },
  input: z.strictObject({ app, erhcCardNo: cardNumber, phone: phone.optional(), address: text(200).optional() }),
  read: async (tx, input, act) => {
    const facts = await findByCard(tx, input, act)
    const locked = facts.found && (await lockPerson(tx, facts.found.person.id))
    return { ...facts, locked }
  },
  subject,
  decide: (facts, input, act) => {
    const known = opened(facts)
    if (!known.ok) return known
    const { locked: person } = facts
    if (!person || known.value.app.kind !== 'hospital') return refuse('health-card.app-not-allowed')
    const was = { phone: phoneOf(person, act.cipher), address: person.address }
    const fields = (['phone', 'address'] as const).filter((field) => input[field] !== undefined && input[field] !== was[field])
    const change = fields.length === 0 ? null : {
      person, fields, phone: input.phone, address: input.address, insurance: undefined, was: JSON.stringify(Object.fromEntries(fields.map((field) => [field, was[field]]))), at: act.now, by: null, org: act.actor.org,
    } // prettier-ignore
    const events = change ? [cardEvent('health-card.app-modified', person.id, act, { app: known.value.app.id })] : []
    return ok({ change, answer: { empi: person.id }, events })
  },
  write: async (tx, change, act) => {
    if (change) await saveCorrection(tx, change, act.cipher)
  },
})

export const activeCode = command({
  name: 'health-card.app-active-code',
  by: BY,
  basis: BASIS,
  does: {
    zh: '支付应用为本人取动态二维码;须本人已允许。',
    en: 'A payment app gets a dynamic code to show; the person has allowed it.',
  },
  input: z.strictObject({ app, erhcCardNo: cardNumber }),
  read: findByCard,
  subject,
  decide: (facts, _input, act) => {
    const known = opened(facts)
    if (!known.ok) return known
    const code = freshCode(known.value.card, known.value.app.id, act)
    return ok({
      change: code,
      answer: { qrCode: code.text, validUntil: code.expiresAt },
      events: [cardEvent('health-card.code-shown', code.person, act, { app: known.value.app.id })],
    })
  },
  write: store.saveCode,
})

const sceneOf = (code: string) => SCENE_NAMES.find((name) => name !== 'booking' && SCENES[name].code === code) ?? null

export const verify = command({
  name: 'health-card.app-verify',
  by: BY,
  basis: BASIS,
  does: {
    zh: '应用核验二维码;接受一次记一次,动态码只认一次。',
    en: 'An app checks a code; each acceptance is noted, a dynamic code counts once.',
  },
  input: z.strictObject({
    app,
    qrCode: text(400),
    medStepCode: z.string().refine((code) => sceneOf(code) !== null),
    deptCode: z
      .string()
      .regex(/^\d{4}$/)
      .optional(),
  }),
  read: async (tx, input, act) => {
    const found = await findApp(tx, input.app)
    const shown = await findShown(tx, input.qrCode, null, act)
    return found && { app: found, shown, person: shown?.person ?? null }
  },
  subject,
  decide: ({ app: by, shown }, input, act) => {
    const scene = sceneOf(input.medStepCode) ?? 'other'
    const use = accept(shown, scene, { department: input.deptCode ?? null, app: by.id, asked: null }, act)
    if (!use.ok) return use
    if (!shown) return refuse('health-card.code-unknown')
    const { zh } = shown.person
    return ok({
      change: { code: shown.code, use: use.value },
      // Whoever checks a code learns whose it is, and no more than a cashier needs.
      answer: {
        empi: shown.person.id,
        name: `${zh.slice(0, 1)}${'*'.repeat(Math.max(1, zh.length - 1))}`,
        medStepCode: input.medStepCode,
        usedAt: use.value.at,
      },
      events: [cardEvent('health-card.used', use.value.person, act, { scene, shown: use.value.shown, app: by.id })],
    })
  },
  write: saveAccepted,
})

/** The forms behind the interface by the names that apps know. */
export const METHODS = {
  createVmcardQRcode: create,
  modifyVmcardInfo: modify,
  getPersonInfo: personInfo,
  queryIfHasRegistered: registered,
  getActiveQRCode: activeCode,
  verifyQRCode: verify,
} as const
