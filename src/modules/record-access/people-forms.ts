import { ageOn, type Day } from '../../kernel/day.ts'
import type { OrgId, PersonId } from '../../kernel/id.ts'
import { ok, refuse, refuseAll, type Refusal } from '../../kernel/result.ts'
import { command, query, Refused } from '../../platform/forms/form.ts'
import { institutionsOf } from '../organisations/index.ts'
import { findPerson, findPersons, idsOf, type Person } from '../residents/index.ts'
import {
  answerWhyInput,
  askWhyInput,
  endRepresentativeInput,
  noInput,
  ofPersonInput,
  questionsInput,
  representativeInput,
  type ShownQuestion,
  type ShownRepresentative,
} from './contract.ts'
import { PRIVACY_OFFICERS } from './emergency-forms.ts'
import * as store from './people-store.ts'
import { BASIS_WORDS } from './record-access.ts'
import { afterWorkDays } from './rules/work-days.ts'
import { relationsToRecord, standingTo } from './standing.ts'

const OF_THE_PERSON = ['resident@self', 'resident@representative'] as const
const CARE_TEAM = ['village-doctor@care-team', 'family-doctor@care-team'] as const
const BASIS = '民法典 第二十三条、第一百六十一条;个人信息保护法 第三十一条 (凭记忆)'

export const registerRepresentative = command({
  name: 'record-access.register-representative',
  by: CARE_TEAM,
  basis: BASIS,
  does: { zh: '登记监护人或委托代理人,须见证件或委托书。', en: 'Registers a guardian or a proxy by a document that was seen.' },
  input: representativeInput,
  read: async (tx, input) => {
    const standing = await standingTo(tx, input.person)
    return standing && { ...standing, by: await findPerson(tx, input.by as PersonId) }
  },
  relation: relationsToRecord,
  subject: ({ person }) => ({ person: person.id, basis: '登记代理 (representative)' }),
  decide: ({ person, by }, input, act) => {
    const years = act.policy('record-access.guardianship-ends-years')
    const found: Refusal[] = []
    if (!by) return refuse('platform.not-found')
    if (by.id === person.id) found.push({ code: 'record-access.represents-self', field: 'by' })
    if (by.bornOn === null || (input.kind === 'guardian' && person.bornOn === null))
      found.push({ code: 'record-access.birth-date-wanted' })
    if (by.bornOn !== null && ageOn(by.bornOn, act.today) < years)
      found.push({ code: 'record-access.representative-too-young', detail: { years } })
    if (input.kind === 'guardian' && person.bornOn !== null && ageOn(person.bornOn, act.today) >= years)
      found.push({ code: 'record-access.guardian-of-adult', detail: { years } })
    if (found.length > 0) return refuseAll(found)
    const one: store.Representative = {
      person: person.id,
      id: act.newId(),
      by: by.id,
      kind: input.kind,
      document: input.document,
      from: (input.from ?? act.today) as Day,
      until: (input.until ?? null) as Day | null,
      endedAt: null,
    }
    const event = {
      type: 'record-access.representative-registered',
      case: { kind: 'representative', org: act.actor.org as OrgId, id: one.id },
      person: person.id,
      seenBy: [act.actor.org as OrgId],
    }
    return ok({ change: one, answer: { representative: one.id }, events: [event] })
  },
  write: async (tx, one, act) => void (await store.addRepresentative(tx, one, act.now, act.actor.account, act.actor.org)),
})

export const endRepresentative = command({
  name: 'record-access.end-representative',
  by: [...OF_THE_PERSON, ...CARE_TEAM],
  basis: BASIS,
  does: { zh: '结束一项监护或代理,即时生效。', en: 'Ends a guardianship or a proxy at once.' },
  input: endRepresentativeInput,
  read: async (tx, input) => {
    const standing = await standingTo(tx, input.person)
    const one = standing && (await store.lockRepresentative(tx, await idsOf(tx, standing.person.id), input.representative))
    return standing && one && { ...standing, one }
  },
  relation: relationsToRecord,
  subject: ({ person }) => ({ person: person.id, basis: '结束代理 (end of representation)' }),
  decide: ({ one }, { reason }) =>
    one.endedAt
      ? refuse('record-access.representation-over')
      : ok({ change: { one, reason }, answer: { representative: one.id } }),
  write: async (tx, { one, reason }, act) => void (await store.saveEnd(tx, one, act.now, reason)),
})

const zhOf = (persons: ReadonlyMap<PersonId, Person>, id: PersonId): string => persons.get(id)?.zh ?? ''

export const representatives = query({
  name: 'record-access.representatives',
  by: [...OF_THE_PERSON, ...CARE_TEAM],
  basis: BASIS,
  does: { zh: '谁可以代一位居民办理。', en: 'Who may act for a person.' },
  input: ofPersonInput,
  read: async (tx, input) => {
    const standing = await standingTo(tx, input.person)
    if (!standing) return null
    const rows = await store.representativesOf(tx, await idsOf(tx, standing.person.id))
    return { ...standing, rows, persons: await findPersons(tx, [...new Set(rows.map(({ by }) => by))]) }
  },
  relation: relationsToRecord,
  audits: ({ person }) => [{ person: person.id, basis: '查看代理 (representatives)' }],
  answer: ({ rows, persons }): { representatives: ShownRepresentative[] } => ({
    representatives: rows.map(({ person: _person, by, ...row }) => ({ ...row, by: { id: by, zh: zhOf(persons, by) } })),
  }),
})

