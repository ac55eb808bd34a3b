import { ok, strictEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { seeded, seedOfRun } from '../../tests/invariants/small-region.ts'
import { keywordVote } from './keyword-vote.ts'
import { openJudgedTriage } from './opened.ts'
import { LETTERS, NO_DANGER, SAME_MEANING } from './variations.ts'
import { readPairs } from './texts.ts'
import { variedEmergencies, variedOthers, type Varied } from './varied.ts'

const triage = openJudgedTriage()

// The least share of pairs that stand, where it is not all of them; raise it as triage gets better. Where a place or a sentence
// is drawn (the first group) there is room for chance: a doubled letter broke 1.2 % on average of 80 seeds, 5.2 % at most. What is
// denied, past or of others is tried in every way: a little below what was reached.
const STANDS_LEAST: Readonly<Record<string, number>> = {
  traditional: 0.99,
  greeting: 0.98,
  thanks: 0.99,
  'aside before': 0.99,
  'aside after': 0.99,
  'spaces for commas': 0.97,
  'clauses turned': 0.98,
  'small words mistyped': 0.97,
  'a letter doubled': 0.92,
  'something else denied': 0.99,
  'denied after': 0.975,
  'denied before': 0.965,
  'two denied': 0.96,
  'long past': 0.985,
  'of others': 0.98,
}
// What is listed of a variation that broke too much.
const LISTED = 12

const stands = ({ name, pairs, broken }: Varied): void => {
  ok(pairs >= 100, `${name}: only ${pairs} pairs`)
  const allowed = Math.floor((1 - (STANDS_LEAST[name] ?? 1)) * pairs)
  const listed = broken.slice(0, LISTED).map(({ says }) => says)
  ok(broken.length <= allowed, `${name}: ${broken.length} of ${pairs} broke\n${listed.join('\n')}`)
}

test('an emergency said otherwise is no milder: greeting, typing, letters, order, something beside the matter', (t) => {
  const seed = seedOfRun()
  t.diagnostic(`JIELI_SEED=${seed}`)
  for (const varied of variedEmergencies('seen', triage, seeded(seed))) stands(varied)
})

test('what is denied, long past or of somebody else makes no text more pressing', () => {
  for (const varied of variedOthers('seen', triage)) stands(varied)
})

test('the comparison sees a keyword vote fall for what is denied and for traditional letters', () => {
  const counted = (all: readonly Varied[], name: string): number => all.find((one) => one.name === name)?.broken.length ?? 0
  ok(counted(variedOthers('seen', keywordVote), 'denied after') > 0)
  ok(counted(variedEmergencies('seen', keywordVote, seeded(1)), 'traditional') > 0)
})

test('every variation changes most texts, and the two rows of letters have one length', () => {
  strictEqual(LETTERS.simplified.length, LETTERS.traditional.length)
  const random = seeded(2)
  const text = '您好,我爸65岁,胸口疼得厉害,在家里出冷汗,他说头晕'
  for (const { name, of } of SAME_MEANING)
    ok(
      [1, 2, 3].some(() => of(text, random) !== text),
      name,
    )
  for (const { name, ways } of NO_DANGER) ok(new Set(ways.map((way) => way(text)).concat(text)).size === ways.length + 1, name)
})

// Of the pairs, the shares that must be told apart on each side: to find an emergency comes before being right about it.
const EMERGENCIES_LEAST = 0.88
const HARMLESS_LEAST = 0.75

test('the same words, one time an emergency and one time denied, over or harmless, are told apart', () => {
  const pairs = readPairs()
  const missed = pairs.filter(({ emergency }) => triage({ text: emergency }).urgency !== 'emergency')
  const alarmed = pairs.filter(({ harmless }) => triage({ text: harmless }).urgency === 'emergency')
  ok(pairs.length >= 50)
  ok(missed.length <= (1 - EMERGENCIES_LEAST) * pairs.length, missed.map(({ emergency }) => emergency).join('\n'))
  ok(alarmed.length <= (1 - HARMLESS_LEAST) * pairs.length, alarmed.map(({ harmless }) => harmless).join('\n'))
})
