import assert from 'node:assert/strict'
import test from 'node:test'
import { readKnowledge } from './knowledge.ts'
import { readText } from './read-text.ts'
import { termsOf } from './terms.ts'
import { automatonOf } from './text/automaton.ts'
import { hoursOf, numberOf, personOf, vitalsOf } from './text/measures.ts'
import { normaliser, plainForm } from './text/normalise.ts'

const terms = termsOf(readKnowledge())
const read = (text: string) => readText(terms, text, {})

test('the automaton finds every occurrence, also inside one another', () => {
  const words = ['头痛', '痛', '头痛欲裂', '欲']
  const found: string[] = []
  automatonOf(words).scan('头痛欲裂,肚子痛', (word, end) => found.push(`${words[word]}@${end}`))
  assert.deepEqual(found.sort(), ['头痛@2', '头痛欲裂@4', '欲@3', '痛@2', '痛@8'].sort())
})

test('full width, capitals and traditional characters are the same text', () => {
  assert.equal(plainForm('HPV陽性,頭痛39.5℃'), plainForm('hpv阳性,头痛39.5℃'))
  const normal = normaliser([{ wrong: '发骚', right: '发烧' }, { wrong: '骚', right: '臊' }]) // prettier-ignore
  assert.equal(normal('宝宝發騷'), '宝宝發騷'.replace('發騷', '发烧'))
})

const DENIALS: readonly (readonly [text: string, key: string, counts: boolean, why: string])[] = [
  ['发烧三天', 'fever', true, 'said'],
  ['没有发烧', 'fever', false, 'denied'],
  ['没有明显发烧', 'fever', false, 'denied over a filler'],
  ['不发烧', 'fever', false, 'denied by 不 right before it'],
  ['否认发热', 'fever', false, 'denied as a record writes it'],
  ['发烧没有', 'fever', false, 'denied behind'],
  ['有没有发烧不知道', 'fever', true, 'asked, not denied'],
  ['没有咳嗽,就是发烧', 'fever', true, 'another clause'],
  ['没有咳嗽发烧', 'fever', false, 'the denial of a list'],
  ['没有咳嗽、头晕和发烧', 'fever', false, 'the denial of a list with signs between'],
  ['不停地发烧', 'fever', true, '不停 denies nothing'],
  ['三年前发烧过', 'fever', false, 'long past'],
]
for (const [text, key, counts, why] of DENIALS) test(`${text}: ${why}`, () => assert.equal(read(text).present.has(key), counts))

test('numbers as people write them', () => {
  const written: [string, number][] = [['12', 12], ['十二', 12], ['六十五', 65], ['二十', 20], ['两', 2], ['半', 0.5], ['一百二十', 120]] // prettier-ignore
  for (const [text, number] of written) assert.equal(numberOf(text), number, text)
})

test('the shortest time that is told counts, and an age is none', () => {
  assert.equal(hoursOf('高血压10年,胸痛半小时'), 0.5)
  assert.equal(hoursOf('咳嗽两周'), 336)
  assert.equal(hoursOf('肚子痛'), null)
  assert.equal(hoursOf('孕32周'), null)
})

test('who is ill: age, sex, pregnancy, a child without an age', () => {
  assert.deepEqual(
    { ...personOf('我妈65岁头晕', {}), isElder: true },
    { age: 65, sex: 'female', isPregnant: false, isPostpartum: false, isChild: false, isElder: true },
  )
  assert.equal(personOf('宝宝8个月拉肚子', {}).age, 8 / 12)
  assert.equal(personOf('出生二十三天的宝宝', {}).age, 23 / 365)
  assert.equal(personOf('孩子咳嗽', {}).isChild, true)
  assert.equal(personOf('生完孩子三个月腰痛', {}).isChild, false)
  assert.equal(personOf('孕32周腰痛', {}).isPregnant, true)
  assert.equal(personOf('备孕半年没怀孕', {}).isPregnant, false)
  assert.equal(personOf('宝宝发烧', { age: 30 }).isChild, false, 'what is given wins')
})

test('measured values are read from the text, and what is given wins', () => {
  assert.deepEqual(vitalsOf('血压200/110,心率120'), { systolic: 200, diastolic: 110, pulse: 120 })
  assert.equal(vitalsOf('发烧39度5').temperature, 39.5)
  assert.equal(vitalsOf('血糖28.3').glucose, 28.3)
  assert.equal(vitalsOf('血氧85').spo2, 85)
  assert.equal(vitalsOf('电话13800138000').pulse, undefined)
  assert.equal(vitalsOf('血压200/110', { systolic: 120 }).systolic, 120)
})
