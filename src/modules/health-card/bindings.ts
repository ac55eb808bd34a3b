import { ok, refuse } from '../../kernel/result.ts'
import type { OrgId } from '../../kernel/id.ts'
import { command, Refused, type Act } from '../../platform/forms/form.ts'
import { endNumber, holdNumber, numbersOf } from '../residents/index.ts'
import { bindInput, unbindInput } from './contract.ts'
import { BOUND_BY_ONESELF } from './health-card.ts'
import { cardEvent, findHolder, idsOfHolder, type Holder } from './holder.ts'
import { numberOf } from './numbers.ts'
import { isBoundNumber } from './rules/bound-number.ts'
import { boundKindOf } from './shown.ts'

const BASIS = 'S2 电子健康卡与社保卡、医保卡、市民卡、银行账户、商业保险“多卡合一”;就诊卡归并主索引'

const relation = ({ relations }: Holder) => relations
const subject = ({ person }: Holder) => ({ person: person.id })

const issuerOf = (input: { kind: string; issuer?: string | null | undefined }, act: Act): OrgId | null =>
  input.kind === 'hospital-card' ? ((input.issuer as OrgId | null | undefined) ?? act.actor.org) : null

export const bind = command({
  name: 'health-card.bind',
  by: ['resident@self', 'resident@representative', 'village-doctor@care-team', 'family-doctor@care-team', 'referral-desk@anyone'],
  basis: BASIS,
  does: {
    zh: '把一张卡绑定到本人:社保卡、医保凭证、市民卡、银行账户、商业保险、各医院就诊卡;一个卡号只归一人。',
    en: 'Binds a card to a person: social security, insurance, citizen, bank, commercial insurance, old hospital cards; one number, one person.',
  },
  input: bindInput,
  read: (tx, input, act) => findHolder(tx, input.person, act.actor),
  relation,
  subject,
  decide: ({ person }, input, act) => {
    if (person.diedOn || person.erasedAt) return refuse('health-card.not-for-this-person')
    if (act.actor.role === 'resident' && !BOUND_BY_ONESELF.includes(input.kind)) return refuse('health-card.desk-must-see')
    const number = input.number.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase()
    if (!isBoundNumber(input.kind, number)) return refuse('health-card.number-form')
    const issuer = issuerOf(input, act)
    if (input.kind === 'hospital-card' && issuer === null) return refuse('health-card.issuer-needed')
    return ok({
      change: { person: person.id, given: { type: input.kind, number, issuer }, id: act.newId() },
      answer: { person: person.id, kind: input.kind, tail: number.slice(-4) },
      events: [cardEvent('health-card.bound', person.id, act, { kind: input.kind })],
    })
  },
  write: (tx, { person, given, id }, act) => holdNumber(tx, person, given, act.cipher, { id, at: act.now }),
})

export const unbind = command({
  name: 'health-card.unbind',
  by: ['resident@self', 'resident@representative', 'village-doctor@care-team', 'family-doctor@care-team'],
  basis: BASIS,
  does: { zh: '解除一张卡的绑定,写明原因;历史保留。', en: 'Unbinds a card with a reason; the history stays.' },
  input: unbindInput,
  read: async (tx, input, act) => {
    const holder = await findHolder(tx, input.person, act.actor)
    if (!holder) return null
    const kept = await numbersOf(tx, await idsOfHolder(tx, holder.person.id, act.actor))
    return {
      ...holder,
      bound: kept.find(({ id, endedAt, type }) => id === input.binding && endedAt === null && boundKindOf(type) !== null) ?? null,
    }
  },
  relation,
  subject,
  decide: ({ person, bound }, input, act) =>
    bound
      ? ok({
          change: { bound, because: input.reason },
          answer: { person: person.id },
          events: [cardEvent('health-card.unbound', person.id, act, { kind: boundKindOf(bound.type) ?? '' })],
        })
      : refuse('health-card.not-bound'),
  write: async (tx, { bound, because }, act) => {
    const kind = boundKindOf(bound.type)
    const given = { type: kind ?? bound.type, number: numberOf(bound, act.cipher), issuer: bound.issuer }
    if (!(await endNumber(tx, bound.person, given, act.cipher, { at: act.now, because })))
      throw new Refused('health-card.not-bound')
  },
})
