import type { Day } from '../../../kernel/day.ts'
import type { OrgId, PersonId } from '../../../kernel/id.ts'
import type { Cipher } from '../../../platform/cipher.ts'
import type { Queryable } from '../../../platform/database/pool.ts'
import { syllablesOf } from '../../../platform/pinyin.ts'
import { kindOfNumber, LASTING_KINDS, type GivenNumber } from '../numbers.ts'
import { daysNear } from '../rules/day-likeness.ts'
import { plainNumber } from '../rules/may-register.ts'
import { latinWords, type ComparedName } from '../rules/name-likeness.ts'
import {
  scoreMatch,
  withoutAmbiguity,
  type MatchFactor,
  type MatchGrade,
  type MatchRules,
  type MatchScore,
  type MatchSide,
} from '../rules/score-match.ts'
import { candidatesBy, type CandidateRow } from './match-store.ts'
import { simplified } from './same-characters.ts'

/** Somebody who may be in the index already, as a form, a message or a paper says. Whatever is not known is left out. */
export type MatchCandidate = {
  readonly name?: { readonly zh?: string | null; readonly en?: string | null } | null
  readonly sex?: MatchSide['sex'] | null
  readonly bornOn?: Day | null
  readonly numbers?: readonly GivenNumber[]
  readonly phone?: string | null
  /** Twelve digits of the division. */
  readonly village?: string | null
  readonly address?: string | null
  readonly mother?: PersonId | null
  readonly birthOrder?: number | null
}

/** A person of the index who may be the one asked for, links followed, with what every factor said. */
export type Match = {
  readonly person: PersonId
  /** From 0 to 1. */
  readonly score: number
  readonly grade: MatchGrade
  readonly factors: readonly MatchFactor[]
  readonly careOrg: OrgId | null
  readonly clinicOrg: OrgId | null
}

/** What a match needs besides the database: policy values of today, the cipher; how many a key may find; whom to leave out. */
export type MatchBy = {
  readonly policy: (id: string, by?: string) => number
  readonly cipher: Cipher
  readonly except?: readonly PersonId[]
}

// A village full of one name has some hundreds of it; more than this a key does not tell apart.
const FOUND_BY_A_KEY_MOST = 300

/**
 * Who in the whole index may be this candidate, best first: found by a few keys, each compared factor by factor. `certain` may be
 * taken as the same person; `probable` wants somebody to look; `possible` may be shown. Two are never certain by name and birth date
 * alone, and where several would be certain by score, none is.
 */
export const matchPersons = async (db: Queryable, candidate: MatchCandidate, by: MatchBy): Promise<Match[]> => {
  const asked = sideOfCandidate(candidate)
  const indexes = asked.numbers.map(({ kind, number }) => by.cipher.blindIndex(`identifier ${kind}`, number))
  const rows = await candidatesBy(db, { ...keysOf(asked, by), numbers: indexes, most: FOUND_BY_A_KEY_MOST })
  const rules = rulesOf(by.policy)
  const known = new Map(indexes.map((index, at) => [index.toString('hex'), (asked.numbers[at] as { number: string }).number]))
  const best = new Map<PersonId, MatchScore & { row: CandidateRow }>()
  for (const row of rows) {
    if (by.except?.includes(row.root)) continue
    const scored = { ...scoreMatch(asked, sideOfRow(row, asked, known, by.cipher), rules), row }
    if (scored.grade && scored.score >= (best.get(row.root)?.score ?? 0)) best.set(row.root, scored)
  }
  return withoutAmbiguity([...best.values()])
    .flatMap(({ row, score, grade, factors }) =>
      grade ? [{ person: row.root, score, grade, factors, careOrg: row.careOrg, clinicOrg: row.clinicOrg }] : [],
    )
    .toSorted((a, b) => b.score - a.score || (a.person < b.person ? -1 : 1))
}

/** Weights and thresholds of today. */
export const rulesOf = (policy: MatchBy['policy']): MatchRules => ({
  weight: (key) => policy('residents.match-weight', key),
  thresholds: {
    certain: policy('residents.match-threshold', 'certain'),
    review: policy('residents.match-threshold', 'review'),
    possible: policy('residents.match-threshold', 'possible'),
  },
  simplify: simplified,
})

