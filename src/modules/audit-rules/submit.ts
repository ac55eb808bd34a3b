import type { Day } from '../../kernel/day.ts'
import type { OrgId } from '../../kernel/id.ts'
import { ok, refuse } from '../../kernel/result.ts'
import { command, Refused } from '../../platform/forms/form.ts'
import { billingPlacesOf } from '../organisations/index.ts'
import { auditBatch, knowledgeOf } from './audit-batch.ts'
import type { KeptHit } from './audit-rules.ts'
import { loadItemsInput, submitInput, type SubmittedPerson } from './contract.ts'
import { auditOn } from './of-the-day.ts'
import { codesFrom, itemsOn, listBatches, saveBatch, saveHits, saveItems, type CatalogueItem } from './store.ts'

const BASIS = '医疗保障基金使用监督管理条例:智能审核'

/** The first id that stands twice among a person's stays or among their lines; null when none does. */
const twice = ({ stays }: SubmittedPerson): string | null => {
  for (const ids of [stays.map(({ id }) => id), stays.flatMap(({ lines }) => lines.map(({ id }) => id))]) {
    const seen = new Set<string>()
    for (const id of ids) if (seen.size === seen.add(id).size) return id
  }
  return null
}

const auditedAs = (hits: readonly KeptHit[], lines: number, persons: number) => ({
  persons,
  lines,
  hits: hits.length,
  amountFen: hits.reduce((sum, { amountFen }) => sum + amountFen, 0),
  rules: Object.fromEntries(
    [...new Set(hits.map(({ rule }) => rule))].map((rule) => [rule, hits.filter((hit) => hit.rule === rule).length]),
  ),
})

export const submit = command({
  name: 'audit-rules.submit',
  by: ['insurer@anyone'],
  basis: BASIS,
  does: {
    zh: '提交一批账单智能审核:逐条规则核对,疑点进入工作列表;同一批次只审核一次。',
    en: 'Audits a batch of bills by every rule of the day; the hits go into the work list. A batch is audited once.',
  },
  input: submitInput,
  read: async (tx, { persons, day, stage, batch }, act) => {
    const on = (day ?? act.today) as Day
    const codes = [...new Set(persons.flatMap(({ stays }) => stays.flatMap(({ lines }) => lines.map(({ item }) => item))))]
    const orgs = [...new Set(persons.flatMap(({ stays }) => stays.map(({ institution }) => institution)))] as OrgId[]
    return {
      on,
      items: await itemsOn(tx, codes, on),
      known: new Set((await billingPlacesOf(tx, orgs)).map(({ id }) => id as string)),
      orgs,
      audit: await auditOn(on, stage),
      isAudited: (await listBatches(tx, batch)).length > 0,
    }
  },
  decide: ({ on, items, known, orgs, audit, isAudited }, { batch, stage, persons }, act) => {
    if (isAudited) return refuse('audit-rules.batch-audited', { batch })
    const foreign = orgs.find((id) => !known.has(id))
    if (foreign !== undefined) return refuse('audit-rules.institution-unknown', { institution: foreign })
    const doubled = persons.map(twice).find((id) => id !== null)
    if (doubled) return refuse('audit-rules.lines-twice', { id: doubled })
    const hits = auditBatch(persons, knowledgeOf(items), audit, { batch, day: on, ...act })
    const lines = persons.reduce((sum, { stays }) => sum + stays.reduce((inner, stay) => inner + stay.lines.length, 0), 0)
    const answer = auditedAs(hits, lines, persons.length)
    return ok({ change: { hits, batch: { name: batch, stage, day: on, persons: persons.length, lines, hits: hits.length, rulebookHash: act.rulebookHash, auditedAt: act.now }, by: act.actor.account }, answer }) // prettier-ignore
  },
  write: async (tx, { hits, batch, by }) => {
    if (!(await saveBatch(tx, batch, by))) throw new Refused('audit-rules.batch-audited', { batch: batch.name })
    await saveHits(tx, hits)
  },
})

export const loadItems = command({
  name: 'audit-rules.load-items',
  by: ['insurer@anyone'],
  basis: BASIS,
  does: {
    zh: '装入项目目录的审核知识:价格、限定、互斥等,自某日起有效,旧版保留。',
    en: 'Loads what the catalogue says of items from a day on: prices, limits, what excludes what. Earlier versions stay.',
  },
  input: loadItemsInput,
  read: async (tx, { items, from }) => ({
    known: await codesFrom(
      tx,
      items.map(({ code }) => code),
      from as Day,
    ),
  }),
  decide: ({ known }, { items, from, basis }, act) => {
    const codes = items.map(({ code }) => code)
    const clash = known[0] ?? codes.find((code, at) => codes.indexOf(code) < at)
    if (clash !== undefined) return refuse('audit-rules.item-known', { code: clash })
    const rows = items.map(({ en, ...item }) => ({
      ...item,
      en: en ?? null,
      knowledge: item.knowledge as unknown as CatalogueItem['knowledge'],
    }))
    return ok({
      change: { rows, of: { from: from as Day, basis, by: act.actor.account, at: act.now } },
      answer: { loaded: rows.length },
    })
  },
  write: (tx, { rows, of }) => saveItems(tx, rows, of),
})
