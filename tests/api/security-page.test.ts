import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'

const ROOT = join(import.meta.dirname, '..', '..')
const page = readFileSync(join(ROOT, 'docs', 'security.md'), 'utf8')
const rows = page.split('\n').flatMap((line) => {
  const [, ids = '', level, , state = '', where = ''] = line.split('|').map((cell) => cell.trim())
  return /^V\d+\./.test(ids) ? ids.split(', ').map((id) => ({ id, level, state, where })) : []
})

test('The table answers each of the 253 requirements of ASVS 5.0.0 level 2 once, and its sum is right', () => {
  assert.equal(new Set(rows.map(({ id }) => id)).size, 253)
  assert.equal(rows.length, 253)
  const count = (holds: (row: (typeof rows)[number]) => boolean): number => rows.filter(holds).length
  assert.deepEqual([count(({ level }) => level === '1'), count(({ level }) => level === '2')], [70, 183])
  const sum = ['done', 'part', 'open', 'n/a'].map((state) => count((row) => row.state === state))
  assert.equal(
    sum.reduce((total, one) => total + one),
    253,
  )
  assert.ok(page.includes(`**${sum[0]} done, ${sum[1]} part, ${sum[2]} open, ${sum[3]} not applicable**`), sum.join(' '))
})

test('Every file that the page names is there, and every requirement that is done says by what', () => {
  for (const [, path = ''] of page.matchAll(/`((?:src|tests|docs|rulebook|tools|web)\/[\w./-]+\.(?:ts|tsx|md|yaml))`/g))
    assert.ok(existsSync(join(ROOT, path)), path)
  for (const { id, where } of rows) assert.ok(where.length > 3, id)
})
