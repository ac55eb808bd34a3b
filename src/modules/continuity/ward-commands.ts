import { plusHours } from '../../kernel/clock.ts'
import type { OrgId, PersonId } from '../../kernel/id.ts'
import { ok, refuse } from '../../kernel/result.ts'
import { SYSTEM } from '../../platform/access.ts'
import type { Tx } from '../../platform/database/pool.ts'
import { command, type Act, type CaseWait } from '../../platform/forms/form.ts'
import { findInstitution, servicesOf, staffAt, supervisorsOf } from '../organisations/index.ts'
import { answerReadinessInput, askReadinessInput, attestInput, readinessInput } from './contract.ts'
import type { Readiness } from './continuity.ts'
import { inpatientsAt } from './inpatients.ts'
import { answered, itemsOf, type KnownOfPlace } from './rules/readiness-items.ts'
import * as store from './store.ts'

export const attest = command({
  name: 'continuity.attest',
  by: ['ward@own'],
  basis: '县域分级诊疗技术方案 下转标准:病情稳定等由医生判断',
  does: {
    zh: '病区医生对一条下转标准作出声明,留名留时。',
    en: 'A doctor of the ward states whether a criterion is met, by name and date.',
  },
  input: attestInput,
  read: async (tx, input, act) => (await inpatientsAt(tx, act, input.person as PersonId))[0] ?? null,
  relation: () => ['own'],
  subject: ({ person }) => ({ person: person.id }),
  decide: ({ person, criteria }, input, act) => {
    if (!criteria.some(({ id }) => id === input.criterion)) return refuse('continuity.criterion-unknown')
    const org = act.actor.org as OrgId
    const fresh = { ...input, person: person.id, id: act.newId(), org }
    const event = {
      type: 'continuity.attested',
      case: { kind: 'attestation', org, id: fresh.id },
      person: person.id,
      seenBy: [org],
      reason: input.note,
      data: { criterion: input.criterion, state: input.state },
    }
    return ok({ change: fresh, answer: { attestation: fresh.id, at: act.now }, events: [event] })
  },
  write: store.addAttestation,
})

const PRIMARY_TIERS = ['village', 'township', 'regional-centre']

const knownOf = async (tx: Tx, org: OrgId, act: Act): Promise<KnownOfPlace> => {
  const staff = await staffAt(tx, org, undefined, act.today)
  const services = await servicesOf(tx, [org], act.today)
  return {
    supplies: await store.suppliesOf(tx, org, act.today),
    roles: new Set(staff.filter(({ workplace }) => workplace === org).map(({ role }) => role)),
    specialties: new Set(services.map(({ specialty }) => specialty)),
  }
}

export const readinessCase = ({ org, id }: Pick<Readiness, 'org' | 'id'>) => ({ kind: 'readiness', org, id })

const waitFor = (one: Readiness): CaseWait[] =>
  one.state === 'asked' && one.dueAt
    ? [{ name: 'answer', command: 'continuity.escalate-readiness', input: { readiness: one.id }, dueAt: one.dueAt }]
    : []

const decidedAs = (
  one: Readiness,
  type: string,
  extra: { seenBy?: readonly OrgId[]; data?: { [key: string]: string | number } } = {},
) =>
  ok({
    change: one,
    answer: { readiness: one.id, state: one.state, dueAt: one.dueAt },
    events: [
      {
        type,
        case: readinessCase(one),
        person: one.person,
        seenBy: [one.org, one.receiver, ...(extra.seenBy ?? [])],
        data: { state: one.state, ...extra.data },
      },
    ],
    waits: [{ case: readinessCase(one), open: waitFor(one) }],
  })

