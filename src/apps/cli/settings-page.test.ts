import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { SETTINGS } from '../../platform/config.ts'
import { settingsPage } from './settings-page.ts'

test('docs/settings.md says what the program reads; after a change, run npx jieli settings --write', () => {
  assert.equal(readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'settings.md'), 'utf8'), settingsPage())
})

test('Every setting has a row of its own with four cells', () => {
  const rows = settingsPage()
    .split('\n')
    .filter((line) => line.startsWith('| `'))
  assert.equal(rows.length, Object.keys(SETTINGS).length)
  for (const row of rows) assert.equal(row.replaceAll('\\|', '').split('|').length, 6, row)
})
