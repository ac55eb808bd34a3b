import { z } from 'zod'
import type { Day } from '../../../kernel/day.ts'
import { RuleConflict } from '../../../shapes/rulebook.ts'
import type { AreaClaim, ClaimLine, UsedClause } from './area-claim.ts'
import { basisPoints, CARE_KINDS, datedFields, day, fen, PLACE_LEVELS } from './area-schema.ts'
import { groundName, LIST_CLASSES } from './area-claim.ts'
import { ClaimRefusal } from './claim-refusal.ts'
import { isInForce } from './row-in-force.ts'

/** 限定支付: all that is written must hold; for any other use the line is own pay. */
const onlyWhen = z
  .strictObject({
    disease: z.array(z.string().min(1)).min(1),
    care: z.array(z.enum(CARE_KINDS)).min(1),
    level: z.array(z.enum(PLACE_LEVELS)).min(1),
    identity: z.array(z.string().min(1)).min(1),
    ageFrom: z.int().min(0),
    /** The first age at which it holds no more: children below 14 are `ageUntil: 14`. */
    ageUntil: z.int().min(1),
    /** Grounds that the line itself must state, all of them. */
    grounds: z.array(groundName).min(1),
  })
  .partial()
  .refine((when) => Object.keys(when).length > 0, 'say what it is restricted to')

const row = z.strictObject({
  /** The national code of a drug, an item or a material. */
  code: z.string().regex(/^[A-Za-z0-9.-]{1,40}$/, 'a national code'),
  zh: z.string().min(1).optional(),
  list: z.enum(LIST_CLASSES),
  selfShareBp: basisPoints.optional(),
  priceLimitFen: fen.optional(),
  /** 限定支付: only for one of these diseases; for any other it is own pay. */
  onlyFor: z.array(z.string().min(1)).min(1).optional(),
  onlyWhen: onlyWhen.optional(),
  ...datedFields,
})

/** One file: what a place of care has on its lists, dated, each row with its basis. What its sources do not say stands under `gaps`. */
export const careListFile = z
  .strictObject({
    careArea: z.string().regex(/^[a-z][a-z-]{0,40}$/),
    zh: z.string().min(1),
    en: z.string().min(1),
    checkedOn: day,
    gaps: z.array(z.strictObject({ what: z.string().min(1), zh: z.string().min(1), en: z.string().min(1) })).default([]),
    rows: z.array(row).min(1),
  })
  .superRefine(({ rows }, { addIssue }) => {
    const tell = (path: (string | number)[], message: string): void =>
      addIssue({ code: 'custom', path: ['rows', ...path], message })
    for (const [at, { list, selfShareBp, onlyFor, onlyWhen: when }] of rows.entries()) {
      if (list !== 'B' && selfShareBp !== undefined) tell([at, 'selfShareBp'], 'only class B has a first share')
      if (onlyFor !== undefined && when?.disease !== undefined) tell([at, 'onlyFor'], 'diseases stand in onlyFor or in onlyWhen, not in both') // prettier-ignore
      if ((when?.ageFrom ?? 0) >= (when?.ageUntil ?? Infinity)) tell([at, 'onlyWhen'], 'ageUntil is above ageFrom')
    }
  })
export type CareList = z.output<typeof careListFile>
type ListRow = CareList['rows'][number]
type Listable = Pick<AreaClaim, 'careArea' | 'day' | 'lines' | 'diseases' | 'care' | 'level' | 'identities' | 'age'>

const refuse = (code: string, zh: string, en: string): ClaimRefusal => new ClaimRefusal(code, { zh, en })

/** Whether a line says itself how it is paid: its class, that it is out of scope, or its parts. */
const saysItself = ({ list, outOfScope, ownPayFen, overLimitFen, preSelfFen }: ClaimLine): boolean =>
  [list, outOfScope, ownPayFen, overLimitFen, preSelfFen].some((one) => one !== undefined)

/** What a line states is not what the list says: neither is taken. */
const contradicts = (number: number, what: string, stated: number | string, known: number | string): ClaimRefusal =>
  refuse(
    'settlement.care-list-contradicted',
    `第 ${number} 行写的 ${what} 是 ${stated},就医地目录是 ${known},互相矛盾,未结算。请去掉该项(以就医地目录为准),或核对编码与日期。`,
    `Line ${number} states ${what} as ${stated}, the list of the place of care says ${known}: they contradict each other and nothing was settled. Leave it out, so that the list holds, or check code and day.`,
  )

const checkStated = (line: ClaimLine, number: number, { list, selfShareBp = 0, priceLimitFen }: ListRow): void => {
  if (line.list !== undefined && line.list !== list) throw contradicts(number, 'list', line.list, list)
  if (line.selfShareBp > 0 && line.selfShareBp !== selfShareBp)
    throw contradicts(number, 'selfShareBp', line.selfShareBp, selfShareBp)
  if (line.priceLimitFen !== undefined && line.priceLimitFen !== priceLimitFen)
    throw contradicts(number, 'priceLimitFen', line.priceLimitFen, priceLimitFen ?? '—')
}

const noAge = (number: number): ClaimRefusal =>
  refuse(
    'settlement.care-list-asks-age',
    `第 ${number} 行按就医地目录限年龄支付,账单没有写年龄 age,未结算。请写明年龄。`,
    `The list of the place of care restricts line ${number} by age, and the bill states none: nothing was settled. State the age.`,
  )

