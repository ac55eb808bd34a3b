import assert from 'node:assert/strict'
import test from 'node:test'
import { readKnowledge } from '../knowledge.ts'
import { makeTriage } from '../engine.ts'
import { termsOf } from '../terms.ts'
import { generateTexts } from './generate.ts'
import { fitJoining, learn } from './learn.ts'
import { packModel, unpackModel } from './model-file.ts'

const knowledge = readKnowledge()
const terms = termsOf(knowledge)
const SMALL = { rounds: 2, rate: 0.25, decay: 0.00002, seed: 7 }
const made = generateTexts(knowledge, 7).filter((_, at) => at % 40 === 0)
const held = generateTexts(knowledge, 8).filter((_, at) => at % 200 === 0)

test('the same texts and seed give the same model, byte for byte; another seed another', () => {
  const [one, again] = [1, 2].map(() => packModel(learn(terms, { written: [], made }, SMALL)))
  assert.ok(one && again && one.equals(again))
  assert.ok(!packModel(learn(terms, { written: [], made }, { ...SMALL, seed: 8 })).equals(one))
  assert.deepEqual(generateTexts(knowledge, 7).slice(0, 50), generateTexts(knowledge, 7).slice(0, 50))
})

test('a model is the same after it was packed, and another file is refused', () => {
  const model = learn(terms, { written: [], made }, SMALL)
  const packed = packModel(model)
  assert.ok(packed.length < 3_000_000)
  assert.deepEqual(unpackModel(packed).classes, model.classes)
  assert.throws(() => unpackModel(Buffer.from('{"format":"other","classes":[]}\n')), /train it anew/)
})

test('what was learned and the fitted joining are of use: held-out texts are answered far better than by chance', () => {
  const model = learn(terms, { written: [], made }, SMALL)
  const joining = fitJoining(knowledge, terms, [{ model, held }])
  const triage = makeTriage(knowledge, terms, { ...model, joining })
  const right = held.filter(({ text, department }) =>
    triage(text)
      .departments.slice(0, 3)
      .some(({ code }) => code === department),
  )
  assert.ok(right.length / held.length > 0.6, `${right.length} of ${held.length}`)
})
