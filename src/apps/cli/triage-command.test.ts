import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'

const CLI = join(import.meta.dirname, '..', 'cli.ts')
const folder = mkdtempSync(join(tmpdir(), 'jieli-triage-'))
after(() => rmSync(folder, { recursive: true }))

// Neither a database nor a server stands behind this data folder.
const jieli = (...words: string[]) =>
  spawnSync(process.execPath, [CLI, 'triage', ...words], {
    encoding: 'utf8',
    env: { ...process.env, JIELI_DATA: folder, DATABASE_URL: '' },
  })

test('one text is answered as JSON, with codes as the catalogue prints them', () => {
  const { stdout, status } = jieli('胸口闷痛出冷汗半小时', '--json')
  const answer = JSON.parse(stdout)
  assert.equal(status, 0)
  assert.equal(answer.urgency, 'emergency')
  assert.equal(answer.dangerSigns[0].channel, 'chest-pain')
  const codes = answer.departments.map(({ code }: { code: string }) => code)
  assert.ok(codes.includes('20') && codes.includes('03.04'), codes.join(' '))
  assert.ok(answer.reasons.length > 0)
})

test('a file is answered line by line; a bad line is named and the exit code says so', () => {
  const file = join(folder, 'texts.jsonl')
  writeFileSync(
    file,
    [
      '{"id":"a","text":"反酸烧心半年"}',
      'no json',
      '',
      '{"id":7,"text":"停车怎么收费"}',
      '{"id":"c","text":5}',
      '{"id":"d","text":"咳嗽","age":4,"sex":"男"}',
    ].join('\n'),
  )
  const { stdout, status } = jieli('--file', file)
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  assert.equal(status, 1)
  assert.deepEqual(
    lines.map((line) => line.id ?? line.line),
    ['a', 2, 7, 5, 'd'],
  )
  assert.equal(lines[0].departments[0].code, '03.02')
  assert.deepEqual(lines[2].departments, [])
  assert.match(lines[1].error.zh, /JSON/)
  assert.match(lines[3].error.en, /text/)
  assert.equal(lines[4].departments[0].code, '07')
})

test('what is missing or cannot be used is told in both languages', () => {
  for (const words of [[], ['--file', join(folder, 'absent.jsonl')], ['头痛', '--age', 'old'], ['头痛', '--sex', 'x']]) {
    const { stderr, status } = jieli(...words)
    assert.equal(status, 1)
    assert.match(stderr, /[一-鿿]/)
    assert.match(stderr, /[A-Za-z]{4}/)
  }
})
