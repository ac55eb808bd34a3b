import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse } from 'yaml'
import { readCatalogue } from '../navigation/index.ts'
import { readSpecialties } from '../organisations/index.ts'

const FOLDER = join(import.meta.dirname, '..', '..', '..', 'knowledge', 'triage')
const CHANNELS = ['chest-pain', 'stroke', 'trauma', 'maternal', 'newborn', 'other']

type Weights = Readonly<Record<string, number>>
type Row = {
  key: string
  zh: string
  en: string
  kind: string
  says: string[]
  part?: string
  feel?: string
  departments?: Weights
  conditions?: Weights
}
type When = Partial<Record<'all' | 'any' | 'also' | 'none' | 'departments', string[]>> & { vitals?: unknown }
type Danger = {
  key: string
  channel: string
  urgency: string
  departments: Weights
  when: When[]
  now: Record<string, string>
  source: string
}
type Question = { key: string; when: When; options: { adds?: string[]; removes?: string[]; departments?: Weights }[] }
type Example = { text: string; department: string; age?: number; sex?: string }

const yaml = <Value>(name: string): Value[] => parse(readFileSync(join(FOLDER, name), 'utf8')) as Value[]
const symptoms = readdirSync(join(FOLDER, 'symptoms')).flatMap((file) => yaml<Row>(join('symptoms', file)))
const parts = yaml<Row>('parts.yaml')
const feelings = yaml<Row>('feelings.yaml')
const dangers = yaml<Danger>('danger-signs.yaml')
const questions = yaml<Question>('questions.yaml')
const typos = yaml<{ wrong: string; right: string }>('typos.yaml')
const examples = readdirSync(join(FOLDER, 'texts')).flatMap((file) =>
  readFileSync(join(FOLDER, 'texts', file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Example),
)
const specialties = new Set(readSpecialties().map((specialty) => specialty.code))
const known = new Set(symptoms.map((row) => row.key))

const strangers = (wanted: readonly string[], in_: ReadonlySet<string>) => [...new Set(wanted.filter((key) => !in_.has(key)))]
const keysOf = (when: When) => [...(when.all ?? []), ...(when.any ?? []), ...(when.also ?? []), ...(when.none ?? [])]
const codesOf = (weights: Weights | undefined) => Object.keys(weights ?? {})
const twice = (values: readonly string[]) => [...new Set(values.filter((value, at) => values.indexOf(value) !== at))]

test('a symptom has one key, both names and several ways of saying it', () => {
  assert.ok(symptoms.length >= 450, `${symptoms.length} symptoms`)
  assert.deepEqual(twice(symptoms.map((row) => row.key)), [])
  assert.deepEqual(
    symptoms.filter((row) => !row.zh || !row.en || row.says.length < 3 || twice(row.says).length > 0).map((row) => row.key),
    [],
  )
  assert.deepEqual(
    symptoms.filter((row) => row.says.some((say) => say.split('~').length > 2 || /[\s,,。]/.test(say))).map((row) => row.key),
    [],
  )
  assert.ok(symptoms.flatMap((row) => row.says).length >= 8000)
})

test('what a symptom points to exists: departments, conditions, parts and feelings', () => {
  const conditions = new Set(readCatalogue().rows.map((row) => row.key))
  assert.deepEqual(
    strangers(
      [...symptoms, ...parts].flatMap((row) => codesOf(row.departments)),
      specialties,
    ),
    [],
  )
  assert.deepEqual(
    strangers(
      symptoms.flatMap((row) => codesOf(row.conditions)),
      conditions,
    ),
    [],
  )
  assert.deepEqual(
    strangers(
      symptoms.flatMap((row) => row.part ?? []),
      new Set(parts.map((row) => row.key)),
    ),
    [],
  )
  assert.deepEqual(
    strangers(
      symptoms.flatMap((row) => row.feel ?? []),
      new Set(feelings.map((row) => row.key)),
    ),
    [],
  )
  const weights = symptoms.flatMap((row) => [...Object.values(row.departments ?? {}), ...Object.values(row.conditions ?? {})])
  assert.ok(weights.every((weight) => Number.isInteger(weight) && weight >= 1 && weight <= 5))
})

test('a danger sign names a channel, known symptoms, what to do now in both languages, and its source', () => {
  assert.deepEqual(twice(dangers.map((sign) => sign.key)), [])
  assert.deepEqual(
    strangers(
      dangers.flatMap((sign) => sign.when.flatMap(keysOf)),
      known,
    ),
    [],
  )
  assert.deepEqual(
    strangers(
      dangers.flatMap((sign) => codesOf(sign.departments)),
      specialties,
    ),
    [],
  )
  for (const sign of dangers) {
    assert.ok(CHANNELS.includes(sign.channel), sign.key)
    assert.ok(['emergency', 'urgent'].includes(sign.urgency), sign.key)
    assert.ok(sign.now['zh'] && sign.now['en'] && sign.source, sign.key)
    assert.ok(sign.when.every((when) => when.vitals !== undefined || [...(when.all ?? []), ...(when.any ?? [])].length > 0))
  }
  for (const channel of CHANNELS) assert.ok(dangers.some((sign) => sign.channel === channel && sign.urgency === 'emergency'))
})

test('a question asks about known symptoms and each answer could change something', () => {
  assert.deepEqual(twice(questions.map((question) => question.key)), [])
  const told = questions.flatMap((one) => one.options.flatMap((option) => [...(option.adds ?? []), ...(option.removes ?? [])]))
  assert.deepEqual(strangers([...told, ...questions.flatMap((one) => keysOf(one.when))], known), [])
  assert.deepEqual(
    strangers(
      questions.flatMap((one) => one.options.flatMap((option) => codesOf(option.departments))),
      specialties,
    ),
    [],
  )
  assert.deepEqual(
    questions.filter((one) => one.options.length < 2).map((one) => one.key),
    [],
  )
})

test('a spelling is mended once and never into another wrong one', () => {
  assert.deepEqual(twice(typos.map((typo) => typo.wrong)), [])
  const wrong = new Set(typos.map((typo) => typo.wrong))
  assert.deepEqual(
    typos.filter((typo) => wrong.has(typo.right) || typo.wrong === typo.right).map((typo) => typo.wrong),
    [],
  )
})

/** The share of different runs of four characters among all: low where sentences were filled from a template. */
function distinctShare(texts: readonly string[]): number {
  const runs = texts.flatMap((text) => Array.from({ length: Math.max(0, text.length - 3) }, (_, at) => text.slice(at, at + 4)))
  return new Set(runs).size / runs.length
}

test('the written texts are many, of every kind of department, varied and never twice', () => {
  assert.ok(examples.length >= 2500, `${examples.length} texts`)
  assert.deepEqual(twice(examples.map((example) => example.text)), [])
  assert.deepEqual(
    strangers(
      examples.flatMap((example) => example.department || []),
      specialties,
    ),
    [],
  )
  assert.ok(examples.every((example) => example.sex === undefined || ['male', 'female'].includes(example.sex)))
  assert.ok(new Set(examples.map((example) => example.department)).size >= 40)
  assert.ok(examples.filter((example) => example.department === '').length >= 60, 'texts that say nothing medical')
  assert.ok(distinctShare(examples.map((example) => example.text)) >= 0.8)
  const lengths = examples.map((example) => example.text.length).toSorted((one, other) => one - other)
  assert.ok((lengths[Math.floor(lengths.length / 10)] ?? 0) <= 14, 'short ones among them')
  assert.ok(lengths.filter((length) => length >= 40).length >= 200, 'long ones among them')
})
