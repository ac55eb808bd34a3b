import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import type { Day } from '../../kernel/day.ts'
import type { Finding } from '../../shapes/rulebook-check.ts'
import { checkRulebook } from '../rulebook-check/check.ts'
import { CliRefusal } from './cli-refusal.ts'
import { rulebookCommand } from './rulebook-command.ts'

const CLI = join(import.meta.dirname, '..', 'cli.ts')
const folder = mkdtempSync(join(tmpdir(), 'jieli-rulebook-'))
after(() => rmSync(folder, { recursive: true }))

let books = 0
/** A rulebook of its own, of these files. */
const rulebookOf = (files: Readonly<Record<string, string>>): string => {
  books += 1
  const root = join(folder, `book-${books}`)
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), text)
  }
  return root
}

// Neither a database nor a server stands behind this data folder.
const jieli = (...words: string[]) =>
  spawnSync(process.execPath, [CLI, 'rulebook', ...words], {
    encoding: 'utf8',
    env: { ...process.env, JIELI_DATA: folder, DATABASE_URL: '' },
  })

const DAY = '2026-11-23' as Day
/** The check in this process; that a fault ends the program with 1 is tried once below. */
const check = async (root: string, years = 2) => {
  const found = await checkRulebook(root, DAY, years)
  assert.ok(found !== null)
  const { findings, files, values } = found
  const status = findings.some(({ weight }) => weight === 'fault') ? 1 : 0
  return { files, values, status, kinds: findings.map(({ kind, key }) => `${kind} ${key}`) }
}

const entry = (id: string, values: readonly string[], checkedOn = '2026-01-01'): string =>
  [
    `id: ${id}`,
    'zh: 例。',
    'en: An example.',
    'unit: days',
    'values:',
    ...values.map((value) => `  - { ${value} }`),
    `checkedOn: ${checkedOn}`,
    '',
  ].join('\n')

const WHOLE = entry('example.whole', [
  'from: 2024-01-01, until: 2025-01-01, basis: EXAMPLE §1, grade: design, value: 3',
  'from: 2025-01-01, basis: EXAMPLE §2, grade: design, value: 4',
])

test('a rulebook without a fault ends with 0 and counts its values', async () => {
  const { status, kinds, files, values } = await check(rulebookOf({ 'national/whole.yaml': WHOLE }))
  assert.deepEqual({ status, kinds, files, values }, { status: 0, kinds: [], files: 1, values: 2 })
})

test('planted faults are found, each under its name, and end with 1', async () => {
  const root = rulebookOf({
    'national/whole.yaml': WHOLE,
    'national/gap.yaml': entry('example.gap', [
      'from: 2024-01-01, until: 2024-12-31, basis: EXAMPLE, grade: design, value: 3',
      'from: 2025-01-01, basis: EXAMPLE, grade: design, value: 4',
    ]),
    'national/overlap.yaml': entry('example.overlap', [
      'from: 2024-01-01, basis: EXAMPLE, grade: sourced, one: 3',
      'from: 2025-01-01, basis: EXAMPLE, grade: sourced, one: 4, two: 5',
    ]),
    'national/blank.yaml': entry('example.blank', ["from: 2024-01-01, basis: '', grade: sourced, value: 3"]),
    'national/broken.yaml': 'id: [',
    'national/twice.yaml': WHOLE,
  })
  const { status, kinds } = await check(root)
  assert.equal(status, 1)
  assert.deepEqual(kinds.toSorted(), [
    'gap example.gap',
    'overlap example.overlap · one',
    'overlap example.whole',
    'overlap example.whole',
    'unreadable national/broken.yaml',
    'unreadable national/whole.yaml',
    'unsourced example.blank',
  ])
})

test('what is only worth knowing ends with 0: ended, stale, from memory, disputed', async () => {
  const root = rulebookOf({
    'national/ended.yaml': entry('example.ended', [
      'from: 2020-01-01, until: 2025-01-01, basis: EXAMPLE, grade: sourced, value: 3',
    ]),
    'national/stale.yaml': entry('example.stale', ['from: 2020-01-01, basis: EXAMPLE, grade: sourced, value: 3'], '2022-11-22'),
    'national/memory.yaml': entry('example.memory', ['from: 2020-01-01, basis: EXAMPLE, grade: memory, value: 3']),
    'national/disputed.yaml': entry('example.disputed', [
      'from: 2020-01-01, basis: EXAMPLE (i), grade: disputed, value: 3',
      'from: 2020-01-01, basis: EXAMPLE (ii), grade: disputed, value: 4',
    ]),
  })
  const { status, kinds } = await check(root, 4)
  assert.equal(status, 0)
  assert.deepEqual(kinds.toSorted(), [
    'disputed example.disputed',
    'ended example.ended',
    'stale example.stale',
    'unsourced example.memory',
  ])
  assert.ok(!(await check(root, 5)).kinds.some((kind) => kind.startsWith('stale')))
})