export const askReadiness = command({
  name: 'continuity.ask-readiness',
  by: ['ward@own', 'referral-desk@own'],
  basis: 'S4 做好接续服务;上下级用药衔接',
  does: {
    zh: '询问基层能否接得住:药品、器械、人员。登记册已知的由平台直接答复,其余请对方答复。',
    en: 'Asks a primary-care institution whether it is ready. What registers know is answered at once; the rest is asked.',
  },
  input: askReadinessInput,
  read: async (tx, input, act) => {
    const [inpatient] = await inpatientsAt(tx, act, input.person as PersonId)
    if (!inpatient || (input.referral && inpatient.referral?.id !== input.referral)) return null
    const receiver = await findInstitution(tx, input.receiver as OrgId)
    return { inpatient, receiver, known: await knownOf(tx, input.receiver as OrgId, act) }
  },
  relation: () => ['own'],
  subject: ({ inpatient }) => ({ person: inpatient.person.id, case: inpatient.referral?.id ?? null }),
  decide: ({ inpatient, receiver, known }, input, act) => {
    if (!receiver || !PRIMARY_TIERS.includes(receiver.tier)) return refuse('continuity.receiver-not-primary')
    if (inpatient.readiness.some((one) => one.receiver === receiver.id && one.state === 'asked'))
      return refuse('continuity.asked-already')
    const { person, referral, disease } = inpatient
    const items = itemsOf(input.items, known, act.newId)
    const isOpen = items.some(({ answer }) => answer === null)
    return decidedAs(
      {
        org: act.actor.org as OrgId,
        id: act.newId(),
        version: 1,
        person: person.id,
        caseOrg: referral?.org ?? null,
        referral: referral?.id ?? null,
        receiver: receiver.id,
        disease: disease.key,
        state: isOpen ? 'asked' : 'answered',
        items,
        note: input.note ?? null,
        askedAt: act.now,
        askedBy: act.actor.name,
        dueAt: isOpen ? plusHours(act.now, act.policy('down-referral.answer-within')) : null,
        escalations: 0,
        answeredAt: isOpen ? null : act.now,
        answeredBy: isOpen ? null : SYSTEM.name,
        rulebookHash: act.rulebookHash,
      },
      isOpen ? 'continuity.readiness-asked' : 'continuity.readiness-answered',
    )
  },
  write: store.saveReadiness,
})

export const answerReadiness = command({
  name: 'continuity.answer-readiness',
  by: ['family-doctor@receiver', 'village-doctor@receiver'],
  basis: '交接须经接收方确认',
  does: {
    zh: '基层答复能否接得住:每项有或没有,没有的由谁在哪天前补上。',
    en: 'Primary care answers item by item: there, or missing and who brings it by when.',
  },
  input: answerReadinessInput,
  read: async (tx, input) => {
    const readiness = await store.lockReadiness(tx, input.readiness)
    return readiness && { readiness }
  },
  relation: ({ readiness }, { actor }) => (actor.org === readiness.receiver ? ['receiver'] : []),
  subject: ({ readiness }) => ({ person: readiness.person, case: readiness.referral }),
  decide: ({ readiness }, input, act) => {
    if (readiness.state !== 'asked') return refuse('continuity.answered-already')
    const items = answered(readiness.items, input.items, act.today)
    if (!items.ok) return items
    const note = input.note ?? readiness.note
    return decidedAs(
      {
        ...readiness,
        version: readiness.version + 1,
        state: 'answered',
        items: items.value,
        note,
        answeredAt: act.now,
        answeredBy: act.actor.name,
      },
      'continuity.readiness-answered',
    )
  },
  write: store.saveReadiness,
})

export const escalateReadiness = command({
  name: 'continuity.escalate-readiness',
  by: ['system@anyone'],
  basis: '超时逐级上报 (设计值)',
  does: { zh: '基层逾期未答复:告知其上一级。', en: 'Primary care has not answered in time: tells one level above it.' },
  input: readinessInput,
  read: async (tx, input, act) => {
    const readiness = await store.lockReadiness(tx, input.readiness)
    return readiness && { readiness, above: await supervisorsOf(tx, readiness.receiver, act.today) }
  },
  subject: ({ readiness }) => ({ person: readiness.person, case: readiness.referral }),
  decide: ({ readiness, above }, _input, act) => {
    if (readiness.state !== 'asked') return refuse('continuity.answered-already')
    const escalations = readiness.escalations + 1
    const isLast = escalations >= act.policy('referral.escalation-levels')
    const dueAt = isLast ? null : plusHours(act.now, act.policy('down-referral.answer-within'))
    return decidedAs({ ...readiness, version: readiness.version + 1, escalations, dueAt }, 'continuity.readiness-overdue', {
      seenBy: above,
      data: { late: readiness.receiver, level: escalations },
    })
  },
  write: store.saveReadiness,
})