/** What of 限定支付 a line does not meet, by the names of the row's own conditions. @throws ClaimRefusal when the age is asked and not stated. */
const lacking = (line: ClaimLine, number: number, { onlyFor, onlyWhen: when = {} }: ListRow, bill: Listable): string[] => {
  const isOne = (asked: readonly string[] | undefined, of: readonly string[]): boolean => asked === undefined || asked.some((one) => of.includes(one))
  const isByAge = when.ageFrom !== undefined || when.ageUntil !== undefined
  if (isByAge && bill.age === undefined) throw noAge(number)
  const { age = 0 } = bill
  const met: Readonly<Record<string, boolean>> = {
    disease: isOne(onlyFor ?? when.disease, bill.diseases),
    care: isOne(when.care, [bill.care]),
    level: isOne(when.level, [bill.level]),
    identity: isOne(when.identity, bill.identities),
    age: !isByAge || (age >= (when.ageFrom ?? 0) && age < (when.ageUntil ?? Infinity)),
    ...Object.fromEntries((when.grounds ?? []).map((one) => [one, (line.grounds ?? []).includes(one)])),
  }
  return Object.keys(met).filter((name) => met[name] === false)
} // prettier-ignore

/** A line as the list of the place of care has it; outside 限定支付 it is own pay. */
const listed = (line: ClaimLine, { list, selfShareBp = 0, priceLimitFen }: ListRow, isRestricted: boolean): ClaimLine => ({
  ...line,
  list,
  selfShareBp,
  ...(priceLimitFen === undefined ? {} : { priceLimitFen }),
  ...(isRestricted ? { outOfScope: true, selfShareBp: 0 } : {}),
}) // prettier-ignore

/** Rows of a list on a day, by code. @throws RuleConflict when two of one code are in force. */
const rowsOn = ({ careArea, rows }: CareList, on: Day, codes: ReadonlySet<string>): ReadonlyMap<string, ListRow> => {
  const found = new Map<string, ListRow>()
  for (const one of rows) {
    if (!codes.has(one.code) || !isInForce(one, on)) continue
    if (found.has(one.code)) throw new RuleConflict(`care-list.${careArea}.${one.code}`, on, one.code)
    found.set(one.code, one)
  }
  return found
}

const noList = (area: string, number: number, on: Day): ClaimRefusal =>
  refuse(
    'settlement.no-care-list',
    `规则库没有就医地 ${area} 的目录,第 ${number} 行自己也没有写类别,未结算(${on})。请写明该行的 list 或已拆分的金额,或先录入 care-lists/${area}.yaml。`,
    `The rulebook has no list of the place of care ${area}, and line ${number} states no class of its own: nothing was settled (${on}). State its list or its parts, or enter care-lists/${area}.yaml.`,
  )

const unknownCode = (area: string, number: number, code: string | undefined, on: Day): ClaimRefusal =>
  refuse(
    'settlement.not-on-care-list',
    `第 ${number} 行${code === undefined ? '没有编码' : `的编码 ${code} 在 ${on} 不在就医地 ${area} 的目录中`},也没有写类别,未结算。请核对编码与日期,或写明该行的 list。`,
    `Line ${number} ${code === undefined ? 'has no code' : `has a code ${code} that is not on the list of ${area} on ${on}`} and states no class: nothing was settled. Check code and day, or state its list.`,
  )

/**
 * 就医地目录、参保地政策: a bill that names its place of care with its lines as that place's list of the day has them; deductible, rates and
 * caps stay those of the area insured in. Lines that state their class and are on no list stay as stated. A bill without a place of care
 * is left alone. @throws ClaimRefusal, RuleConflict. @source A11, 国家异地就医直接结算经办规程 (quoted by P11, P32)
 */
export const byCareList = <C extends Listable>(claim: C, list: CareList | null): C & Pick<AreaClaim, 'careClauses'> => {
  const { careArea, day: on } = claim
  if (careArea === undefined) return claim
  const codes = new Set(claim.lines.flatMap(({ code }) => code ?? []))
  const rows = list === null ? null : rowsOn(list, on, codes)
  const clauses = new Map<string, UsedClause & { readonly without: readonly string[] }>()
  const lines = claim.lines.map((line, index): ClaimLine => {
    const found = line.code === undefined ? undefined : rows?.get(line.code)
    if (found === undefined) {
      if (saysItself(line)) return line
      throw rows === null ? noList(careArea, index + 1, on) : unknownCode(careArea, index + 1, line.code, on)
    }
    checkStated(line, index + 1, found)
    const { basis, source } = found
    const lacks = lacking(line, index + 1, found, claim)
    const { lines: count, amountFen, restricted = 0, without } = clauses.get(basis) ?? { lines: 0, amountFen: 0, without: [] }
    const outside = restricted + (lacks.length > 0 ? 1 : 0)
    clauses.set(basis, { basis, source, lines: count + 1, amountFen: amountFen + line.amountFen, restricted: outside, without: [...without, ...lacks] }) // prettier-ignore
    return listed(line, found, lacks.length > 0)
  })
  const careClauses = [...clauses.values()].map(({ without, restricted = 0, ...clause }): UsedClause => ({ ...clause, ...(restricted === 0 ? {} : { restricted, lacks: [...new Set(without)].join(', ') }) })) // prettier-ignore
  return { ...claim, lines, ...(careClauses.length === 0 ? {} : { careClauses }) }
}
