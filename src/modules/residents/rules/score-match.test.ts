import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { Day } from '../../../kernel/day.ts'
import { syllablesOf } from '../../../platform/pinyin.ts'
import { loadRulebook } from '../../../platform/rulebook.ts'
import { valueOn } from '../../../shapes/rulebook.ts'
import { rulesOf } from '../matching/match-persons.ts'
import { simplified } from '../matching/same-characters.ts'
import { dayLikeness, daysNear } from './day-likeness.ts'
import { nameLikeness, type ComparedName } from './name-likeness.ts'
import { scoreMatch, withoutAmbiguity, type MatchRules, type MatchSide } from './score-match.ts'

const name = (zh: string, en: string | null = null): ComparedName => ({ zh, en, syllables: syllablesOf(zh, true) })

// one             other            likeness        why
const NAMES = [
  ['李芳', '李 芳', 'same', 'spaces say nothing'],
  ['张伟', '張偉', 'variant', 'traditional characters are the same ones'],
  ['刘翠', '劉翆', 'variant', 'an older form'],
  ['李芳', '李方', 'homophone', 'another character of the same sound'],
  ['陈胜', '陈森', 'sounds-alike', 'sh and s, -ng and -n'],
  ['刘兰', '牛兰', 'sounds-alike', 'l and n are one in Hunan'],
  ['李建国', '李建设', 'one-apart', 'one character differs'],
  ['王小明', '王明小', 'one-apart', 'two characters changed round'],
  ['小芳', '李芳', 'part', 'a pet form'],
  ['建国', '李建国', 'part', 'the given name alone'],
  ['李芳', '王强', 'different', 'nothing agrees'],
  ['李', '王', 'different', 'one character is never nearly the same'],
  ['John Smith', 'SMITH, John', 'variant', 'Latin names change places'],
  ['John Smith', 'Jon Smith', 'one-apart', 'one letter left out'],
  ['John Paul Smith', 'John Smith', 'part', 'a middle name left out'],
] as const
test('Names agree by writing, by variant, by sound, by dialect, by one character, or not at all', () => {
  for (const [one, other, likeness, why] of NAMES) {
    assert.equal(nameLikeness(name(one), name(other), simplified), likeness, why)
    assert.equal(nameLikeness(name(other), name(one), simplified), likeness, `${why}, the other way`)
  }
  assert.equal(
    nameLikeness(name('玛丽', 'Marie Curie'), name('Curie Marie'), simplified),
    'variant',
    'the Latin writing beside a Chinese one',
  )
})

const DAYS = [
  ['1970-03-05', '1970-03-05', 'same'],
  ['1970-03-05', '1970-05-03', 'swapped'],
  ['1970-03-05', '1970-03-06', 'one-digit'],
  ['1970-03-05', '1907-03-05', 'one-digit'],
  ['1970-03-05', '1970-11-28', 'same-year'],
  ['1970-03-15', '1982-07-09', 'different'],
] as const
test('Birth dates agree, are swapped, miss by one digit, or not at all; whatever a slip makes of a day is asked for', () => {
  for (const [one, other, likeness] of DAYS) {
    assert.equal(dayLikeness(one as Day, other as Day), likeness)
    if (likeness === 'swapped' || likeness === 'one-digit')
      assert.ok(daysNear(one as Day).includes(other as Day), `${other} is near ${one}`)
  }
  for (const near of daysNear('2024-02-29' as Day))
    assert.ok(['swapped', 'one-digit'].includes(dayLikeness('2024-02-29' as Day, near)))
})

let rules: MatchRules
before(async () => {
  const book = await loadRulebook()
  rules = rulesOf((id, by) => valueOn(book, id, '2026-11-22' as Day, by))
})

const side = (more: Partial<MatchSide> = {}): MatchSide => ({
  name: name('李芳'),
  sex: 'female',
  bornOn: '1970-03-05' as Day,
  numbers: [],
  formerNumbers: [],
  phone: null,
  village: null,
  address: null,
  mother: null,
  birthOrder: null,
  ...more,
})
const card = (number: string) => ({ kind: '01', number, isPaper: true })

// what the other side differs in from the first                                                   grade        why
const PAIRS: [Partial<MatchSide>, Partial<MatchSide>, string | null, string][] = [
  [{}, {}, 'probable', 'name, sex and birth date alone: somebody must look, never more'],
  [{ phone: '1' }, { phone: '1' }, 'probable', 'with the phone 0.80: still somebody must look'],
  [{ phone: '1', village: '430321103207' }, { phone: '1', village: '430321103207' }, 'certain', 'and the village: 0.90'],
  [
    { phone: '1', village: '430321103207' },
    { phone: '1', village: '430321103207', name: name('李芬') },
    'probable',
    'a sister: another name is never certain',
  ],
  [
    { numbers: [card('A')] },
    { numbers: [card('A')], name: name('李方'), bornOn: '1970-05-03' as Day },
    'certain',
    'the same number, though both slipped',
  ],
  [
    { numbers: [card('A')] },
    { numbers: [card('A')], name: name('王强'), bornOn: '1999-09-09' as Day },
    'probable',
    'the same number, and everything against it: a borrowed card',
  ],
  [
    { numbers: [card('430')] },
    { numbers: [card('975')] },
    null,
    'two cards for life, nothing else: two people of one name and birthday',
  ],
  [
    { numbers: [card('430')], phone: '1', village: '1' },
    { numbers: [card('975')], phone: '1', village: '1' },
    'possible',
    'two cards for life, all else alike',
  ],
  [
    { formerNumbers: [card('A')] },
    { numbers: [card('A')] },
    'certain',
    'a number that was replaced, with name and birth date: 0.90',
  ],
  [{ mother: '7', birthOrder: 1 }, { mother: '7', birthOrder: 2 }, null, 'twins, not yet named apart'],
  [
    { mother: '7', birthOrder: 1, name: name('王芳之女') },
    { mother: '7', birthOrder: 1, name: name('王小雨') },
    null,
    'a newborn that got another name: found by number or by hand, not by this',
  ],
  [
    { sex: 'male', bornOn: '1945-01-01' as Day, phone: '1', name: name('李大海') },
    { sex: 'male', phone: '1', name: name('李小海') },
    null,
    'father and son with one phone',
  ],
  [{ bornOn: null }, { bornOn: null }, null, 'a name and a sex are nobody'],
]
test('Grades of a pair', () => {
  for (const [one, other, grade, why] of PAIRS) assert.equal(scoreMatch(side(one), side(other), rules).grade, grade, why)
})

test('Where two would be certain by score, none is', () => {
  const whole = scoreMatch(side({ phone: '1', village: '430321103207' }), side({ phone: '1', village: '430321103207' }), rules)
  assert.deepEqual(
    withoutAmbiguity([whole, whole]).map(({ grade }) => grade),
    ['probable', 'probable'],
  )
  assert.deepEqual(
    withoutAmbiguity([whole]).map(({ grade }) => grade),
    ['certain'],
  )
})
