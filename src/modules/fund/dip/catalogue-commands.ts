import { ok, refuse } from '../../../kernel/result.ts'
import { command, Refused, type TraceEvent } from '../../../platform/forms/form.ts'
import { REGION } from '../../../platform/register-owner.ts'
import { buildFromStore, draftOf } from './build-from-store.ts'
import * as catalogues from './catalogue-store.ts'
import { DIP_BASIS } from './discharge-commands.ts'
import { buildCatalogueInput, decideCatalogueInput, priceGroupInput } from './inputs.ts'
import * as store from './store.ts'
import { dipTermsOf } from './terms.ts'

const eventOf = (id: string, type: string, data: NonNullable<TraceEvent['data']>): TraceEvent => ({
  type,
  case: { kind: 'fund-dip', org: REGION, id },
  person: null,
  seenBy: [],
  data,
})

export const buildCatalogueForm = command({
  name: 'fund.build-dip-catalogue',
  by: ['insurer@anyone'],
  basis: DIP_BASIS,
  does: {
    zh: '用此前三年的出院病例测算一年的病种分值目录(草案):分组、裁剪、分值、机构系数和预算点值,冻结全部参数。',
    en: 'Builds the draft of a year’s catalogue out of the discharges of the three years before: groups, scores, coefficients and point value, all terms frozen.',
  },
  input: buildCatalogueInput,
  read: async (tx, { year }, act) => {
    await store.lockYear(tx, year)
    if (await catalogues.publishedFor(tx, year)) return { built: null, isPublished: true, terms: null }
    const terms = dipTermsOf(act)
    return { built: await buildFromStore(tx, terms, year), isPublished: false, terms }
  },
  decide: ({ built, isPublished, terms }, { year }, act) => {
    if (isPublished) return refuse('fund.dip-catalogue-published')
    if (!built || !terms) return refuse('fund.no-discharges')
    const by = { account: act.actor.account, at: act.now, rulebookHash: act.rulebookHash }
    const { made, rows } = draftOf(act.newId(), { built, terms, year, by })
    return ok({
      change: { made, rows },
      answer: { catalogue: made.id, cases: made.cases, groups: made.groups, core: made.core, hash: made.hash },
      events: [eventOf(made.id, 'fund.dip-catalogue-built', { year, hash: made.hash })],
    })
  },
  write: (tx, { made, rows }) => catalogues.saveCatalogue(tx, made, rows),
})

export const priceGroupForm = command({
  name: 'fund.price-dip-group',
  by: ['insurer@anyone'],
  basis: '十部门县域医共体意见(2023-12-30):基层病种、中医优势病种同病同付',
  does: {
    zh: '在目录草案中把一个病种组定为基层病种或中医优势病种(各级同价),写明依据;或恢复按机构系数。',
    en: 'Sets a group of a draft to be a basic-level or TCM-advantage disease with one price everywhere, and why; or back to the hospital’s coefficient.',
  },
  input: priceGroupInput,
  read: async (tx, { catalogue, key }) => {
    const one = await catalogues.findCatalogue(tx, catalogue)
    return one && { one, group: await catalogues.findGroup(tx, catalogue, key) }
  },
  decide: ({ one, group }, { key, pricing, why }) => {
    if (one.state !== 'draft') return refuse('fund.dip-catalogue-decided')
    if (!group) return refuse('fund.no-dip-group')
    return ok({
      change: { catalogue: one.id, key, pricing, because: pricing === 'level' ? null : why },
      answer: { catalogue: one.id, key, pricing },
      events: [{ ...eventOf(one.id, 'fund.dip-group-priced', { key, pricing }), reason: why }],
    })
  },
  write: async (tx, { catalogue, key, pricing, because }) => {
    const one = await catalogues.findCatalogue(tx, catalogue)
    if (one) await store.lockYear(tx, one.year)
    if ((await catalogues.priceGroup(tx, catalogue, key, pricing, because)) === 0) throw new Refused('fund.dip-catalogue-decided')
  },
})

export const decideCatalogueForm = command({
  name: 'fund.decide-dip-catalogue',
  by: ['insurer@anyone'],
  basis: DIP_BASIS,
  does: {
    zh: '由另一位经办人员公布目录草案(此后不可修改)或作废,写明理由。',
    en: 'Another person of the insurer publishes a draft, after which it stays, or drops it; with a reason.',
  },
  input: decideCatalogueInput,
  read: async (tx, { catalogue }) => {
    const one = await catalogues.findCatalogue(tx, catalogue)
    if (!one) return null
    await store.lockYear(tx, one.year)
    return { one, published: await catalogues.publishedFor(tx, one.year) }
  },
  decide: ({ one, published }, { decision, why }, act) => {
    if (one.state !== 'draft') return refuse('fund.dip-catalogue-decided')
    if (decision === 'publish' && published) return refuse('fund.dip-catalogue-published')
    if (decision === 'publish' && one.builtBy === act.actor.account) return refuse('fund.second-person-decides')
    const state = decision === 'publish' ? 'published' : 'dropped'
    return ok({
      change: { id: one.id, state, by: act.actor.account, at: act.now, because: why },
      answer: { catalogue: one.id, state },
      events: [{ ...eventOf(one.id, `fund.dip-catalogue-${state}`, { year: one.year }), reason: why }],
    })
  },
  write: async (tx, decided) => {
    if (!(await catalogues.decideCatalogue(tx, decided))) throw new Refused('fund.dip-catalogue-decided')
  },
})
