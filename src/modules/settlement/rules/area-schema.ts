import { z } from 'zod'
import { isDay, type Day } from '../../../kernel/day.ts'
import { GRADES } from '../../../shapes/rulebook.ts'
import { WHOLE } from '../../../kernel/share.ts'

/** Insured types: 城乡居民 and 职工. */
export const INSURED = ['residents', 'workers'] as const
export type Insured = (typeof INSURED)[number]

/**
 * Levels of a place as pooling areas tell them apart: 基层, 一级, 二级, 三级, 省部属; 市外 and 省外 where an area has rows of its own,
 * and the price classes 一类…三类 of older policies.
 */
export const PLACE_LEVELS = ['primary', 'level1', 'level2', 'level3', 'provincial', 'out-of-town', 'out-of-province', 'class1', 'class2', 'class3', 'pharmacy'] as const // prettier-ignore
export type PlaceLevel = (typeof PLACE_LEVELS)[number]

/** How a stay relates to the referral rules. */
export const REFERRAL_STATUSES = ['local', 'in-net', 'referred-up', 'referred-down', 'filed-long-term', 'filed-referral', 'emergency', 'unreferred'] as const // prettier-ignore
export type ReferralStatus = (typeof REFERRAL_STATUSES)[number]

/** Kinds of care: 住院, 普通门诊(门诊统筹), 慢特病, 两病, 单独支付药品. */
export const CARE_KINDS = ['inpatient', 'outpatient', 'chronic', 'two-diseases', 'single-drug'] as const
export type CareKind = (typeof CARE_KINDS)[number]

/** How good the source of a row is: A a government page, B a reprint that quotes it, C a secondary one. */
export const SOURCE_LETTERS = ['A', 'B', 'C'] as const

export const day = z.string().refine(isDay, 'a day is YYYY-MM-DD').transform((text) => text as Day) // prettier-ignore
export const fen = z.int().min(0)
export const basisPoints = z.int().min(0).max(WHOLE)

/** For whom and where a row holds; what is left out does not matter. The most specific row wins. */
const when = z
  .strictObject({
    care: z.enum(CARE_KINDS),
    level: z.array(z.enum(PLACE_LEVELS)).min(1),
    person: z.enum(['working', 'retired', 'adult', 'student']),
    identity: z.array(z.string().regex(/^[a-z][a-z0-9-]*$/)).min(1),
    disease: z.array(z.string().regex(/^[a-z][a-z0-9-]*$/)).min(1),
    status: z.array(z.enum(REFERRAL_STATUSES)).min(1),
    region: z.enum(['in-town', 'in-province', 'out-of-province']),
    category: z.string().regex(/^[a-z][a-z-]*$/),
    ageFrom: z.int().min(0),
    ageUntil: z.int().min(0),
    /** Consecutive years insured, as the bill states them: from so many, and below so many. */
    yearsFrom: z.int().min(0),
    yearsUntil: z.int().min(0),
  })
  .partial()
export type When = z.output<typeof when>

const band = z.strictObject({ overFen: fen, upToFen: fen.nullable(), rateBp: basisPoints })
export type Band = z.output<typeof band>
const bands = z.array(band).min(1)
/** What a limit of a kind of care is of: what the fund pays, the fees in scope, or all fees. */
export const LIMIT_OF = ['fund', 'in-scope', 'all'] as const
/** How long a limit of a kind of care lasts. */
export const LIMIT_PERIODS = ['stay', 'month', 'quarter', 'year'] as const
/**
 * Which fees of a bill a limit of all fees takes where the bill goes beyond it: those in scope before the others; line by line as the bill
 * has them; or every fen of the bill alike. No source says one order for all places, so each book says its own.
 */
export const LIMIT_TAKES = ['in-scope-first', 'in-line-order', 'shared'] as const
/** Where bands begin to be measured: at the first fen in scope, or above the deductible. */
const axis = z.enum(['absolute', 'above-deductible'])
const per = z.enum(['stay', 'year'])

/** What every dated row has: from which day to which, by what document and clause or where it was read, how good and how sure that is. */
export const datedFields = {
  from: day,
  until: day.nullish().transform((until) => until ?? null),
  basis: z.string().min(1),
  source: z.enum(SOURCE_LETTERS),
  grade: z.enum(GRADES),
}
const dated = { ...datedFields, when: when.default({}) }
const kind = <K extends string, F extends z.ZodRawShape>(name: K, fields: F) =>
  z.strictObject({ kind: z.literal(name), ...dated, ...fields })

