import { plusHours, plusMinutes } from '../../kernel/clock.ts'
import { instantAt, plusDays } from '../../kernel/day.ts'
import type { AccountId, OrgId, PersonId } from '../../kernel/id.ts'
import { ok, refuse } from '../../kernel/result.ts'
import type { Party } from '../../platform/access.ts'
import type { Queryable } from '../../platform/database/pool.ts'
import { command, query, type Act, type CaseKey } from '../../platform/forms/form.ts'
import { institutionsOf, type Institution } from '../organisations/index.ts'
import { findPerson, findPersons, idsOf, type Person } from '../residents/index.ts'
import {
  emergenciesInput,
  emergencyInput,
  ofPersonInput,
  openEmergencyInput,
  openSensitiveInput,
  reviewEmergencyInput,
  type ShownEmergency,
} from './contract.ts'
import {
  addEmergency,
  addOpening,
  emergencies,
  emergenciesOf,
  lockEmergency,
  saveEscalation,
  saveReview,
  type Emergency,
  type Opening,
} from './emergency-store.ts'
import { afterWorkDays } from './rules/work-days.ts'
import { relationsToRecord, standingTo } from './standing.ts'

const WHO_TREAT: readonly Party[] = ['village-doctor@anyone', 'family-doctor@anyone', 'referral-desk@anyone', 'ward@anyone']
/** Who answers for privacy: the region's administrator and the health bureau. */
export const PRIVACY_OFFICERS: readonly Party[] = ['administrator@anyone', 'health-bureau@anyone']
const BASIS = '个人信息保护法 第十三条第一款第四项:紧急情况下为保护自然人的生命健康'

const caseOf = ({ org, id }: Pick<Emergency, 'org' | 'id'>): CaseKey => ({ kind: 'emergency-access', org, id })

export const openEmergency = command({
  name: 'record-access.open-emergency',
  by: WHO_TREAT,
  basis: BASIS,
  does: {
    zh: '紧急调阅:写明原因即可查看档案,限时;告知本人,由他人限期复核。',
    en: 'Emergency access: the record opens for a reason and for hours; the person is told, and somebody else reviews it.',
  },
  input: openEmergencyInput,
  read: (tx, input, act) =>
    act.actor.org && act.actor.account ? findPerson(tx, input.person as PersonId) : Promise.resolve(null),
  subject: (person, { reason }) => ({ person: person.id, basis: `紧急调阅 (emergency access): ${reason}` }),
  decide: (person, { reason, note }, act) => {
    if (reason === 'other' && note === '') return refuse('record-access.reason-wanted')
    const reviewBy = afterWorkDays(act.today, act.policy('record-access.review-workdays'))
    const fresh: Emergency = {
      person: person.id,
      id: act.newId(),
      account: act.actor.account as AccountId,
      by: act.actor.name.zh,
      org: act.actor.org as OrgId,
      reason,
      note,
      openedAt: act.now,
      until: plusHours(act.now, act.policy('record-access.emergency-hours')),
      reviewBy,
      escalatedAt: null,
      verdict: null,
      reviewNote: null,
      reviewedAt: null,
    }
    const dueAt = instantAt(plusDays(reviewBy, 1), '00:00', act.zone)
    const wait = {
      name: 'review',
      command: 'record-access.escalate-review',
      input: { person: person.id, emergency: fresh.id },
      dueAt,
    }
    return ok({
      change: fresh,
      answer: { emergency: fresh.id, until: fresh.until, reviewBy },
      events: [{ type: 'record-access.emergency-opened', case: caseOf(fresh), person: person.id, seenBy: [fresh.org], reason }],
      waits: [{ case: caseOf(fresh), open: [wait] }],
    })
  },
  write: async (tx, fresh, act) => void (await addEmergency(tx, fresh, act.actor.role)),
})

export const escalateReview = command({
  name: 'record-access.escalate-review',
  by: ['system@anyone'],
  basis: '紧急调阅逾期未复核 (设计值)',
  does: {
    zh: '紧急调阅逾期未复核:在复核台置顶并留痕。',
    en: 'An emergency access was not reviewed in time: it is told so and stands first at the review desk.',
  },
  input: emergencyInput,
  read: (tx, input) => lockEmergency(tx, input.person, input.emergency),
  subject: ({ person }) => ({ person }),
  decide: (emergency, _input, act) => {
    if (emergency.verdict !== null) return refuse('record-access.reviewed-already')
    return ok({
      change: emergency,
      answer: { escalatedAt: act.now },
      events: [
        { type: 'record-access.review-overdue', case: caseOf(emergency), person: emergency.person, seenBy: [emergency.org] },
      ],
    })
  },
  write: async (tx, emergency, act) => void (await saveEscalation(tx, emergency, act.now)),
})

