import type { Day } from '../../kernel/day.ts'
import type { OrgId } from '../../kernel/id.ts'
import type { Tx } from '../../platform/database/pool.ts'
import { query } from '../../platform/forms/form.ts'
import { billingPlacesOf } from '../organisations/index.ts'
import type { HitId, KeptHit } from './audit-rules.ts'
import { hitInput, hitsInput, itemsInput, nothingInput, type ShownHit } from './contract.ts'
import { lifecycle } from './lifecycle.ts'
import { endOfWorkDay, readHit, relationsToHit, subjectOfHit } from './move-hit.ts'
import { ruleWords } from './of-the-day.ts'
import { countHits, itemsOn, listBatches, listHits, searchItems, transfersOf, waitingHits } from './store.ts'

const BASIS = '医疗保障基金使用监督管理条例:智能审核'
const LOOKING = [
  'insurer@anyone',
  'referral-desk@anyone',
  'ward@anyone',
  'consortium-manager@anyone',
  'village-doctor@anyone',
  'family-doctor@anyone',
  'pharmacist@anyone',
] as const
const PAGE = 50

type Names = ReadonlyMap<string, { zh: string; en: string | null }>

const namesOf = async (tx: Tx, hits: readonly KeptHit[]): Promise<Names> =>
  new Map(
    (await billingPlacesOf(tx, [...new Set(hits.map(({ org }) => org))])).map(({ id, name }) => [
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

export const waiting = query({
  name: 'audit-rules.waiting',
  by: LOOKING,
  basis: BASIS,
  does: {
    zh: '等着办的疑点:机构待反馈的,经办机构待处理的;其中几条临期、逾期、申诉。',
    en: 'What waits: for an institution what it has to answer, for the insurer what is to be decided; how much is nearly due, late or disputed.',
  },
  input: nothingInput,
  read: async (tx, _input, act) => {
    const isInsurer = act.actor.role === 'insurer'
    const nearDays = act.policy('audit-rules.near-workdays')
    return {
      nearDays,
      found: await waitingHits(tx, {
        state: isInsurer ? 'review' : 'told',
        org: isInsurer ? null : ((act.actor.org ?? '0') as OrgId),
        nearBefore: endOfWorkDay(act, nearDays),
        now: act.now,
      }),
    }
  },
  answer: ({ found, nearDays }) => ({ ...found, nearDays }),
})

export const hit = query({
  name: 'audit-rules.hit',
  by: [
    'insurer@anyone',
    'referral-desk@own',
    'ward@own',
    'consortium-manager@own',
    'village-doctor@own',
    'family-doctor@own',
    'pharmacist@own',
  ],
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
      transfers: await transfersOf(tx, found.org, found.id),
    }
  },
  relation: ({ found }, act) => relationsToHit(found, act),
  audits: ({ found }) => [subjectOfHit(found)],
  answer: ({ found, names, words, items, secondPersonFen, transfers }, _input, act) => ({
    ...shownHit(found, names, words, act.actor.account),
    clause: found.clause,
    evidence: found.evidence,
    stays: found.stays,
    items: items.map(({ code, zh, en }) => ({ code, zh, en })),
    batch: found.batch,
    secondPersonFen,
    /** What was booked: the decision, what came, what was let go or taken back. */
    transfers,
    isDecidedByMe: found.decidedBy !== null && found.decidedBy === act.actor.account,
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
