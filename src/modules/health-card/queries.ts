import type { PersonId } from '../../kernel/id.ts'
import type { Tx } from '../../platform/database/pool.ts'
import { query, type Act } from '../../platform/forms/form.ts'
import { findPerson, numbersOf, type KeptNumber, type Person } from '../residents/index.ts'
import { allowancesOf, paymentApps, type App } from './app-store.ts'
import { mineInput, personInput, usesInput, type ShownHolder } from './contract.ts'
import { findHolder, idsOfHolder } from './holder.ts'
import { shownBindings, shownCards, shownUse } from './shown.ts'
import * as store from './store.ts'

const BASIS = 'S2 电子健康卡;个人信息保护法 第四十五条'
const PAGE = 30

type Kept = {
  readonly person: Person
  readonly as: ShownHolder['as']
  readonly cards: readonly store.Card[]
  readonly numbers: readonly KeptNumber[]
  readonly allowed: readonly { app: string; allowedAt: string }[]
}

const readKept = async (tx: Tx, id: PersonId, as: ShownHolder['as'], act: Act): Promise<Kept | null> => {
  const person = await findPerson(tx, id)
  if (!person) return null
  const ids = await idsOfHolder(tx, person.id, act.actor)
  const [cards, numbers, allowed] = [await store.cardsOf(tx, ids), await numbersOf(tx, ids), await allowancesOf(tx, ids)]
  return { person, as, cards, numbers, allowed }
}

const shownHolder = ({ person, as, cards, numbers, allowed }: Kept, apps: readonly App[], act: Act): ShownHolder => ({
  person: person.id,
  name: { zh: person.zh, en: person.en },
  as,
  cards: shownCards(cards, numbers, act.cipher),
  bound: shownBindings(numbers, act.cipher),
  apps: apps.map(({ id, zh, en }) => ({
    id,
    name: { zh, en },
    allowedAt: allowed.find(({ app }) => app === id)?.allowedAt ?? null,
  })),
})

export const mine = query({
  name: 'health-card.mine',
  by: ['resident@anyone'],
  basis: BASIS,
  does: {
    zh: '我的和家人的健康卡:静态码、绑定的卡、允许使用的应用、历史。',
    en: 'One’s own cards and those of family members: static code, what is bound, apps that are allowed, history.',
  },
  input: mineInput,
  read: async (tx, _input, act) => {
    const { person } = act.actor
    if (person === null) return null
    const family = await store.representedBy(tx, person)
    const own = await readKept(tx, person, 'self', act)
    const others: (Kept | null)[] = []
    for (const { person: other, kind } of family) others.push(await readKept(tx, other, kind, act))
    return { holders: [own, ...others].filter((one) => one !== null), apps: await paymentApps(tx) }
  },
  audits: ({ holders }) => holders.map(({ person }) => ({ person: person.id })),
  answer: ({ holders, apps }, _input, act) => ({ holders: holders.map((one) => shownHolder(one, apps, act)) }),
})

export const ofPerson = query({
  name: 'health-card.of-person',
  by: ['village-doctor@care-team', 'family-doctor@care-team'],
  basis: BASIS,
  does: {
    zh: '一位居民的健康卡状态和绑定的卡(只显示末四位),供窗口办理。',
    en: 'How a person’s card stands and what is bound, last characters only, for a desk that helps with it.',
  },
  input: personInput,
  read: async (tx, input, act) => {
    const holder = await findHolder(tx, input.person, act.actor)
    const kept = holder && (await readKept(tx, holder.person.id, 'self', act))
    return holder && kept && { ...kept, relations: holder.relations }
  },
  relation: ({ relations }) => relations,
  audits: ({ person }) => [{ person: person.id }],
  // A desk never gets what could be shown in the person's stead.
  answer: ({ cards, numbers }, _input, act) => ({
    cards: shownCards(cards, numbers, act.cipher).map((card) => ({ ...card, text: null })),
    bound: shownBindings(numbers, act.cipher),
  }),
})

export const uses = query({
  name: 'health-card.uses',
  by: ['resident@self', 'resident@representative'],
  basis: BASIS,
  does: { zh: '健康卡的使用记录:何时、何处、哪个环节。', en: 'When, where and at which step the card was accepted.' },
  input: usesInput,
  read: async (tx, input, act) => {
    const holder = await findHolder(tx, input.person, act.actor)
    if (!holder) return null
    const ids = await idsOfHolder(tx, holder.person.id, act.actor)
    return { ...holder, rows: await store.usesOf(tx, ids, input.before ?? null, PAGE + 1) }
  },
  relation: ({ relations }) => relations,
  audits: ({ person }) => [{ person: person.id }],
  answer: ({ rows }) => ({ uses: rows.slice(0, PAGE).map(shownUse), more: rows.length > PAGE }),
})
