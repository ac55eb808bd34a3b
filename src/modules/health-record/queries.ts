import type { OrgId } from '../../kernel/id.ts'
import { query, type Act } from '../../platform/forms/form.ts'
import { institutionsOf, type Institution } from '../organisations/index.ts'
import { BASIS_WORDS, relationsToRecord, standingTo, type Standing } from '../record-access/index.ts'
import { idsOf } from '../residents/index.ts'
import { readsInput, summaryInput, type ShownRead, type ShownRecord } from './contract.ts'
import { namedEncounters } from './news-store.ts'
import { summarise } from './rules/summarise.ts'
import { shownEncounters } from './shown-encounters.ts'
import * as store from './store.ts'

/** Why this actor may look at the record, as the audit says it. */
const basisOf = ({ person, opened }: Standing, act: Act): string =>
  act.actor.person === person.id
    ? '本人查阅 (own record; 个人信息保护法 第四十五条)'
    : `${BASIS_WORDS[opened?.basis ?? 'self'].zh} (${BASIS_WORDS[opened?.basis ?? 'self'].en})`

export const summary = query({
  name: 'health-record.summary',
  by: [
    'resident@self',
    'resident@representative',
    'village-doctor@lawful-basis',
    'family-doctor@lawful-basis',
    'referral-desk@lawful-basis',
    'ward@lawful-basis',
  ],
  basis: '基层首诊;家庭医生签约服务;个人信息保护法 第十三条、第四十五条',
  does: {
    zh: '一位居民的诊断、用药、过敏、测量趋势和报告;须有合法依据,敏感内容默认遮蔽,每次查看均留痕。',
    en: 'A person’s problems, medicines, allergies, trends and reports; by a lawful basis, sensitive parts masked, every look audited.',
  },
  input: summaryInput,
  read: async (tx, input) => {
    const standing = await standingTo(tx, input.person)
    if (!standing) return null
    const ids = await idsOf(tx, standing.person.id)
    return { ...standing, bodies: await store.summaryBodies(tx, ids), withheld: await store.withheldOf(tx, ids) }
  },
  relation: relationsToRecord,
  audits: (found, _input, act) => [{ person: found.person.id, basis: basisOf(found, act) }],
  answer: ({ person, opened, bodies, withheld }, _input, act): ShownRecord => ({
    person: { id: person.id, name: { zh: person.zh, en: person.en } },
    basis: opened?.basis ?? null,
    withheld,
    ...summarise(
      bodies.map((body) => JSON.parse(body)),
      act.zone,
    ),
  }),
})

const ENCOUNTERS_MOST = 50

export const reads = query({
  name: 'health-record.reads',
  by: ['resident@self', 'resident@representative'],
  basis: '个人信息保护法 第四十四条、第四十五条',
  does: { zh: '谁在什么时候、依据什么看过我的记录。', en: 'Who looked at my record, when, and on which basis.' },
  input: readsInput,
  read: async (tx, input, act) => {
    const standing = await standingTo(tx, input.person)
    if (!standing) return null
    const ids = await idsOf(tx, standing.person.id)
    const rows = await store.readsOf(tx, ids, { limit: input.limit, after: input.after ?? null, account: act.actor.account })
    // With the first page, so that they are told once.
    const encounters = input.after ? [] : await shownEncounters(tx, await namedEncounters(tx, ids, null, ENCOUNTERS_MOST))
    return { ...standing, rows, encounters, institutions: await institutionsOf(tx, [...new Set(rows.map(({ org }) => org))]) }
  },
  relation: relationsToRecord,
  audits: (found, _input, act) => [{ person: found.person.id, basis: basisOf(found, act) }],
  answer: ({ rows, encounters, institutions }, input) => ({
    /** Encounters that institutions recorded, by which they may see the record; the latest first. */
    encounters,
    reads: rows.map((row) => shownRead(row, new Map(institutions.map((one) => [one.id, one])))),
    next: rows.length === input.limit ? (rows.at(-1)?.id ?? null) : null,
  }),
})

const shownRead = (
  { id, at, role, org, form, basis, lawful, purpose, isYours }: store.ReadRow,
  institutions: ReadonlyMap<OrgId, Institution>,
): ShownRead => {
  const name = institutions.get(org)?.name
  return {
    id,
    at,
    role,
    institution: name ? { id: org, zh: name.zh, en: name.en ?? null } : null,
    org,
    form,
    basis,
    lawful: lawful && { basis: lawful, ...BASIS_WORDS[lawful] },
    purpose,
    isYours,
  }
}
