import type { OrgId } from '../../kernel/id.ts'
import { ok, refuse } from '../../kernel/result.ts'
import { command, query, type Act, type TraceEvent } from '../../platform/forms/form.ts'
import type { Tx } from '../../platform/database/pool.ts'
import { hashOf, indexOfResource, saveSourceResources, type NewResource, type Resource } from '../health-record/index.ts'
import { checkInput, itemsInput, orderInput, REASON_WORDS, type ShownEarlier } from './contract.ts'
import { lookForResults, relationOf, shownEarlier, type Judged, type OrderFacts } from './look.ts'
import { NATIONAL_ITEM_SYSTEM, type DecisionKind, type Item, type RepeatReason } from './recognition.ts'
import { saveDecision, itemsOn, type NewDecision } from './store.ts'

const BASIS = '医疗机构检查检验结果互认管理办法;检查检验同质化、结果互认'
const BY_DOCTORS = ['village-doctor@lawful-basis', 'family-doctor@lawful-basis', 'referral-desk@lawful-basis', 'ward@lawful-basis'] as const

export const items = query({
  name: 'recognition.items',
  by: ['village-doctor@anyone', 'family-doctor@anyone', 'referral-desk@anyone', 'ward@anyone'],
  basis: BASIS,
  does: { zh: '可开单并核对互认的项目。', en: 'Items that can be ordered with a look for earlier results.' },
  input: itemsInput,
  read: (tx, input, act) => itemsOn(tx, input.text, act.today),
  answer: (found) => ({
    items: found.map(({ code, zh, en, kind, priceFen, siteMatters }) => ({ code, zh, en, kind, priceFen, siteMatters })),
  }),
})

const subjectOf = ({ person }: OrderFacts) => ({ person: person.id, basis: BASIS })
const shownItem = ({ code, zh, en, kind, priceFen, daysValid, siteMatters }: Item) => ({
  code,
  zh,
  en,
  kind,
  priceFen,
  daysValid,
  siteMatters,
})

export const check = query({
  name: 'recognition.check',
  by: BY_DOCTORS,
  basis: BASIS,
  does: {
    zh: '开单前查看患者同一项目的既往结果:哪些可互认,其余缺什么。',
    en: 'Before an order: earlier results of the same item; which can be recognised, and what the others lack.',
  },
  input: checkInput,
  read: lookForResults,
  relation: relationOf,
  audits: (facts) => [subjectOf(facts)],
  answer: ({ item, judged }) => ({
    item: item && shownItem(item),
    recognisable: judged.filter(({ obstacles }) => obstacles.length === 0).map(shownEarlier) as ShownEarlier[],
    others: judged.filter(({ obstacles }) => obstacles.length > 0).map(shownEarlier) as ShownEarlier[],
  }),
})

type Input = {
  readonly accept?: string | null | undefined
  readonly reason?: RepeatReason | null | undefined
  readonly note?: string | null | undefined
  readonly patientTold: boolean
  readonly site?: string | null | undefined
}
type Choice = { readonly decision: DecisionKind; readonly matched: Judged | null; readonly reason: RepeatReason | null }

/** Which of the three an order is, or why it cannot be given so. */
const choiceOf = (judged: readonly Judged[], input: Input) => {
  const recognisable = judged.filter(({ obstacles }) => obstacles.length === 0)
  if (input.accept) {
    const matched = recognisable.find(({ result }) => result.reference === input.accept)
    return matched ? ok<Choice>({ decision: 'accepted', matched, reason: null }) : refuse('recognition.not-recognisable')
  }
  const [newest] = recognisable
  if (!newest) return ok<Choice>({ decision: 'ordered', matched: null, reason: null })
  if (!input.reason) return refuse('recognition.decide-first')
  if (!input.patientTold) return refuse('recognition.tell-patient')
  if (input.reason === 'other' && !input.note) return refuse('recognition.say-why')
  return ok<Choice>({ decision: 'repeated', matched: newest, reason: input.reason })
}

