import type { Day } from '../../kernel/day.ts'
import type { OrgId, PersonId } from '../../kernel/id.ts'
import { ok } from '../../kernel/result.ts'
import type { Tx } from '../../platform/database/pool.ts'
import { command, query } from '../../platform/forms/form.ts'
import { institutionsOf } from '../organisations/index.ts'
import { openRecord } from '../record-access/index.ts'
import { findPerson, idsOf } from '../residents/index.ts'
import type { HitId, KeptHit } from './audit-rules.ts'
import { checkOrderInput, hitInput, hitsInput, itemsInput, nothingInput, type ShownHit } from './contract.ts'
import { lifecycle } from './lifecycle.ts'
import { readHit, relationsToHit, subjectOfHit } from './move-hit.ts'
import { auditOn, ruleWords } from './of-the-day.ts'
import { auditHits } from './rules/audit.ts'
import type { AuditPerson } from './rules/facts.ts'
import { countHits, itemsOn, listBatches, listHits, searchItems } from './store.ts'
import { knowledgeOf } from './audit-batch.ts'

const BASIS = '医疗保障基金使用监督管理条例:智能审核'
const LOOKING = [
  'insurer@anyone',
  'referral-desk@anyone',
  'ward@anyone',
  'consortium-manager@anyone',
  'village-doctor@anyone',
  'family-doctor@anyone',
] as const
const PAGE = 50

type Names = ReadonlyMap<string, { zh: string; en: string | null }>

const namesOf = async (tx: Tx, hits: readonly KeptHit[]): Promise<Names> =>
  new Map(
    (await institutionsOf(tx, [...new Set(hits.map(({ org }) => org))])).map(({ id, name }) => [
      id as string,
      { zh: name.zh, en: name.en ?? null },
    ]),
  )

const shownHit = (hit: KeptHit, names: Names, words: Awaited<ReturnType<typeof ruleWords>>, me: string | null): ShownHit => ({
  org: hit.org,
  id: hit.id,
  institution: names.get(hit.org) ?? { zh: hit.org, en: null },
  number: words.get(hit.rule)?.number ?? 0,
  rule: hit.rule,
  ruleWords: { zh: words.get(hit.rule)?.zh ?? hit.rule, en: words.get(hit.rule)?.en ?? hit.rule },
  kind: hit.kind,
  state: hit.state,
  words: lifecycle.states[hit.state].words,
  reply: hit.reply,
  amountFen: hit.amountFen,
  decidedFen: hit.decidedFen,
  recoveredFen: hit.recoveredFen,
  isFraudCase: hit.isFraudCase,
  personRef: hit.personRef,
  note: hit.note,
  dueAt: hit.dueAt,
  foundAt: hit.foundAt,
  isProposedByMe: hit.state === 'proposed' && hit.decidedBy !== null && hit.decidedBy === me,
})

export const hits = query({
  name: 'audit-rules.hits',
  by: LOOKING,
  basis: BASIS,
  does: {
    zh: '审核疑点工作列表:先到期的在前;机构只见已下发给本机构的。',
    en: 'The work list of hits, what is due first; an institution sees those that it was told of.',
  },
  input: hitsInput,
  read: async (tx, { afterOrg, afterHit, ...filter }, act) => {
    const wanted = { ...filter, org: (act.actor.role === 'insurer' ? filter.org : (act.actor.org ?? '0')) as OrgId | undefined }
    const found = await listHits(
      tx,
      wanted,
      afterOrg && afterHit ? { org: afterOrg as OrgId, id: afterHit as HitId } : null,
      PAGE + 1,
    )
    const { state: _state, ...apart } = wanted
    return {
      found: found.slice(0, PAGE),
      hasMore: found.length > PAGE,
      counts: await countHits(tx, apart),
      names: await namesOf(tx, found),
      words: await ruleWords(act.today),
    }
  },
  audits: ({ found }) => found.map(subjectOfHit),
  answer: ({ found, hasMore, counts, names, words }, _input, act) => ({
    hits: found.map((hit) => shownHit(hit, names, words, act.actor.account)),
    hasMore,
    counts: counts.map((one) => ({
      ...one,
      ruleWords: { zh: words.get(one.rule)?.zh ?? one.rule, en: words.get(one.rule)?.en ?? one.rule },
    })),
  }),
})