/** Layers after the basic fund, in the national order; a book may name others and put all of its own in another order. */
export const LAYER_NAMES = ['serious-illness', 'large-amount', 'civil-service', 'supplementary', 'medical-aid', 'tilt-aid', 'commercial', 'charity'] as const // prettier-ignore
export const serviceName = z.string().regex(/^[a-z][a-z-]{0,40}$/, 'a service is named in lower case, as in blood-drawing')
export const layerName = z.string().regex(/^[a-z][a-z-]{0,40}$/, 'a layer is named in lower case, as in mutual-aid')
/** What a layer's rate is taken of: 政策范围内 that is left, the part above the cap, everything that is left, or what is out of scope. */
export const LAYER_BASES = ['left-in-scope', 'above-cap', 'left-of-all', 'out-of-scope'] as const

const row = z.discriminatedUnion('kind', [
  kind('deductible', {
    mode: z.enum(['per-stay', 'per-year', 'per-quarter', 'per-month', 'per-hospital-year', 'top-up-year']).default('per-stay'),
    amountFen: fen,
    /** Where it is a share of the bill's total: then `amountFen` is the least of it and `mostFen` the most. */
    ofTotalBp: basisPoints.optional(),
    mostFen: fen.optional(),
  }),
  kind('ordinal', {
    /** Of the standard deductible, for the first, second … stay of the year; the last holds for all further. */
    sharesBp: z.array(basisPoints).min(1).optional(),
    /** Or an amount less with each further stay. */
    stepFen: fen.optional(),
    floorFen: fen.default(0),
    /** Or the amounts themselves; the last holds for all further. */
    amountsFen: z.array(fen).min(1).optional(),
    /** Which stays of the year are counted. */
    scope: z.enum(['same-level', 'any-level', 'same-hospital']),
  }),
  kind('deductible-year-cap', { amountFen: fen }),
  /** No deductible from the n-th stay on; with `oncePerYear` as soon as the year has paid one. */
  kind('deductible-exempt', { fromStay: z.int().min(1).default(1), oncePerYear: z.boolean().default(false) }),
  kind('rate', { axis: axis.default('above-deductible'), per: per.default('stay'), bands }),
  kind('fund-cap', { amountFen: fen, of: z.enum(['fund', 'in-scope']).default('fund') }),
  kind('layer', {
    layer: layerName,
    base: z.enum(LAYER_BASES).default('left-in-scope'),
    /** What stays with the person before the layer pays; null where the sources name none: then nothing is settled by it. */
    deductibleFen: fen.nullable().default(0),
    per: per.default('year'),
    axis: axis.default('above-deductible'),
    bands,
    capFen: fen.nullish().transform((cap) => cap ?? null),
  }),
  /**
   * What a cap is more for who has been insured without a break: for each year past the first ones, for each year without a claim on the
   * fund, together at most a share of the cap. Of the cap of the basic fund, or of a layer that it names.
   */
  kind('cap-growth', {
    layer: layerName.optional(),
    afterYears: z.int().min(0),
    perYearFen: fen,
    perQuietYearFen: fen.default(0),
    mostBp: basisPoints,
  }),
  /** 账户先付: the personal account is used up on fees in scope before the deductible begins. */
  kind('account-first', {}),
  /**
   * The price of a service for one unit, the same at every place that the row holds for: what is charged above it is borne by whom it
   * says. With `fundFen` a fixed part of it is the fund's, outside the deductible, and the rest the person's (一般诊疗费).
   */
  kind('price', {
    service: serviceName,
    amountFen: fen,
    overBy: z.enum(['person', 'hospital', 'nobody']).default('hospital'),
    fundFen: fen.optional(),
  }),
  kind('floor', { rateBp: basisPoints }),
  kind('referral-points', { pointsBp: basisPoints }),
  kind('referral-first-pay', { rateBp: basisPoints }),
  kind('chain', {
    up: z.enum(['difference', 'waive-lower', 'max', 'normal']),
    down: z.enum(['zero', 'halve-upper', 'max', 'normal']),
    gapDays: z.int().min(0).nullable(),
    needsSlip: z.boolean(),
    countsAsOne: z.boolean(),
    /** Only stays for the same disease go on from one another. */
    needsSameDisease: z.boolean().optional(),
    bonusBp: basisPoints.default(0),
    bonusUpToFen: fen.default(0),
  }),
  /** A limit of a kind of care; of the basic fund, or of a layer that it names. */
  kind('care-limit', {
    amountFen: fen,
    /** How long it lasts: one visit or stay, or a calendar month, quarter or year. */
    per: z.enum(LIMIT_PERIODS),
    of: z.enum(LIMIT_OF),
    /** Of a limit of all fees: which fees of a bill stand within it, where the bill goes beyond. */
    takes: z.enum(LIMIT_TAKES).optional(),
    /** It holds beside the limits of single categories or diseases, for them together; without it those take its place. */
    together: z.boolean().optional(),
    layer: layerName.optional(),
    /** Of a layer: the kinds of care whose payments count together; without it those of the row's own kind. */
    cares: z.array(z.enum(CARE_KINDS)).min(1).optional(),
    /** Fees above the limit join those above the cap: layers whose base is `above-cap` pay of them. Without it they are the person's. */
    joinsAboveCap: z.boolean().optional(),
  }),
])
/** One dated value of a pooling area. */
export type AreaRow = z.output<typeof row>

