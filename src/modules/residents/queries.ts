import type { PersonId } from '../../kernel/id.ts'
import { query } from '../../platform/forms/form.ts'
import { getInput, searchInput } from './contract.ts'
import { relationsToPerson } from './relations.ts'
import { shownPerson } from './shown.ts'
import * as store from './store.ts'

export const search = query({
  name: 'residents.search',
  by: ['village-doctor@anyone', 'family-doctor@anyone', 'referral-desk@anyone', 'ward@anyone'],
  basis: '基层首诊:本机构服务的居民;全号可查全区域',
  does: {
    zh: '按姓名、拼音首字母、证件号后四位、电话查找本机构居民;按完整证件号查找任何居民。',
    en: 'Finds residents of one’s own institution by name, initials, last four or phone; anyone by the whole number.',
  },
  input: searchInput,
  read: (tx, input, act) =>
    store.searchPersons(tx, { text: input.text, limit: input.limit, clinicOrg: act.actor.org, careOrg: act.actor.org }, act.cipher),
  audits: (persons) => persons.map((person) => ({ person: person.id })),
  answer: (persons, _input, act) => ({ persons: persons.map((person) => shownPerson(person, act.cipher)) }),
})

export const get = query({
  name: 'residents.get',
  by: ['village-doctor@care-team', 'family-doctor@care-team', 'resident@self'],
  basis: '基层首诊;家庭医生签约服务',
  does: { zh: '查看一位居民的基本信息(证件号已遮盖)。', en: 'One person’s basic data, numbers masked.' },
  input: getInput,
  read: (tx, input) => store.findPerson(tx, input.person as PersonId),
  relation: (person, act) => relationsToPerson(act.actor, person),
  audits: (person) => [{ person: person.id }],
  answer: (person, _input, act) => shownPerson(person, act.cipher),
})