export const hit = query({
  name: 'audit-rules.hit',
  by: ['insurer@anyone', 'referral-desk@own', 'ward@own', 'consortium-manager@own', 'village-doctor@own', 'family-doctor@own'],
  basis: BASIS,
  does: {
    zh: '一个疑点:规则、依据、证据、所涉就诊和明细、办理到哪一步。',
    en: 'One hit: its rule and clause, the evidence, the stays and lines that it is about, and where it stands.',
  },
  input: hitInput,
  read: async (tx, input, act) => {
    const found = await readHit(tx, input)
    if (!found) return null
    const codes = [...new Set(found.stays.flatMap(({ lines }) => lines.map(({ item }) => item)))]
    return {
      found,
      names: await namesOf(tx, [found]),
      words: await ruleWords(act.today),
      items: await itemsOn(tx, codes, found.foundOn),
      secondPersonFen: act.policy('audit-rules.second-person-fen'),
    }
  },
  relation: ({ found }, act) => relationsToHit(found, act),
  audits: ({ found }) => [subjectOfHit(found)],
  answer: ({ found, names, words, items, secondPersonFen }, _input, act) => ({
    ...shownHit(found, names, words, act.actor.account),
    clause: found.clause,
    evidence: found.evidence,
    stays: found.stays,
    items: items.map(({ code, zh, en }) => ({ code, zh, en })),
    batch: found.batch,
    secondPersonFen,
  }),
})

export const batches = query({
  name: 'audit-rules.batches',
  by: ['insurer@anyone'],
  basis: BASIS,
  does: { zh: '已审核的账单批次。', en: 'The batches of bills that were audited.' },
  input: nothingInput,
  read: async (tx) => ({ found: await listBatches(tx) }),
  answer: ({ found }) => ({ batches: found }),
})

export const items = query({
  name: 'audit-rules.items',
  by: LOOKING,
  basis: BASIS,
  does: { zh: '查项目目录的审核知识。', en: 'Looks an item of the catalogue up.' },
  input: itemsInput,
  read: async (tx, { search, day }, act) => ({ found: await searchItems(tx, search ?? '', (day ?? act.today) as Day) }),
  answer: ({ found }) => ({ items: found }),
})

export const rules = query({
  name: 'audit-rules.rules',
  by: LOOKING,
  basis: BASIS,
  does: { zh: '38 条审核规则的定义、结果、环节、依据和等级。', en: 'The 38 rules: kind, stages, clause and grade.' },
  input: nothingInput,
  read: async (_tx, _input, act) => ({ words: await ruleWords(act.today) }),
  answer: ({ words }) => ({ rules: [...words.values()].toSorted((one, other) => one.number - other.number) }),
})

/** An order as a bill of today that has only these lines. */
const orderAsPerson = (
  who: { sex: string; bornOn: Day | null },
  of: { org: string; tier: string; today: Day; insurance: string; diagnoses: readonly string[] },
  lines: readonly { item: string; quantity: number; priceFen: number; supplyDays: number | null }[],
): AuditPerson => ({
  gender: who.sex === 'female' ? 'female' : 'male',
  bornOn: who.bornOn ?? of.today,
  stays: [
    {
      id: 'order',
      institution: of.org,
      level: of.tier,
      inpatient: false,
      insurance: of.insurance,
      admittedOn: of.today,
      dischargedOn: of.today,
      diagnoses: of.diagnoses,
      procedures: 0,
      planned: false,
      lines: lines.map((line, at) => ({
        id: String(at + 1),
        day: of.today,
        ...line,
        amountFen: Math.round(line.quantity * line.priceFen),
      })),
    },
  ],
})

export const checkOrder = command({
  name: 'audit-rules.check-order',
  by: ['village-doctor@lawful-basis', 'family-doctor@lawful-basis', 'referral-desk@lawful-basis', 'ward@lawful-basis'],
  basis: BASIS,
  does: {
    zh: '开单时先审:这些项目对这位居民会触发哪些规则;不保存。',
    en: 'Asks while ordering which rules these lines would break for this person; nothing is kept.',
  },
  input: checkOrderInput,
  read: async (tx, { person: id, lines }, act) => {
    const person = await findPerson(tx, id as PersonId)
    if (!person) return null
    const [place] = act.actor.org ? await institutionsOf(tx, [act.actor.org]) : []
    return {
      person,
      place,
      hasBasis: (await openRecord(tx, await idsOf(tx, person.id), 'treatment')).length > 0,
      items: await itemsOn(tx, [...new Set(lines.map(({ item }) => item))], act.today),
      audit: await auditOn(act.today, 'pre'),
    }
  },
  relation: ({ hasBasis }) => (hasBasis ? ['lawful-basis'] : []),
  subject: ({ person }) => ({ person: person.id }),
  decide: ({ person, place, items: known, audit }, { insurance, diagnoses, lines }, act) => {
    const of = { org: act.actor.org ?? '', tier: place?.tier ?? '', today: act.today, insurance, diagnoses }
    const found = auditHits(orderAsPerson(person, of, lines), knowledgeOf(known), audit).filter(({ rule }) => rule !== 'unlisted')
    const codes = new Set(known.map(({ code }) => code))
    const answer = {
      hits: found.map(({ rule, zh, en, kind, basis, grade, lines: about, amountFen, evidence }) => ({
        rule,
        words: { zh, en },
        kind,
        clause: { basis, grade },
        lines: about.map(Number),
        amountFen,
        evidence,
      })),
      /** Items that the catalogue does not have: no rule could be asked of them. */
      unknown: lines.flatMap(({ item }) => (codes.has(item) ? [] : [item])),
    }
    return ok({ change: null, answer })
  },
  write: async () => {},
})
