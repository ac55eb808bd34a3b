import { ok, strictEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { seeded, seedOfRun } from '../../tests/invariants/small-region.ts'
import { keywordVote } from './keyword-vote.ts'
import { openJudgedTriage } from './opened.ts'
import { LETTERS, NO_DANGER, SAME_MEANING } from './variations.ts'
import { readPairs } from './texts.ts'
import { variedEmergencies, variedOthers, type Varied } from './varied.ts'

const triage = openJudgedTriage()

// The least share of pairs that stand, where it is not all of them: a little below what was reached; raise it as triage gets better.
// One pair of a hundred is left to chance where a place or a sentence is drawn.
const STANDS_LEAST: Readonly<Record<string, number>> = {
  traditional: 0.99,
  greeting: 0.98,
  thanks: 0.99,
  'aside before': 0.99,
  'aside after': 0.99,
  'spaces for commas': 0.97,
  'clauses turned': 0.98,
  'small words mistyped': 0.97,
  'a letter doubled': 0.96,
  'something else denied': 0.99,
  'denied after': 0.96,
  'denied before': 0.91,
  'two denied': 0.92,
  'long past': 0.96,
  'of others': 0.76,
}
// What is listed of a variation that broke too much.
const LISTED = 12

const stands = (seed: number, { name, pairs, broken }: Varied): void => {
  ok(pairs >= 100, `${name}: only ${pairs} pairs`)
  const allowed = Math.floor((1 - (STANDS_LEAST[name] ?? 1)) * pairs)
  const listed = broken.slice(0, LISTED).map(({ says }) => says)
  ok(broken.length <= allowed, `${name}: ${broken.length} of ${pairs} broke, JIELI_SEED=${seed}\n${listed.join('\n')}`)
}

test('an emergency said otherwise is no milder: greeting, typing, letters, order, something beside the matter', (t) => {
  const seed = seedOfRun()
  t.diagnostic(`JIELI_SEED=${seed}`)
  for (const varied of variedEmergencies('seen', triage, seeded(seed))) stands(seed, varied)
})

test('what is denied, long past or of somebody else makes no text more pressing', (t) => {
  const seed = seedOfRun()
  t.diagnostic(`JIELI_SEED=${seed}`)
  for (const varied of variedOthers('seen', triage, seeded(seed))) stands(seed, varied)
})

test('the comparison sees a keyword vote fall for what is denied and for traditional letters', () => {
  const random = seeded(1)
  const counted = (all: readonly Varied[], name: string): number => all.find((one) => one.name === name)?.broken.length ?? 0
  ok(counted(variedOthers('seen', keywordVote, random), 'denied after') > 0)
  ok(counted(variedEmergencies('seen', keywordVote, random), 'traditional') > 0)
})

test('every variation changes most texts, and the two rows of letters have one length', () => {
  strictEqual(LETTERS.simplified.length, LETTERS.traditional.length)
  const random = seeded(2)
  const text = '您好,我爸65岁,胸口疼得厉害,在家里出冷汗,他说头晕'
  for (const { name, of } of [...SAME_MEANING, ...NO_DANGER])
    ok(
      [1, 2, 3].some(() => of(text, random) !== text),
      name,
    )
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