/** A candidate as one side of a comparison. */
export const sideOfCandidate = (candidate: MatchCandidate): MatchSide => {
  const zh = candidate.name?.zh?.trim() || candidate.name?.en?.trim() || null
  return {
    name: zh === null ? null : comparedName(zh, candidate.name?.en ?? null),
    sex: candidate.sex ?? 'unknown',
    bornOn: candidate.bornOn ?? null,
    numbers: (candidate.numbers ?? []).map((given) => compared(kindOfNumber(given), plainNumber(given.number))),
    formerNumbers: [],
    phone: candidate.phone ?? null,
    village: candidate.village ?? null,
    address: candidate.address ?? null,
    mother: candidate.mother ?? null,
    birthOrder: candidate.birthOrder ?? null,
  }
}

const compared = (kind: string, number: string) => ({ kind, number, isPaper: LASTING_KINDS.has(kind) })
const comparedName = (zh: string, en: string | null): ComparedName => ({ zh, en, syllables: syllablesOf(zh, true) })

/** A person found, as the other side. Only what the comparison can use is opened. */
const sideOfRow = (row: CandidateRow, asked: MatchSide, known: ReadonlyMap<string, string>, cipher: Cipher): MatchSide => {
  const open = (sealed: Buffer): string => (row.wrappedKey ? cipher.decrypt(row.wrappedKey, sealed) : '')
  const asksLasting = asked.numbers.some(({ isPaper }) => isPaper)
  const numbers = (row.numbers ?? []).map(({ type, index, sealed, isHeld }) => {
    const isOpened = asksLasting && LASTING_KINDS.has(type) && !known.has(index)
    return { isHeld, ...compared(type, known.get(index) ?? (isOpened ? open(Buffer.from(sealed, 'hex')) : index)) }
  })
  return {
    name: asked.name && comparedName(row.zh, row.en),
    sex: row.sex,
    bornOn: row.bornOn,
    numbers: numbers.filter(({ isHeld }) => isHeld),
    formerNumbers: numbers.filter(({ isHeld }) => !isHeld),
    phone: asked.phone && row.phoneSealed && row.wrappedKey ? open(row.phoneSealed) : null,
    village: row.village,
    address: row.address,
    mother: row.mother,
    birthOrder: row.birthOrder,
  }
}

const DIALECT_INITIALS: Readonly<Record<string, string>> = { l: 'nr', n: 'l', h: 'f', f: 'h', r: 'l' }
const NAME_SYLLABLES_MOST = 6

/** The keys under which somebody as said may stand in the index. */
const keysOf = (asked: MatchSide, { cipher }: MatchBy) => {
  const zh = asked.name?.zh ?? ''
  const readings = asked.name ? [syllablesOf(zh, true), syllablesOf(zh)] : []
  const latin = asked.name ? [latinWords(/[a-z]/i.test(zh) ? zh : (asked.name.en ?? ''))].filter((words) => words.length > 0) : []
  const orders = latin.flatMap((words) => (words.length > 3 ? [words] : permutations(words)))
  return {
    phone: asked.phone ? cipher.blindIndex('phone', asked.phone) : null,
    pinyin: [...new Set([...readings.map((syllables) => syllables.join('')), ...orders.map((words) => words.join(' '))])],
    initials: [...new Set(readings.filter(({ length }) => length <= NAME_SYLLABLES_MOST).flatMap(initialsOf))],
    bornOn: asked.bornOn ? [asked.bornOn, ...daysNear(asked.bornOn)] : [],
    township: asked.village?.slice(0, 9) ?? null,
    latin: [...new Set(orders.map((words) => words.join('')))],
    mother: asked.mother as PersonId | null,
  }
}

/** The initials of a name, and those of which one is said as its neighbour in a dialect. */
const initialsOf = (syllables: readonly string[]): string[] => {
  const letters = syllables.map((syllable) => [...syllable][0] ?? '')
  const turned = letters.flatMap((letter, at) => [...(DIALECT_INITIALS[letter] ?? '')].map((other) => letters.with(at, other)))
  return [letters, ...turned].map((list) => list.join(''))
}

const permutations = (words: readonly string[]): string[][] =>
  words.length < 2
    ? [[...words]]
    : words.flatMap((word, at) => permutations(words.toSpliced(at, 1)).map((rest) => [word, ...rest]))