export const order = command({
  name: 'recognition.order',
  by: BY_DOCTORS,
  basis: BASIS,
  does: {
    zh: '开检查检验:认可既往结果、说明理由后复查,或没有可互认结果时新开;写入病历并统计。',
    en: 'Orders an examination: accepts an earlier result, repeats it with a reason, or orders it where there is none; kept in the record and counted.',
  },
  input: orderInput,
  read: lookForResults,
  relation: relationOf,
  subject: subjectOf,
  decide: ({ person, item, judged }, input, act) => {
    if (!item) return refuse('recognition.item-unknown')
    const chosen = choiceOf(judged, input)
    if (!chosen.ok) return chosen
    const { decision, matched, reason } = chosen.value
    const made: NewDecision = {
      id: act.newId(),
      org: act.actor.org as OrgId,
      person: person.id,
      item: item.code,
      site: input.site ?? null,
      decision,
      matched: matched?.result.reference ?? null,
      performer: matched?.result.performer ?? null,
      reason,
      note: input.note ?? null,
      savedFen: decision === 'accepted' ? item.priceFen : 0,
      at: act.now,
      by: act.actor.account,
      on: act.today,
    }
    const answer = { id: made.id, decision, savedFen: made.savedFen }
    return ok({ change: { made, item, synthetic: person.synthetic }, answer, events: [eventOf(made)] })
  },
  write: async (tx, { made, item, synthetic }, act) => {
    await saveDecision(tx, made)
    await noteInRecord(tx, made, item, synthetic, act)
  },
})

const eventOf = (made: NewDecision): TraceEvent => ({
  type: `recognition.${made.decision}`,
  case: { kind: 'recognition', org: made.org, id: made.id },
  person: made.person,
  seenBy: [made.org],
  ...(made.reason ? { reason: REASON_WORDS[made.reason].zh } : {}),
  data: { item: made.item },
})

/** In the chart: an order, or that an earlier result was recognised in its place. */
const resourceOf = (made: NewDecision, item: Item, synthetic: boolean): object => {
  const tag = synthetic
    ? { meta: { tag: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'HTEST' }] } }
    : {}
  const agent = { who: { reference: `Organization/${made.org}` } }
  if (made.decision === 'accepted')
    return {
      resourceType: 'Provenance',
      id: made.id,
      ...tag,
      target: [{ reference: made.matched }],
      recorded: made.at,
      activity: { coding: [{ system: 'urn:jieli:recognition', code: 'recognised' }], text: `互认:${item.zh}` },
      agent: [agent],
    }
  return {
    resourceType: 'ServiceRequest',
    id: made.id,
    ...tag,
    status: 'active',
    intent: 'order',
    code: { coding: [{ system: NATIONAL_ITEM_SYSTEM, code: item.code, display: item.zh }], text: item.zh },
    subject: { reference: `Patient/${made.person}` },
    authoredOn: made.at,
    requester: agent.who,
    ...(made.site ? { bodySite: [{ text: made.site }] } : {}),
    ...(made.reason
      ? {
          reasonCode: [
            {
              coding: [{ system: 'urn:jieli:repeat-reason', code: made.reason }],
              text: made.note ?? REASON_WORDS[made.reason].zh,
            },
          ],
        }
      : {}),
    ...(made.matched ? { supportingInfo: [{ reference: made.matched }] } : {}),
  }
}

const noteInRecord = async (tx: Tx, made: NewDecision, item: Item, synthetic: boolean, act: Act): Promise<void> => {
  const resource = resourceOf(made, item, synthetic) as Resource
  const body = JSON.stringify(resource)
  const row: NewResource = {
    person: made.person,
    id: made.id,
    type: resource.resourceType,
    sourceId: made.id,
    body,
    hash: hashOf(body),
    index: indexOfResource(resource, act.zone),
  }
  await saveSourceResources(tx, 'jieli', [row], act.now)
}
