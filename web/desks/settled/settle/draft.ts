import type { Commands, Queries } from '../../../api/api-types.ts'
import { hundredthsOf } from '../../typed-hundredths.ts'

export type ClaimTerms = Queries['settlement.claim-terms']['answer']
export type Asked = Commands['settlement.preview']['input']
export type Claim = Asked['claim']
export type ClaimLine = Claim['lines'][number]

/** A bill as far as it has been entered. What was typed as an amount stays as typed until it is read. */
export type Draft = {
  readonly area: string
  readonly care: string
  readonly day: string
  readonly level: string
  readonly status: string
  readonly personKind: string
  /** The place of care whose lists class the lines; empty where the lines say themselves. */
  readonly careArea: string
  readonly identities: readonly string[]
  readonly diseases: readonly string[]
  /** Consecutive years insured, and of those before it the ones without a claim on the fund; empty where nobody knows. */
  readonly yearsInsured: string
  readonly yearsWithoutClaim: string
  /** The balance of the personal account, in yuan. */
  readonly account: string
  readonly goesOnFrom: readonly string[]
  readonly move: string
  readonly gapDays: string
  readonly slip: boolean
  readonly lines: readonly ClaimLine[]
}

export const EMPTY_DRAFT: Draft = {
  area: '',
  care: 'inpatient',
  day: '',
  level: '',
  status: '',
  personKind: '',
  careArea: '',
  identities: [],
  diseases: [],
  yearsInsured: '',
  yearsWithoutClaim: '',
  account: '',
  goesOnFrom: [],
  move: 'up',
  gapDays: '0',
  slip: true,
  lines: [],
}

/** What still lacks before a bill can be priced: a name of `SettleWords.lacks`. */
export type Lack = 'area' | 'level' | 'personKind' | 'day' | 'lines' | 'account' | 'years' | 'gapDays'

const DAY = /^\d{4}-\d\d-\d\d$/
const DAYS = /^\d{1,3}$/
const YEARS = /^\d{0,2}$/
/** Digits of yuan before the point: more than any account or line holds. */
const YUAN_DIGITS = 8
const fenOf = (text: string): number | null => (text.trim() === '' ? 0 : hundredthsOf(text, YUAN_DIGITS))

/** The draft with what the house proposes where nothing was chosen. */
export const proposed = (draft: Draft, terms: ClaimTerms): Draft => {
  const { tells, region } = terms
  const only = tells?.levels.length === 1 ? (tells.levels[0] ?? '') : ''
  return {
    ...draft,
    area: draft.area || (terms.area ?? ''),
    care: tells === null || (tells.cares as readonly string[]).includes(draft.care) ? draft.care : (tells.cares[0] ?? draft.care),
    day: draft.day || terms.today,
    level: draft.level || only,
    status: draft.status || (region === null || region === 'in-town' ? 'local' : 'unreferred'),
  }
}

const lacksOf = (draft: Draft, { tells }: ClaimTerms): Lack[] => {
  const found: [Lack, boolean][] = [
    ['area', draft.area === ''],
    ['level', draft.level === ''],
    ['personKind', (tells?.persons.length ?? 0) > 0 && draft.personKind === ''],
    ['day', !DAY.test(draft.day)],
    ['lines', draft.lines.length === 0],
    ['account', fenOf(draft.account) === null],
    ['years', ![draft.yearsInsured, draft.yearsWithoutClaim].every((years) => YEARS.test(years.trim()))],
    ['gapDays', draft.goesOnFrom.length > 0 && !DAYS.test(draft.gapDays.trim())],
  ]
  return found.flatMap(([name, isLacking]) => (isLacking ? [name] : []))
}

/** Years as the area's rules ask for them; what nobody knows is not stated. */
const yearsOf = ({ yearsInsured, yearsWithoutClaim }: Draft, { tells }: ClaimTerms): Record<string, number> => ({
  ...(tells?.years.insured === true && yearsInsured.trim() !== '' ? { yearsInsured: Number(yearsInsured) } : {}),
  ...(tells?.years.withoutClaim === true && yearsWithoutClaim.trim() !== ''
    ? { yearsWithoutClaim: Number(yearsWithoutClaim) }
    : {}),
})

/** The bill as the house is asked to price and to settle it, or what lacks of it. */
export const askedOf = (person: string, draft: Draft, terms: ClaimTerms): { asked: Asked } | { lacks: readonly Lack[] } => {
  const lacks = lacksOf(draft, terms)
  if (lacks.length > 0) return { lacks }
  const isChain = draft.goesOnFrom.length > 0
  const claim = {
    day: draft.day,
    care: draft.care,
    level: draft.level,
    status: draft.status,
    ...(terms.region === null ? {} : { region: terms.region }),
    identities: [...draft.identities],
    diseases: [...draft.diseases],
    ...yearsOf(draft, terms),
    ...(draft.careArea === '' ? {} : { careArea: draft.careArea }),
    ...(draft.personKind === '' ? {} : { person: draft.personKind }),
    ...(isChain ? { episode: { move: draft.move, slip: draft.slip, gapDays: Number(draft.gapDays) } } : {}),
    accountFen: fenOf(draft.account) ?? 0,
    lines: [...draft.lines],
  } as unknown as Claim
  return { asked: { person, area: draft.area, claim, goesOnFrom: [...draft.goesOnFrom] } }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The lines of a bill in a file of the form of docs/settlement.md: a bill with `lines`, or the lines alone. Null when it is neither. */
export const linesOfFile = (text: string): ClaimLine[] | null => {
  try {
    const read: unknown = JSON.parse(text.replace(/^\uFEFF/, ''))
    const lines = isObject(read) ? read['lines'] : read
    const isBill =
      Array.isArray(lines) && lines.length > 0 && lines.every((one) => isObject(one) && Number.isInteger(one['amountFen']))
    return isBill ? (lines as ClaimLine[]) : null
  } catch {
    return null
  }
}

/** A line as it is typed. */
export type TypedLine = {
  readonly name: string
  readonly code: string
  readonly list: string
  readonly price: string
  readonly count: string
  /** 先行自付 of class B, in percent. */
  readonly selfShare: string
}
export const EMPTY_LINE: TypedLine = { name: '', code: '', list: 'A', price: '', count: '1', selfShare: '' }

const COUNT = /^\d{1,4}$/
const PERCENT_DIGITS = 3
/** A hundred percent, in basis points. */
const WHOLE = 10_000
const CODE = /^[A-Za-z0-9.-]{0,40}$/

/** The line that was typed; null when something of it is missing or wrong. */
export const lineOfTyped = (typed: TypedLine): ClaimLine | null => {
  const priceFen = hundredthsOf(typed.price, YUAN_DIGITS)
  const pieces = typed.count.normalize('NFKC').trim()
  const count = COUNT.test(pieces) ? Number(pieces) : 0
  const selfShareBp = typed.list === 'B' && typed.selfShare.trim() !== '' ? hundredthsOf(typed.selfShare, PERCENT_DIGITS) : 0
  const [name, code] = [typed.name.trim(), typed.code.trim()]
  if (name === '' || priceFen === null || priceFen === 0 || count === 0 || selfShareBp === null || selfShareBp > WHOLE || !CODE.test(code)) return null
  return {
    zh: name,
    ...(code === '' ? {} : { code }),
    list: typed.list as 'A' | 'B' | 'C',
    amountFen: priceFen * count,
    priceFen,
    count,
    ...(selfShareBp === 0 ? {} : { selfShareBp }),
  } as ClaimLine
} // prettier-ignore
