import { ok, refuse } from '../../kernel/result.ts'
import type { Tx } from '../../platform/database/pool.ts'
import { command, type Act } from '../../platform/forms/form.ts'
import { endNumber, holdNumber, numbersOf, type Person } from '../residents/index.ts'
import { endCardInput, personInput, replaceCardInput } from './contract.ts'
import type { CardId, CardState } from './health-card.ts'
import { cardEvent, findHolder, idsOfHolder, type Holder } from './holder.ts'
import { CARD_NUMBER, cardNumberOf, indexOfCard, newNumber } from './numbers.ts'
import * as store from './store.ts'

const BASIS = 'S2 电子健康卡;WS/T 543 居民健康卡'

type Held = Holder & { readonly card: store.Card | null }

const lockHolder = async (tx: Tx, input: { person: string }, act: Act): Promise<Held | null> => {
  const holder = await findHolder(tx, input.person, act.actor)
  if (!holder) return null
  return { ...holder, card: await store.lockActive(tx, await idsOfHolder(tx, holder.person.id, act.actor)) }
}
const relation = ({ relations }: Held) => relations
const subject = ({ person }: Held) => ({ person: person.id })

type Fresh = store.NewCard & { readonly number: string }

const appliedBy = (holder: Pick<Holder, 'isRepresented'>, { actor }: Act): store.NewCard['appliedBy'] =>
  actor.role === 'system' ? 'app' : actor.role !== 'resident' ? 'desk' : holder.isRepresented ? 'representative' : 'self'

/** A new card of a person, its number made here. */
export const freshCard = (holder: Pick<Holder, 'person' | 'isRepresented'>, act: Act): Fresh => {
  const number = newNumber()
  const { account, org } = act.actor
  return {
    id: act.newId<CardId>(),
    person: holder.person.id,
    number,
    numberIndex: indexOfCard(act.cipher, number),
    at: act.now,
    appliedBy: appliedBy(holder, act),
    account,
    org,
  }
}

/** Whether a card can be issued to this person at all. */
export const mayHaveCard = ({ diedOn, erasedAt }: Pick<Person, 'diedOn' | 'erasedAt'>): boolean =>
  diedOn === null && erasedAt === null

/** Writes a card and lets its number find the person from now on. */
export const issue = async (tx: Tx, card: Fresh, act: Act): Promise<void> => {
  await store.saveCard(tx, card)
  await holdNumber(tx, card.person, { type: CARD_NUMBER, number: card.number }, act.cipher, { id: card.id, at: act.now })
}

const end = async (tx: Tx, card: store.Card, state: CardState, because: string, act: Act): Promise<void> => {
  await store.saveEnd(tx, card, state, because, act.now)
  const kept = (await numbersOf(tx, [card.person])).find(({ id }) => id === card.id)
  if (!kept) return
  const given = { type: CARD_NUMBER, number: cardNumberOf(kept, act.cipher) }
  await endNumber(tx, card.person, given, act.cipher, { at: act.now, because })
}

export const apply = command({
  name: 'health-card.apply',
  by: ['resident@self', 'resident@representative', 'village-doctor@care-team', 'family-doctor@care-team', 'referral-desk@anyone'],
  basis: BASIS,
  does: {
    zh: '申领电子健康卡:本人、监护人或受托人在手机上,或由窗口代办;一人一张有效卡。',
    en: 'Applies for an e-health card: the person, somebody who acts for the person, or a desk; one that counts for each person.',
  },
  input: personInput,
  read: lockHolder,
  relation,
  subject,
  decide: (held, _input, act) => {
    if (!mayHaveCard(held.person)) return refuse('health-card.not-for-this-person')
    if (held.card) return refuse('health-card.has-card')
    const card = freshCard(held, act)
    return ok({ change: card, answer: { card: card.id }, events: [cardEvent('health-card.issued', card.person, act)] })
  },
  write: issue,
})

export const endCard = command({
  name: 'health-card.end',
  by: ['resident@self', 'resident@representative', 'village-doctor@care-team', 'family-doctor@care-team'],
  basis: BASIS,
  does: {
    zh: '挂失或注销电子健康卡,立即不再被接受。',
    en: 'Reports an e-health card lost or gives it up; from then on it is not accepted.',
  },
  input: endCardInput,
  read: lockHolder,
  relation,
  subject,
  decide: (held, input, act) =>
    held.card
      ? ok({
          change: { card: held.card, state: input.state, because: input.reason },
          answer: { card: held.card.id, state: input.state },
          events: [cardEvent('health-card.ended', held.person.id, act, { state: input.state })],
        })
      : refuse('health-card.no-card'),
  write: (tx, { card, state, because }, act) => end(tx, card, state, because, act),
})

export const replace = command({
  name: 'health-card.replace',
  by: ['resident@self', 'resident@representative', 'village-doctor@care-team', 'family-doctor@care-team'],
  basis: BASIS,
  does: {
    zh: '换发电子健康卡:旧卡停用,新卡号立即生效。',
    en: 'Replaces an e-health card: the old one ends, a new number counts at once.',
  },
  input: replaceCardInput,
  read: lockHolder,
  relation,
  subject,
  decide: (held, input, act) => {
    if (!mayHaveCard(held.person)) return refuse('health-card.not-for-this-person')
    if (!held.card) return refuse('health-card.no-card')
    const card = freshCard(held, act)
    return ok({
      change: { old: held.card, card, because: input.reason },
      answer: { card: card.id },
      events: [cardEvent('health-card.replaced', card.person, act)],
    })
  },
  write: async (tx, { old, card, because }, act) => {
    await end(tx, old, 'replaced', because, act)
    await issue(tx, card, act)
  },
})
