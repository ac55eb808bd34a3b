import type { Check } from './check.ts'

/** What always holds of e-health cards. */
export const cardChecks: readonly Check[] = [
  {
    name: 'card-code-counts-once',
    proves: ['C1'],
    over: "health_card.use where shown = 'dynamic'",
    zh: '健康卡:每次凭动态码的接受,都对应一个恰在那一刻、在有效期内用掉的码,一码一次。',
    en: 'E-health cards: every acceptance of a dynamic code has a code of its own that was used up at that moment, within its minutes.',
    sql: `select u.person_id, u.id, u.used_at from health_card.use u where u.shown = 'dynamic'
      and (select count(*) from health_card.code c where (c.person_id, c.card_id, c.used_at) = (u.person_id, u.card_id, u.used_at) and c.used_at < c.expires_at)
        < (select count(*) from health_card.use v where (v.person_id, v.card_id, v.used_at) = (u.person_id, u.card_id, u.used_at) and v.shown = 'dynamic')`,
  },
  {
    name: 'card-number-finds-its-person',
    proves: ['C2'],
    over: "health_card.card where state = 'active'",
    zh: '健康卡:有效卡的卡号由本人持有;已停用的卡号不再指向任何人。',
    en: 'E-health cards: the number of a card that counts is held by its person; that of one that ended finds nobody.',
    sql: `select c.person_id, c.id, c.state from health_card.card c join residents.person p on p.person_id = c.person_id
      where p.erased_at is null and (c.state = 'active') <> exists (select from residents.identifier i
        where (i.person_id, i.id) = (c.person_id, c.id) and i.type = 'erhc' and i.ended_at is null)`,
  },
]
