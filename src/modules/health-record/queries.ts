import type { OrgId, PersonId } from '../../kernel/id.ts'
import { query, type Act } from '../../platform/forms/form.ts'
import { institutionsOf, type Institution } from '../organisations/index.ts'
import { findPerson, idsOf, relationsToPerson, type Person } from '../residents/index.ts'
import { readsInput, summaryInput, type ShownRead, type ShownRecord } from './contract.ts'
import { summarise } from './rules/summarise.ts'
import * as store from './store.ts'

/** Why this actor may look at the record, as the audit says it. */
const basisOf = (person: Person, act: Act): string =>
  act.actor.person === person.id
    ? '本人查阅 (own record; 个人信息保护法 第四十五条)'
    : '签约/首诊服务团队 (care team of the person)'

export const summary = query({
  name: 'health-record.summary',
  by: ['resident@self', 'village-doctor@care-team', 'family-doctor@care-team'],
  basis: '基层首诊;家庭医生签约服务;个人信息保护法 第四十五条',
  does: {
    zh: '一位居民的诊断、用药、过敏、测量趋势和报告;每次查看均留痕。',
    en: 'A person’s problems, medicines, allergies, trends and reports; every look is audited.',
  },
  input: summaryInput,
  read: async (tx, input) => {
    const person = await findPerson(tx, input.person as PersonId)
    return person && { person, bodies: await store.summaryBodies(tx, await idsOf(tx, person.id)) }
  },
  relation: ({ person }, act) => relationsToPerson(act.actor, person),
  audits: ({ person }, _input, act) => [{ person: person.id, basis: basisOf(person, act) }],
  answer: ({ person, bodies }, _input, act): ShownRecord => ({
    person: { id: person.id, name: { zh: person.zh, en: person.en } },
    ...summarise(
      bodies.map((body) => JSON.parse(body)),
      act.zone,
    ),
  }),
})

export const reads = query({
  name: 'health-record.reads',
  by: ['resident@self'],
  basis: '个人信息保护法 第四十四条、第四十五条',
  does: { zh: '谁在什么时候、依据什么看过我的记录。', en: 'Who looked at my record, when, and on which basis.' },
  input: readsInput,
  read: async (tx, input) => {
    const person = await findPerson(tx, input.person as PersonId)
    if (!person) return null
    const rows = await store.readsOf(tx, await idsOf(tx, person.id), { limit: input.limit, after: input.after ?? null })
    return { person, rows, institutions: await institutionsOf(tx, [...new Set(rows.map(({ org }) => org))]) }
  },
  relation: ({ person }, act) => relationsToPerson(act.actor, person),
  audits: ({ person }, _input, act) => [{ person: person.id, basis: basisOf(person, act) }],
  answer: ({ rows, institutions }, input) => ({
    reads: rows.map((row) => shownRead(row, new Map(institutions.map((one) => [one.id, one])))),
    next: rows.length === input.limit ? (rows.at(-1)?.id ?? null) : null,
  }),
})

const shownRead = (
  { id, at, role, org, form, basis }: store.ReadRow,
  institutions: ReadonlyMap<OrgId, Institution>,
): ShownRead => {
  const name = institutions.get(org)?.name
  return { id, at, role, institution: name ? { id: org, zh: name.zh, en: name.en ?? null } : null, form, basis }
}
