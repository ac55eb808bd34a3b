import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import type { Finding } from '../../shapes/rulebook-check.ts'

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

const check = (root: string, ...words: string[]) => {
  const { stdout, stderr, status } = jieli('check', '--rulebook', root, '--day', '2026-11-23', '--json', ...words)
  assert.equal(stderr, '')
  const { findings, ...rest } = JSON.parse(stdout) as { findings: Finding[]; files: number; values: number }
  return { ...rest, status, kinds: findings.map(({ kind, key }) => `${kind} ${key}`) }
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

test('a rulebook without a fault ends with 0 and counts its values', () => {
  const { status, kinds, files, values } = check(rulebookOf({ 'national/whole.yaml': WHOLE }))
  assert.deepEqual({ status, kinds, files, values }, { status: 0, kinds: [], files: 1, values: 2 })
})

test('planted faults are found, each under its name, and end with 1', () => {
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
  const { status, kinds } = check(root)
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

test('what is only worth knowing ends with 0: ended, stale, from memory, disputed', () => {
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
  const { status, kinds } = check(root, '--years', '4')
  assert.equal(status, 0)
  assert.deepEqual(kinds.toSorted(), [
    'disputed example.disputed',
    'ended example.ended',
    'stale example.stale',
    'unsourced example.memory',
  ])
  assert.ok(!check(root, '--years', '5').kinds.some((kind) => kind.startsWith('stale')))
})

test('the shipped rulebook has nothing that must be corrected', () => {
  const { stdout, status } = jieli('check', '--json')
  const faults = (JSON.parse(stdout) as { findings: Finding[] }).findings.filter(({ weight }) => weight === 'fault')
  assert.deepEqual(faults, [])
  assert.equal(status, 0)
})

test('what cannot be asked is refused in both languages, with what can be', () => {
  for (const [words, says] of [
    [['burn'], /npx jieli rulebook check/],
    [['check', '--rulebook', join(folder, 'nowhere')], /--rulebook/],
    [['check', '--day', '2026-02-30'], /YYYY-MM-DD/],
    [['check', '--years', '0'], /1–50/],
  ] as const) {
    const { stderr, status } = jieli(...words)
    assert.equal(status, 1)
    assert.match(stderr, says)
    assert.match(stderr, /[\u4e00-\u9fff].*\n.*[a-z]/)
  }
})