const area = (rows: readonly string[], gaps = ''): string =>
  [
    'area: example',
    'insured: residents',
    'zh: 例',
    'en: Example',
    'checkedOn: 2026-01-01',
    ...(gaps === '' ? [] : [gaps]),
    'rows:',
    ...rows.map((row) => `  - { source: B, basis: EXAMPLE, ${row} }`),
    '',
  ].join('\n')
const WHOLE_LEVEL = [
  'kind: deductible, from: 2024-01-01, grade: sourced, when: { level: [level2] }, amountFen: 80000',
  'kind: rate, from: 2024-01-01, grade: sourced, when: { level: [level2] }, bands: [{ overFen: 0, upToFen: null, rateBp: 8000 }]',
]

// what is planted                         rows                                                                                          found                                  ends with
const AREAS: readonly (readonly [string, readonly string[], string, readonly string[], number])[] = [
  ['nothing', WHOLE_LEVEL, '', [], 0],
  ['a level without a rate', [...WHOLE_LEVEL, 'kind: deductible, from: 2024-01-01, grade: sourced, when: { level: [level3] }, amountFen: 120000'], '', ['gap rate · level level3'], 1],
  ['the same, and the file says that its source is silent', [...WHOLE_LEVEL, 'kind: deductible, from: 2024-01-01, grade: sourced, when: { level: [level3] }, amountFen: 120000'], 'gaps: [{ what: rate, zh: 未载, en: silent }]', ['known-gap rate', 'known-gap rate · level level3'], 0],
  ['one level in two lists', [...WHOLE_LEVEL, 'kind: deductible, from: 2025-01-01, grade: sourced, when: { level: [level1, level2] }, amountFen: 70000'], '', ['gap rate · level level1', 'overlap example residents · deductible · level level2'], 1],
  ['bands with a hole', [...WHOLE_LEVEL, 'kind: layer, layer: serious-illness, from: 2024-01-01, grade: sourced, bands: [{ overFen: 0, upToFen: 10, rateBp: 1000 }, { overFen: 11, upToFen: null, rateBp: 2000 }]'], '', ['gap layer serious-illness'], 1],
  ['two sources that contradict each other', [...WHOLE_LEVEL, 'kind: fund-cap, from: 2024-01-01, grade: disputed, amountFen: 1', 'kind: fund-cap, from: 2024-01-01, grade: disputed, amountFen: 2'], '', ['disputed example residents · fund-cap'], 0],
  ['a share in percent', [...WHOLE_LEVEL, 'kind: layer, layer: serious-illness, from: 2024-01-01, grade: sourced, bands: [{ overFen: 0, upToFen: null, rateBp: 65 }]'], '', ['doubtful layer serious-illness · bands.0.rateBp'], 0],
  ['a field that the form does not know', [...WHOLE_LEVEL, 'kind: fund-cap, from: 2024-01-01, grade: sourced, amountYuan: 1'], '', ['unreadable areas/example/residents.yaml'], 1],
] // prettier-ignore

test('a list of a place of care: two values of one code at once, and one that is not in the form', async () => {
  const list = (careArea: string, rows: readonly string[]): string => [`careArea: ${careArea}`, 'zh: 外地', 'en: Away', 'checkedOn: 2026-01-01', 'rows:', ...rows.map((row) => `  - { source: C, grade: sourced, basis: EXAMPLE, ${row} }`), ''].join('\n') // prettier-ignore
  const twice = ['code: X1, from: 2024-01-01, list: A', 'code: X1, from: 2025-01-01, list: C']
  const { status, kinds } = await check(
    rulebookOf({
      'care-lists/away.yaml': list('away', [...twice, 'code: X2, from: 2024-01-01, list: B, selfShareBp: 1000']),
      'care-lists/wrong.yaml': list('wrong', ['code: X1, from: 2024-01-01, list: Z']),
    }),
  )
  assert.deepEqual(kinds.toSorted(), ['overlap care-list away · X1', 'unreadable care-lists/wrong.yaml'])
  assert.equal(status, 1)
})

for (const [planted, rows, gaps, found, ends] of AREAS)
  test(`an area with ${planted}`, async () => {
    const { status, kinds } = await check(rulebookOf({ 'areas/example/residents.yaml': area(rows, gaps) }))
    assert.deepEqual(kinds.toSorted(), found)
    assert.equal(status, ends)
  })

