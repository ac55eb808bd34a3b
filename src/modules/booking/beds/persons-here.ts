import { instantAt, plusDays } from '../../../kernel/day.ts'
import type { OrgId, PersonId } from '../../../kernel/id.ts'
import { query } from '../../../platform/forms/form.ts'
import { findPersons, personsAmong, shownPerson } from '../../residents/index.ts'
import { personsHereInput } from './contract.ts'
import { personsDealtWith } from './stay-store.ts'

/** So many of those whom an institution deals with are looked through, who came last first. */
const LOOKED_THROUGH_MOST = 5_000

export const personsHere = query({
  name: 'booking.persons-here',
  by: ['ward@anyone', 'referral-desk@anyone'],
  basis: '本机构在院、今日就诊、转诊约来和候补的人',
  does: {
    zh: '按姓名、拼音首字母或证件号后四位,在本机构在院、今天就诊、转诊约来或候补的人中查找;每个查到的人留痕。',
    en: 'Finds, by name, initials or last four, somebody whom one’s own institution deals with: who lies there, is seen today, is referred there or waits; everybody found is on record.',
  },
  input: personsHereInput,
  read: async (tx, { text, limit }, act) => {
    const org: OrgId | null = act.actor.org
    if (!org) return null
    const today = instantAt(act.today, '00:00', act.zone)
    const tomorrow = instantAt(plusDays(act.today, 1), '00:00', act.zone)
    const known = await personsDealtWith(tx, org, { today, tomorrow, limit: LOOKED_THROUGH_MOST })
    const ids: readonly PersonId[] = await personsAmong(
      tx,
      known.map(({ person }) => person),
      text,
      act.cipher,
    )
    const whys = new Map(known.map(({ person, why }) => [person, why]))
    const shown = ids.slice(0, limit)
    const persons = await findPersons(tx, shown)
    return shown.flatMap((id) => {
      const [person, why] = [persons.get(id), whys.get(id)]
      return person && why ? [{ person, why }] : []
    })
  },
  audits: (found) => found.map(({ person }) => ({ person: person.id })),
  answer: (found, _input, act) => ({
    persons: found.map(({ person, why }) => {
      const { id, name, bornOn, idNumber } = shownPerson(person, act.cipher)
      return { id, name, bornOn, idNumber, why }
    }),
  }),
})