export const represented = query({
  name: 'record-access.represented',
  by: ['resident@anyone'],
  basis: BASIS,
  does: { zh: '我可以代谁办理。', en: 'For whom I may act.' },
  input: noInput,
  read: async (tx, _input, act) => {
    if (!act.actor.person) return null
    const rows = await store.representedBy(tx, act.actor.person)
    return {
      rows,
      persons: await findPersons(
        tx,
        rows.map(({ person }) => person),
      ),
    }
  },
  audits: ({ rows }) => rows.map(({ person }) => ({ person, basis: '代理人查看 (representative)' })),
  answer: ({ rows, persons }) => ({
    persons: rows.map(({ person, kind }) => ({ id: person as string, zh: zhOf(persons, person), kind })),
  }),
})

export const askWhy = command({
  name: 'record-access.ask-why',
  by: OF_THE_PERSON,
  basis: '个人信息保护法 第四十八条、第五十条:要求解释说明',
  does: {
    zh: '问一次查看是为什么;由隐私负责人限期答复。',
    en: 'Asks why somebody looked; the privacy officer answers within days.',
  },
  input: askWhyInput,
  read: async (tx, input) => {
    const standing = await standingTo(tx, input.person)
    const isThere = standing && (await store.isLookAt(tx, await idsOf(tx, standing.person.id), input.org, input.look))
    return isThere ? standing : null
  },
  relation: relationsToRecord,
  subject: ({ person }) => ({ person: person.id, basis: '本人询问 (question of the person)' }),
  decide: ({ person }, input, act) => {
    const one: store.Question = {
      person: person.id,
      id: act.newId(),
      auditOrg: input.org as OrgId,
      look: input.look,
      asks: input.asks,
      askedAt: act.now,
      answerBy: afterWorkDays(act.today, act.policy('record-access.answer-workdays')),
      answer: null,
      answeredAt: null,
    }
    return ok({ change: one, answer: { question: one.id, answerBy: one.answerBy } })
  },
  write: async (tx, one) => {
    if ((await store.addQuestion(tx, one)) === 0) throw new Refused('record-access.asked-already')
  },
})

export const answerWhy = command({
  name: 'record-access.answer-why',
  by: PRIVACY_OFFICERS,
  basis: '个人信息保护法 第五十条',
  does: { zh: '答复居民关于一次查看的询问。', en: 'Answers a person who asked why somebody looked.' },
  input: answerWhyInput,
  read: (tx, input) => store.lockQuestion(tx, input.person, input.question),
  subject: ({ person }) => ({ person, basis: '答复询问 (answer to a question)' }),
  decide: (question, { answer }) =>
    question.answer === null
      ? ok({ change: { question, answer }, answer: { question: question.id } })
      : refuse('record-access.answered-already'),
  write: async (tx, { question, answer }, act) => void (await store.saveAnswer(tx, question, answer, act.now, act.actor.account)),
})

type ShownWith = {
  readonly rows: readonly store.Asked[]
  readonly persons: ReadonlyMap<PersonId, Person>
  readonly institutions: Awaited<ReturnType<typeof institutionsOf>>
}

const shown = ({ rows, persons, institutions }: ShownWith): ShownQuestion[] =>
  rows.map(({ person, auditOrg, lawful, ...row }) => {
    const place = institutions.find(({ id }) => id === auditOrg)
    return {
      ...row,
      lawful: lawful && BASIS_WORDS[lawful],
      person: { id: person, zh: zhOf(persons, person) },
      institution: place ? { id: place.id, zh: place.name.zh, en: place.name.en ?? null } : null,
    }
  })

export const questionList = query({
  name: 'record-access.questions',
  by: PRIVACY_OFFICERS,
  basis: '个人信息保护法 第五十条',
  does: { zh: '居民关于“谁看过我”的询问,快到期的在前。', en: 'What people asked about looks at their records, those due first.' },
  input: questionsInput,
  read: async (tx, input) => {
    const rows = await store.questions(tx, input.state)
    return {
      rows,
      persons: await findPersons(tx, [...new Set(rows.map(({ person }) => person))]),
      institutions: await institutionsOf(tx, [...new Set(rows.map(({ auditOrg }) => auditOrg))]),
    }
  },
  audits: ({ rows }) =>
    [...new Set(rows.map(({ person }) => person))].map((person) => ({ person, basis: '答复询问 (questions of people)' })),
  answer: (found) => ({ questions: shown(found) }),
})

export const questionsOfPerson = query({
  name: 'record-access.questions-of',
  by: OF_THE_PERSON,
  basis: '个人信息保护法 第四十五条、第五十条',
  does: { zh: '我问过的,和答复。', en: 'What I asked, and what was answered.' },
  input: ofPersonInput,
  read: async (tx, input) => {
    const standing = await standingTo(tx, input.person)
    if (!standing) return null
    const rows = await store.questionsOf(tx, await idsOf(tx, standing.person.id))
    return {
      ...standing,
      rows,
      persons: new Map([[standing.person.id, standing.person]]),
      institutions: await institutionsOf(tx, [...new Set(rows.map(({ auditOrg }) => auditOrg))]),
    }
  },
  relation: relationsToRecord,
  audits: ({ person }) => [{ person: person.id, basis: '本人查阅 (own record)' }],
  answer: (found) => ({ questions: shown(found) }),
})
