import type { PersonId } from '../../kernel/id.ts'
import { query } from '../../platform/forms/form.ts'
import { findPackage } from '../health-record/index.ts'
import { specialtyName } from '../organisations/index.ts'
import { relationsToRecord, standingTo } from '../record-access/index.ts'
import { findPerson, findPersons, idsOf, relationsToPerson } from '../residents/index.ts'
import { mineInput, personInput, referralInput, slipInput, tasksInput, worklistInput } from './contract.ts'
import { listedBy } from './desk-queries.ts'
import { relationsToReferral } from './facts.ts'
import type { ReferralId } from './referral.ts'
import { printSlip } from './print-slip.ts'
import { placesOf, readWhole, shownPlace, shownReferral, shownRow, shownRows } from './shown.ts'
import { holderOf } from './step.ts'
import * as store from './store.ts'
import { countReferrals, journeyOf, listReferrals, listTasks, traceOf } from './worklist.ts'

const JOURNEY_EVENTS_MOST = 200
const STAFF = ['village-doctor', 'family-doctor', 'referral-desk', 'ward'] as const
const PARTIES = [
  ...STAFF.flatMap((role) => [`${role}@sender`, `${role}@receiver`, `${role}@care-team`] as const),
  'referral-desk@supervisor',
  'consortium-manager@supervisor',
  'health-bureau@supervisor',
  'resident@self',
] as const

export const get = query({
  name: 'referral.get',
  by: PARTIES,
  basis: 'S0 患者转诊病历信息共享调阅、治疗过程可追溯',
  does: { zh: '查看一张转诊单及其全程留痕。', en: 'One referral with its whole trace.' },
  input: referralInput,
  read: async (tx, input) => {
    const referral = await store.findReferral(tx, input.referral as ReferralId)
    return referral && readWhole(tx, referral, await traceOf(tx, referral))
  },
  relation: ({ referral }, { actor }) => relationsToReferral(actor, referral),
  audits: ({ referral }) => [{ person: referral.person, case: referral.id }],
  answer: (whole, _input, act) => shownReferral(whole, act, holderOf(whole.referral)),
})

export const recordPackage = query({
  name: 'referral.package',
  by: [...STAFF.flatMap((role) => [`${role}@sender`, `${role}@receiver`, `${role}@care-team`] as const), 'resident@self'],
  basis: 'S1 病人未到病情信息先到; S0 患者转诊病历信息共享调阅',
  does: { zh: '调阅随单先行的病历资料包(FHIR 文档);每次调阅留痕。', en: 'The record package that went ahead (a FHIR document); every read is on record.' },
  input: referralInput,
  read: async (tx, input) => {
    const referral = await store.findReferral(tx, input.referral as ReferralId)
    const found = referral && (await findPackage(tx, referral.person, referral.id))
    return found && { referral, found }
  },
  relation: ({ referral }, { actor }) => relationsToReferral(actor, referral),
  audits: ({ referral }, _input, { actor }) => [
    { person: referral.person, case: referral.id, basis: actor.role === 'resident' ? '本人查阅' : `转诊 ${referral.slipNo}:提交后由接诊方调阅` },
  ],
  answer: ({ found }) => ({ version: found.version, hash: found.hash, madeAt: found.madeAt, bundle: JSON.parse(found.body) as unknown }),
})

export const worklist = query({
  name: 'referral.worklist',
  by: [...STAFF.map((role) => `${role}@anyone` as const), 'consortium-manager@anyone'],
  basis: '本机构为一方的转诊',
  does: { zh: '本机构的转诊工作列表,最紧急的在前。', en: 'The worklist of one’s own institution, most urgent first.' },
  input: worklistInput,
  read: async (tx, input, act) => {
    if (!act.actor.org) return null
    const by = await listedBy(tx, input, act.actor.org, act)
    const listed = await listReferrals(tx, by)
    // Who turns a page has the counts already.
    const counts = input.after ? null : await countReferrals(tx, by)
    return { listed, rows: await shownRows(tx, listed), counts, isFull: listed.length === input.limit }
  },
  // A list is on record as what was asked, not row by row; opening a case is on record by person.
  audits: (_facts, input) => [{ basis: `本机构为一方的转诊:${input.side} ${input.state}${input.text ? ' 查找' : ''}` }],
  answer: ({ listed, rows, counts, isFull }) => ({ rows, counts, next: isFull ? (listed.at(-1)?.cursor ?? null) : null }),
})

export const openOf = query({
  name: 'referral.open-of',
  by: STAFF.map((role) => `${role}@anyone` as const),
  basis: '同一病种同时只有一张有效转诊单;填单前先提示',
  does: { zh: '填单前先看:该居民现有未结的转诊单。', en: 'Before the form is filled: the open referrals of this person.' },
  input: personInput,
  read: async (tx, input) => {
    const open = await store.openOf(tx, await idsOf(tx, input.person as PersonId))
    return { open, rows: await shownRows(tx, open) }
  },
  audits: ({ open }, input) => [{ person: input.person as PersonId, case: open[0]?.id ?? null }],
  // Who is no party learns that a referral is open and where, not what is written in it.
  answer: ({ open, rows }, _input, { actor }) => ({
    rows: rows.map((row, at) => ({ ...row, isParty: open[at] ? relationsToReferral(actor, open[at]).length > 0 : false })),
  }),
})