test('the shipped rulebook has nothing that must be corrected', () => {
  const { stdout, status } = jieli('check', '--json')
  const faults = (JSON.parse(stdout) as { findings: Finding[] }).findings.filter(({ weight }) => weight === 'fault')
  assert.deepEqual(faults, [])
  assert.equal(status, 0)
})

test('a fault ends the program with 1 and stands on the page in both languages', () => {
  const root = rulebookOf({
    'national/blank.yaml': entry('example.blank', ["from: 2024-01-01, basis: '', grade: sourced, value: 3"]),
  })
  const { stdout, status } = jieli('check', '--rulebook', root, '--day', DAY)
  assert.equal(status, 1)
  assert.match(stdout, /✖ national\/blank.yaml\n {6}example.blank\n.*没有写依据.*\n.*names no basis/)
})

test('what cannot be asked is refused in both languages, with what can be', async () => {
  const wish = { act: 'check', folder: undefined, day: undefined, years: undefined, area: undefined, asJson: false }
  for (const [asked, says] of [
    [{ act: 'burn' }, /npx jieli rulebook check/],
    [{ folder: join(folder, 'nowhere') }, /--rulebook/],
    [{ day: '2026-02-30' }, /YYYY-MM-DD/],
    [{ years: '0' }, /--years.*50/],
    [{ area: 'nowhere' }, /changsha\/residents/],
    [{ area: 'chang' }, /national\/fund/],
  ] as const)
    await assert.rejects(
      rulebookCommand({ ...wish, ...asked }, () => {}),
      (error) => error instanceof CliRefusal && says.test(error.en) && says.test(error.zh),
    )
})

const DISPUTED = ['kind: fund-cap, from: 2024-01-01, grade: disputed, amountFen: 1', 'kind: fund-cap, from: 2024-01-01, grade: disputed, amountFen: 2'] // prettier-ignore
const MEMORY = entry('example.memory', ['from: 2020-01-01, basis: EXAMPLE, grade: memory, one: 3, two: 4'])

test('counts by area and kind stand first; what is only worth knowing is told in full of the area asked for', async () => {
  const root = rulebookOf({
    'national/example/memory.yaml': MEMORY,
    'national/blank.yaml': entry('example.blank', ["from: 2024-01-01, basis: '', grade: sourced, value: 3"]),
    'areas/example/residents.yaml': area([...WHOLE_LEVEL, ...DISPUTED], 'gaps: [{ what: rate, zh: 未载, en: silent }]'),
  })
  const pageOf = async (asked?: string): Promise<string> => {
    const lines: string[] = []
    await rulebookCommand({ act: 'check', folder: root, day: DAY, years: undefined, area: asked, asJson: false }, (line) => lines.push(line)) // prettier-ignore
    process.exitCode = 0
    return lines.join('\n')
  }
  const whole = await pageOf()
  assert.match(whole, /unsourced +disputed +known gap\n✖ national +1 +· +·\n {2}example\/residents +· +1 +1\n {2}national\/example +2 +· +·\n {2}合计 in all +3 +1 +1\n/) // prettier-ignore
  assert.match(whole, /✖ national\/blank.yaml/)
  assert.doesNotMatch(whole, /来源互相矛盾/)
  assert.match(whole, /rulebook check --area /)
  const part = await pageOf('example')
  assert.match(part, /来源互相矛盾/)
  assert.doesNotMatch(part, /example\.memory|national/)
  const memory = await pageOf('national/example')
  assert.equal(memory.match(/凭记忆/g)?.length, 1, 'what is said of two values is said once')
  assert.match(memory, /example\.memory · one\n {6}example\.memory · two\n/)
})

test('in JSON the counts are those of the findings, and of one area they are its own', () => {
  type Json = { faults: number; places: { place: string; counts: Record<string, number> }[]; findings: Finding[] }
  const all = JSON.parse(jieli('check', '--json').stdout) as Json
  const total = all.places.flatMap(({ counts }) => Object.values(counts)).reduce((sum, count) => sum + count, 0)
  assert.equal(total, all.findings.length)
  const { status, stdout } = jieli('check', '--json', '--area', 'changsha')
  const part = JSON.parse(stdout) as Json
  assert.equal(status, 0)
  assert.deepEqual(
    part.places,
    all.places.filter(({ place }) => place.startsWith('changsha/')),
  )
  assert.ok(part.findings.length > 0 && part.findings.every(({ file }) => file.startsWith('areas/changsha/')))
})