export const reviewEmergency = command({
  name: 'record-access.review-emergency',
  by: PRIVACY_OFFICERS,
  basis: '紧急调阅须由他人复核 (设计值)',
  does: {
    zh: '复核一次紧急调阅:正当,或不当(访问立即终止)。不能复核自己的。',
    en: 'Judges an emergency access: justified, or not, which ends it at once. Nobody judges their own.',
  },
  input: reviewEmergencyInput,
  read: (tx, input) => lockEmergency(tx, input.person, input.emergency),
  subject: ({ person }) => ({ person, basis: '紧急调阅复核 (review of an emergency access)' }),
  decide: (emergency, { verdict, note }, act) => {
    if (emergency.account === act.actor.account) return refuse('record-access.own-review')
    if (emergency.verdict !== null) return refuse('record-access.reviewed-already')
    if (verdict === 'not-justified' && note === '') return refuse('record-access.reason-wanted')
    return ok({
      change: { emergency, verdict, note, at: act.now, by: act.actor.account },
      answer: { verdict },
      events: [
        {
          type: 'record-access.emergency-reviewed',
          case: caseOf(emergency),
          person: emergency.person,
          seenBy: [emergency.org],
          data: { verdict },
        },
      ],
      waits: [{ case: caseOf(emergency), open: [] }],
    })
  },
  write: async (tx, { emergency, ...review }) => void (await saveReview(tx, emergency, review)),
})

type Shown = {
  readonly rows: readonly Emergency[]
  readonly persons: ReadonlyMap<PersonId, Person>
  readonly institutions: readonly Institution[]
}

const withNames = async (db: Queryable, rows: readonly Emergency[]): Promise<Shown> => ({
  rows,
  persons: await findPersons(db, [...new Set(rows.map(({ person }) => person))]),
  institutions: await institutionsOf(db, [...new Set(rows.map(({ org }) => org))]),
})

const shown = ({ rows, persons, institutions }: Shown, act: Act): ShownEmergency[] =>
  rows.map(({ person, org, account: _account, escalatedAt: _escalated, ...row }) => {
    const place = institutions.find(({ id }) => id === org)
    return {
      ...row,
      person: { id: person, zh: persons.get(person)?.zh ?? '' },
      institution: { id: org, zh: place?.name.zh ?? '', en: place?.name.en ?? null },
      overdue: row.verdict === null && row.reviewBy < act.today,
    }
  })

export const emergencyList = query({
  name: 'record-access.emergencies',
  by: PRIVACY_OFFICERS,
  basis: '紧急调阅须由他人复核 (设计值)',
  does: {
    zh: '待复核或已复核的紧急调阅;逾期的在前。',
    en: 'Emergency accesses that wait for a review, or were reviewed; those overdue first.',
  },
  input: emergenciesInput,
  read: async (tx, input, act) =>
    withNames(tx, await emergencies(tx, input.state, act.actor.role === 'health-bureau' ? null : act.actor.org)),
  audits: ({ rows }) =>
    [...new Set(rows.map(({ person }) => person))].map((person) => ({
      person,
      basis: '紧急调阅复核 (review of emergency access)',
    })),
  answer: (found, _input, act) => ({ emergencies: shown(found, act) }),
})

export const emergenciesOfPerson = query({
  name: 'record-access.emergencies-of',
  by: ['resident@self', 'resident@representative'],
  basis: '个人信息保护法 第四十四条、第四十五条',
  does: {
    zh: '谁紧急调阅过我的档案,原因和复核结论。',
    en: 'Who opened my record in an emergency, why, and what the review found.',
  },
  input: ofPersonInput,
  read: async (tx, input) => {
    const standing = await standingTo(tx, input.person)
    return standing && { ...standing, found: await withNames(tx, await emergenciesOf(tx, await idsOf(tx, standing.person.id))) }
  },
  relation: relationsToRecord,
  audits: ({ person }) => [{ person: person.id, basis: '本人查阅 (own record)' }],
  answer: ({ found }, _input, act) => ({ emergencies: shown(found, act) }),
})

export const openSensitive = command({
  name: 'record-access.open-sensitive',
  by: ['village-doctor@lawful-basis', 'family-doctor@lawful-basis', 'referral-desk@lawful-basis', 'ward@lawful-basis'],
  basis: '个人信息保护法 第二十八条、第二十九条:敏感个人信息',
  does: {
    zh: '写明理由,限时打开被遮蔽的敏感内容;本人可见。',
    en: 'Opens sensitive parts for a while by a reason of their own; the person sees it.',
  },
  input: openSensitiveInput,
  read: (tx, input, act) => (act.actor.org && act.actor.account ? standingTo(tx, input.person) : Promise.resolve(null)),
  relation: relationsToRecord,
  subject: ({ person }, { category }) => ({ person: person.id, basis: `打开敏感内容 (sensitive parts): ${category}` }),
  decide: ({ person }, { category, reason }, act) => {
    const until = plusMinutes(act.now, act.policy('record-access.opening-minutes'))
    const one: Opening = {
      person: person.id,
      id: act.newId(),
      account: act.actor.account as AccountId,
      org: act.actor.org as OrgId,
      category,
      reason,
      at: act.now,
      until,
    }
    return ok({ change: one, answer: { until } })
  },
  write: async (tx, one) => void (await addOpening(tx, one)),
})