export const mine = query({
  name: 'referral.mine',
  by: ['resident@anyone'],
  basis: '居民本人',
  does: { zh: '我的转诊:在哪里、什么时间、带什么。', en: 'My referrals: where, when, and what to bring.' },
  input: mineInput,
  read: async (tx, _input, act) => {
    if (!act.actor.person) return null
    const referrals = await store.referralsOf(tx, await idsOf(tx, act.actor.person), 20)
    const wholes = []
    for (const referral of referrals) wholes.push(await readWhole(tx, referral, await traceOf(tx, referral)))
    return wholes
  },
  audits: (wholes) => wholes.map(({ referral }) => ({ person: referral.person, case: referral.id, basis: '本人查阅' })),
  answer: (wholes, _input, act) => ({ referrals: wholes.map((whole) => shownReferral(whole, act, holderOf(whole.referral))) }),
})

export const ofPerson = query({
  name: 'referral.of-person',
  by: [
    'resident@self', 'resident@representative', 'village-doctor@care-team', 'family-doctor@care-team',
    'referral-desk@lawful-basis', 'ward@lawful-basis',
  ],
  basis: 'S4 跟踪转诊患者治疗过程,做好接续服务;须有合法依据',
  does: {
    zh: '一位居民的历次转诊及当前持棒方;医院只见本院参与的。',
    en: 'A person’s referrals and who holds the baton; a hospital sees those that it has a part in.',
  },
  input: personInput,
  read: async (tx, input) => {
    const standing = await standingTo(tx, input.person)
    if (!standing) return null
    const { person } = standing
    const referrals = await store.referralsOf(tx, await idsOf(tx, person.id), 20)
    return { ...standing, rows: await shownRows(tx, referrals), holders: referrals.map(holderOf) }
  },
  relation: relationsToRecord,
  audits: ({ person }) => [{ person: person.id }],
  answer: ({ rows, holders }) => ({ rows: rows.map((row, at) => ({ ...row, holder: holders[at] ?? null })) }),
})

export const tasks = query({
  name: 'referral.tasks',
  by: ['family-doctor@anyone', 'village-doctor@anyone'],
  basis: 'S4 跟踪转诊患者治疗过程',
  does: { zh: '本机构家庭医生的跟踪任务:到诊、出院、接回后随访。', en: 'The family doctor’s tasks: at arrival, at discharge, and the follow-up.' },
  input: tasksInput,
  read: async (tx, input, act) => {
    if (!act.actor.org) return null
    const listed = await listTasks(tx, act.actor.org, input.which, act.now, input.limit)
    const persons = await findPersons(tx, listed.map((task) => task.person))
    const referrals = await store.findReferrals(tx, listed.map((task) => ({ org: task.caseOrg, id: task.referral })))
    return { listed, persons, referrals, places: await placesOf(tx, [...referrals.values()].flatMap((one) => [one.org, one.receiver])) }
  },
  audits: ({ listed }) => listed.map((task) => ({ person: task.person, case: task.referral })),
  answer: ({ listed, persons, referrals, places }) => ({
    tasks: listed.flatMap(({ id, kind, dueAt, doneAt, note, referral: key }) => {
      const referral = referrals.get(key)
      return referral ? [{ id, kind, dueAt, doneAt, note, referral: shownRow(referral, false, persons, places) }] : []
    }),
  }),
})

export const slip = query({
  name: 'referral.slip',
  by: PARTIES,
  basis: '国家基本公共卫生服务规范(第三版) 双向转诊单',
  does: { zh: '打印转诊单、回转单、回执或知情同意书(PDF,base64)。', en: 'The slip, the return slip, the receipt or the consent form as PDF, base64.' },
  input: slipInput,
  read: async (tx, input) => {
    const referral = await store.findReferral(tx, input.referral as ReferralId)
    if (!referral || (input.kind === 'return' && !referral.returned)) return null
    const whole = await readWhole(tx, referral, await traceOf(tx, referral))
    return { ...whole, specialty: await specialtyName(tx, referral.specialty) }
  },
  relation: ({ referral }, { actor }) => relationsToReferral(actor, referral),
  audits: ({ referral }) => [{ person: referral.person, case: referral.id }],
  answer: (facts, input, act) => ({
    fileName: `${facts.referral.slipNo}-${input.kind}.pdf`,
    pdf: Buffer.from(printSlip(facts, input.kind, act)).toString('base64'),
  }),
})

export const journey = query({
  name: 'referral.journey',
  by: ['village-doctor@care-team', 'family-doctor@care-team', 'resident@self'],
  basis: 'S0 治疗过程可追溯',
  does: { zh: '一位居民在全区域的全部留痕,最新在前。', en: 'Every event about one person in the region, newest first.' },
  input: personInput,
  read: async (tx, input) => {
    const person = await findPerson(tx, input.person as PersonId)
    if (!person) return null
    const events = await journeyOf(tx, await idsOf(tx, person.id), JOURNEY_EVENTS_MOST)
    return { person, events, places: await placesOf(tx, events.map((event) => event.org)) }
  },
  relation: ({ person }, { actor }) => relationsToPerson(actor, person),
  audits: ({ person }) => [{ person: person.id }],
  answer: ({ events, places }) => ({
    events: events.map(({ at, type, caseKind, caseId, org }) => ({ at, type, caseKind, case: caseId, institution: shownPlace(org, places) })),
  }),
})
