import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { CONDITIONS } from '../../../sim/region/conditions.ts'
import { letterTemplateBody, type LetterTemplate } from '../../../src/modules/referral/contract.ts'
import { filledLetter, missingFor, overlap, templatesFor } from './letter-templates.ts'

const shipped = JSON.parse(
  readFileSync(new URL('../../../rulebook/national/referral/letter-templates.json', import.meta.url), 'utf8'),
) as {
  templates: { body: unknown }[]
}
const templates = shipped.templates.map(({ body }) => letterTemplateBody.parse(body))
const conditionOf = (key: string) => {
  const found = CONDITIONS.find((one) => one.key === key)
  assert.ok(found, key)
  return { name: { zh: found.zh }, icd10: found.icd10 }
}
const firstFor = (key: string): string | undefined => templatesFor(conditionOf(key), templates)[0]?.key

test('each of the usual conditions has a template of its own, before those for every condition', () => {
  for (const [condition, template] of [
    ['hypertension-uncontrolled', 'hypertension'],
    ['type-2-diabetes-uncontrolled', 'type-2-diabetes'],
    ['copd-severe-exacerbation', 'copd'],
    ['coronary-heart-disease', 'coronary-heart-disease'],
    ['stroke', 'stroke-tia'],
    ['transient-ischaemic-attack', 'stroke-tia'],
    ['high-risk-pregnancy', 'maternal-orange'],
    ['pneumonia', 'pneumonia'],
    ['fracture', 'fracture-trauma'],
    ['appendicitis', 'acute-abdomen'],
    ['tuberculosis', 'tuberculosis-suspect'],
    ['child-fever', 'child-fever'],
    ['lung-cancer', 'tumour-suspect'],
  ] as const)
    assert.equal(firstFor(condition), template, condition)
  assert.equal(firstFor('hypertension'), 'general-review', 'what is settled goes for a review')
  assert.equal(firstFor('caries'), 'general-uncontrolled', 'a condition without its own has the general ones')
  assert.ok(templatesFor(conditionOf('high-risk-pregnancy'), templates).some(({ key }) => key === 'maternal-red'))
})

test('a disease’s template tells its risks in both languages and says what goes along', () => {
  for (const one of templates.filter(({ icd10 }) => icd10.length > 0)) {
    assert.ok(one.risks.length >= 2 && one.attach.length > 0 && one.bring.length > 0, one.key)
    for (const name of one.reason.matchAll(/\{(\w+)\}/g))
      assert.ok((one.needs as string[]).includes(name[1] ?? ''), `${one.key} ${name[0]}`)
  }
})

const record = {
  problems: [{ words: { zh: '2型糖尿病', en: 'Type 2 diabetes' }, isActive: true }],
  medicines: [{ words: { zh: '氨氯地平', en: 'Amlodipine' }, dose: '5 mg', isActive: true }],
  allergies: [],
  series: [
    { code: '8480-6', unit: 'mmHg', points: [{ value: 168, at: '2026-11-20T01:00:00Z' }] },
    { code: '8462-4', unit: 'mmHg', points: [{ value: 102, at: '2026-11-20T01:00:00Z' }] },
  ],
} as unknown as Parameters<typeof missingFor>[1]
const of = (key: string): LetterTemplate | undefined => templates.find((one) => one.key === key)

test('what the record has is filled in, what it lacks is said in the letter and beside it', () => {
  const { reason, treatment } = filledLetter(conditionOf('hypertension-uncontrolled'), of('hypertension'), record)
  assert.match(reason, /血压 168\/102 mmHg（2026-11-20）.*目前用药：氨氯地平 5 mg/)
  assert.equal(treatment, '目前用药：氨氯地平 5 mg。')
  assert.deepEqual(missingFor(of('hypertension'), record), [])
  const diabetes = filledLetter(conditionOf('type-2-diabetes-uncontrolled'), of('type-2-diabetes'), record)
  assert.match(diabetes.reason, /空腹血糖未记录；糖化血红蛋白未记录/)
  assert.deepEqual(missingFor(of('type-2-diabetes'), record), ['glucose', 'hba1c'])
  assert.doesNotMatch(filledLetter(conditionOf('stroke'), of('stroke-tia'), undefined).reason, /[{}]/)
})

test('ranges of codes meet where they share a category', () => {
  for (const [one, other, meets] of [
    ['I10-I15', 'I10', true],
    ['I10-I15', 'I15-I16', true],
    ['I10-I15', 'I16', false],
    ['E10-E14', 'E11.2-E11.7', true],
    ['I20-I25', 'J20', false],
    ['O10-O16', 'nothing', false],
  ] as const)
    assert.equal(overlap(one, other), meets, `${one} ${other}`)
})
