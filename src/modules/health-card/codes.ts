import { plusMinutes, type Instant } from '../../kernel/clock.ts'
import { ok, refuse } from '../../kernel/result.ts'
import { command, type Act } from '../../platform/forms/form.ts'
import { mayHaveCard } from './commands.ts'
import { personInput } from './contract.ts'
import type { CardId } from './health-card.ts'
import { cardEvent, findHolder, idsOfHolder } from './holder.ts'
import { indexOfCode, newNumber } from './numbers.ts'
import { dynamicText } from './rules/qr-text.ts'
import * as store from './store.ts'

export type FreshCode = store.NewCode & { readonly text: string }

/** A dynamic code of a card, good for as long as the rulebook says. */
export const freshCode = (card: Pick<store.Card, 'id' | 'person'> & { id: CardId }, app: string | null, act: Act): FreshCode => {
  const code = newNumber()
  return {
    id: act.newId(),
    person: card.person,
    card: card.id,
    codeIndex: indexOfCode(act.cipher, code),
    text: dynamicText(code),
    madeAt: act.now,
    expiresAt: plusMinutes(act.now, act.policy('health-card.code-minutes')),
    account: act.actor.account,
    app,
  }
}

/** What a screen that shows a code needs: its text, since when and until when it is good. */
export const codeAnswer = ({ text, madeAt, expiresAt }: FreshCode): { text: string; madeAt: Instant; expiresAt: Instant } => ({
  text,
  madeAt,
  expiresAt,
})

export const showCode = command({
  name: 'health-card.show-code',
  by: ['resident@self', 'resident@representative'],
  basis: 'S2 电子健康卡 动态二维码',
  does: {
    zh: '出示动态二维码:几分钟内有效,用一次即失效;同一手机上先前的码随之作废。',
    en: 'Shows a dynamic code: good for minutes and for one use; what the same telephone showed before ends.',
  },
  input: personInput,
  read: async (tx, input, act) => {
    const holder = await findHolder(tx, input.person, act.actor)
    return holder && { ...holder, card: await store.lockActive(tx, await idsOfHolder(tx, holder.person.id, act.actor)) }
  },
  relation: ({ relations }) => relations,
  subject: ({ person }) => ({ person: person.id }),
  decide: ({ person, card }, _input, act) => {
    if (!mayHaveCard(person)) return refuse('health-card.not-for-this-person')
    if (!card) return refuse('health-card.no-card')
    const code = freshCode(card, null, act)
    return ok({ change: code, answer: codeAnswer(code), events: [cardEvent('health-card.code-shown', card.person, act)] })
  },
  write: store.saveCode,
})