const NATIONAL: ReadonlySet<string> = new Set(LAYER_NAMES)

/** A layer that a book names: its place in the order, and its words where it is none of the national ones. */
const layerOfBook = z.strictObject({ id: layerName, zh: z.string().min(1).optional(), en: z.string().min(1).optional() })

/** One file: an area and an insured type. `gaps` names what its sources do not say, so that nobody takes silence for zero. */
export const areaFile = z
  .strictObject({
    area: z.string().regex(/^[a-z][a-z-]*$/),
    insured: z.enum(INSURED),
    zh: z.string().min(1),
    en: z.string().min(1),
    checkedOn: day,
    gaps: z.array(z.strictObject({ what: z.string().min(1), zh: z.string().min(1), en: z.string().min(1) })).default([]),
    /** The layers in their order of payment; without it the national ones in theirs. */
    layers: z.array(layerOfBook).min(1).optional(),
    rows: z.array(row).min(1),
  })
  .superRefine(({ layers, rows }, { addIssue }) => {
    const named = layers?.map(({ id }) => id) ?? LAYER_NAMES
    const tell = (path: (string | number)[], message: string): void => addIssue({ code: 'custom', path, message })
    for (const [at, { id, zh, en }] of (layers ?? []).entries()) {
      if (named.indexOf(id as never) !== at) tell(['layers', at, 'id'], `the layer ${id} is named twice`)
      if (!NATIONAL.has(id) && (zh === undefined || en === undefined)) tell(['layers', at], `the layer ${id} is none of the national ones: give it its words, zh and en`) // prettier-ignore
    }
    for (const [at, one] of rows.entries()) {
      if ((one.kind === 'layer' || one.kind === 'care-limit' || one.kind === 'cap-growth') && one.layer !== undefined && !named.includes(one.layer as never))
        tell(['rows', at, 'layer'], `the layer ${one.layer} is not among the layers of the book (${named.join(', ')}): name it under layers, in its place`) // prettier-ignore
      if (one.kind === 'deductible' && one.ofTotalBp !== undefined && one.mode !== 'per-stay') tell(['rows', at, 'ofTotalBp'], 'a deductible that is a share of the bill’s total is one of each stay: mode per-stay') // prettier-ignore
      if (one.kind === 'deductible' && one.mostFen !== undefined && (one.ofTotalBp === undefined || one.mostFen < one.amountFen)) tell(['rows', at, 'mostFen'], 'mostFen goes with ofTotalBp and is not less than amountFen') // prettier-ignore
      if (one.kind === 'care-limit' && one.layer !== undefined && one.joinsAboveCap !== undefined) tell(['rows', at, 'joinsAboveCap'], 'joinsAboveCap goes with a limit of the basic fund, not with that of a layer') // prettier-ignore
      if (one.kind === 'care-limit' && (one.of === 'all') !== (one.takes !== undefined)) tell(['rows', at, 'takes'], 'a limit of all fees says which of them it takes: in-scope-first, in-line-order or shared; no other limit does') // prettier-ignore
      if (one.kind === 'care-limit' && one.layer !== undefined && (one.of !== 'fund' || !['stay', 'year'].includes(one.per))) tell(['rows', at, 'of'], 'a limit of a layer is of what it pays, in a stay or a year: of fund, per stay or year') // prettier-ignore
      if (one.kind === 'care-limit' && one.together !== undefined && one.layer !== undefined) tell(['rows', at, 'together'], 'together goes with a limit of the basic fund, not with that of a layer') // prettier-ignore
      if (one.kind === 'care-limit' && one.cares !== undefined && (one.layer === undefined || one.per !== 'year')) tell(['rows', at, 'cares'], 'cares goes with a limit of a layer in a year') // prettier-ignore
      if (one.kind === 'price' && (one.fundFen ?? 0) > one.amountFen) tell(['rows', at, 'fundFen'], 'the fund’s part of a price is more than the price') // prettier-ignore
      if (one.kind === 'layer' && one.when.category !== undefined && one.base !== 'out-of-scope')
        tell(['rows', at, 'when', 'category'], 'a layer of one category pays of what is out of scope: write base out-of-scope')
    }
  })
export type AreaBook = z.output<typeof areaFile>
