import { areaClaim, type AreaClaim } from './area-claim.ts'
import type { Part } from './claim-lines.ts'
import type { SettledClaim } from './settle-claim.ts'

// A bill of a hundred lines is kept for years: its text leaves out what every line would say again.

type PackedPart = readonly [amount: number, ownPay: number, overLimit: number, hospital: number, preSelf: number, inScope: number, category?: string] // prettier-ignore

const packPart = (part: Part): PackedPart => {
  const amounts = [part.amountFen, part.ownPayFen, part.overLimitFen, part.hospitalFen, part.preSelfFen, part.inScopeFen] as const
  return part.category === undefined ? amounts : [...amounts, part.category]
}

const unpackPart = ([amountFen, ownPayFen, overLimitFen, hospitalFen, preSelfFen, inScopeFen, category]: PackedPart): Part => ({
  category,
  amountFen,
  ownPayFen,
  overLimitFen,
  hospitalFen,
  preSelfFen,
  inScopeFen,
})

/** The engine's answer as it is kept. */
export const packSettled = (settled: SettledClaim): string => JSON.stringify({ ...settled, lines: settled.lines.map(packPart) })

/** The engine's answer as it was. */
export const unpackSettled = (
  kept: Omit<SettledClaim, 'lines' | 'limitsUsed'> &
    Partial<Pick<SettledClaim, 'limitsUsed'>> & { readonly lines: readonly PackedPart[] },
): SettledClaim => ({
  ...kept,
  limitsUsed: kept.limitsUsed ?? {},
  lines: kept.lines.map(unpackPart),
})

const lineOf = areaClaim.shape.lines.element
const DEFAULTS: Readonly<Record<string, unknown>> = { ...lineOf.parse({ amountFen: 0 }), amountFen: undefined }

const sparse = (line: Readonly<Record<string, unknown>>): object => {
  const told: Record<string, unknown> = {}
  for (const name in line) if (line[name] !== undefined && line[name] !== DEFAULTS[name]) told[name] = line[name]
  return told
}

/** A claim as it is kept: lines without what they leave at its default. */
export const packClaim = (claim: Pick<AreaClaim, 'lines'>): string => JSON.stringify({ ...claim, lines: claim.lines.map(sparse) })

/** A kept claim with every default in its place; national codes and names of lines stay where they stand. */
export const unpackClaim = <Claim extends Pick<AreaClaim, 'lines'>>(kept: Claim): Claim => ({
  ...kept,
  lines: kept.lines.map((line) => {
    const { code, zh, ...own } = line as typeof line & { code?: string; zh?: string }
    return { ...lineOf.parse(own), ...(code === undefined ? {} : { code }), ...(zh === undefined ? {} : { zh }) }
  }),
})
