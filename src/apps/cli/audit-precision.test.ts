import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AUDIT_RULE_IDS } from '../../modules/audit-rules/index.ts'
import { runCli } from '../cli.ts'
import { CliRefusal } from './cli-refusal.ts'

const printed = async (...words: string[]): Promise<string[]> => {
  const lines: string[] = []
  await runCli(['audit', 'precision', ...words], (line) => lines.push(line))
  return lines
}

test('the table has a row for each rule, and says with which seed it was made', async () => {
  const lines = await printed('--seed', '7')
  assert.equal(lines.filter((line) => /^\| \d+ \|/.test(line)).length, AUDIT_RULE_IDS.length)
  assert.match(lines.at(-1) ?? '', /种子 7.*seed 7/)
  assert.notDeepEqual(await printed('--seed', '8'), lines)
})

test('as JSON every rule has its counts, and the figures follow from them', async () => {
  const [json = ''] = await printed('--json')
  const { seed, rules } = JSON.parse(json) as {
    seed: number
    rules: {
      rule: string
      whole: { planted: number; nearMisses: number; hits: number; right: number; precision: number; recall: number }
    }[]
  }
  assert.equal(seed, 11)
  assert.deepEqual(
    rules.map(({ rule }) => rule),
    [...AUDIT_RULE_IDS],
  )
  for (const { rule, whole } of rules) {
    assert.equal(whole.planted, 40, rule)
    assert.equal(whole.nearMisses, 40, rule)
    assert.equal(whole.precision, Math.round((whole.right / whole.hits) * 1_000) / 10, rule)
    assert.equal(whole.recall, Math.round((whole.right / whole.planted) * 1_000) / 10, rule)
  }
})

test('a seed or a day that is none, and a day before the rules, are refused in words', async () => {
  for (const words of [
    ['--seed', 'many'],
    ['--seed', '99999999999'],
    ['--day', '2026-02-30'],
    ['--day', '1999-01-01'],
  ])
    await assert.rejects(printed(...words), CliRefusal, words.join(' '))
})
