import assert from 'node:assert/strict'
import test from 'node:test'
import { IMPORTS_LEAST, readHouse, tidy, type House } from './tidy.ts'

const house = readHouse()

test('everything is in its place', (t) => {
  const { findings, large, imports } = tidy(house)
  for (const { path, line, says } of large) t.diagnostic(`large: ${path}:${line} ${says}`)
  t.diagnostic(`${imports} imports`)
  assert.deepEqual(findings, [])
})

const withFile = (path: string, text: string): House => ({
  ...house,
  sources: [...house.sources.filter((one) => one.path !== path), { path, text }],
})
const withRefusal = (code: string, zh: string, en: string): House => ({
  ...house,
  tables: [...house.tables, { [code]: { kind: 'conflict', zh, en, basis: null } }],
})

const long = (lines: number): string => Array.from({ length: lines }, (_, at) => `  work(${at})`).join('\n')

const PLANTS: readonly [what: string, rule: string, planted: House][] = [
  ['the kernel imports a shape', 'floor', withFile('src/kernel/planted.ts', `import { nextState } from '../shapes/case.ts'`)],
  ['the kernel imports a package', 'floor', withFile('src/kernel/planted.ts', `import { z } from 'zod'`)],
  ['a shape imports the platform', 'floor', withFile('src/shapes/planted.ts', `import { sql } from '../platform/database/pool.ts'`)],
  ['the platform imports a module', 'floor', withFile('src/platform/planted.ts', `import { findPerson } from '../modules/residents/index.ts'`)],
  ['the platform imports a module’s type', 'floor', withFile('src/platform/planted.ts', `import type { Person } from '../modules/residents/index.ts'`)],
  ['a module imports one above it', 'floor', withFile('src/modules/booking/planted.ts', `import { lifecycle } from '../referral/index.ts'`)],
  ['a module imports one beside it', 'floor', withFile('src/modules/referral/planted.ts', `import type { Condition } from '../navigation/index.ts'`)],
  ['a module passes on one above it', 'floor', withFile('src/modules/booking/planted.ts', `export { lifecycle } from '../referral/index.ts'`)],
  ['a module imports one above it when asked', 'floor', withFile('src/modules/booking/planted.ts', `const late = () => import('../referral/index.ts')`)],
  ['a module enters another by the window', 'floor', withFile('src/modules/referral/planted.ts', `import { saveDrawn } from '../booking/store.ts'`)],
  ['a module imports an app', 'floor', withFile('src/modules/booking/planted.ts', `import { api } from '../../apps/api.ts'`)],
  ['a module on no floor', 'floor', withFile('src/modules/planted/index.ts', `import { findPerson } from '../residents/index.ts'`)],
  ['a screen imports a store', 'floor', withFile('web/planted.tsx', `import { findPool } from '../src/modules/booking/store.ts'`)],
  ['a contract reaches Node', 'contract', withFile('src/modules/booking/contract.ts', `import { randomBytes } from 'node:crypto'`)],
  ['a contract reaches a package by way of another file', 'contract', withFile('src/modules/booking/contract.ts', `import { findPool } from './store.ts'`)],
  ['a number of policy in a rule', 'number', withFile('src/modules/booking/rules/planted.ts', `export const mayWait = (hours: number) => hours < 24`)],
  ['a number in a constant without its source', 'number', withFile('src/modules/booking/rules/planted.ts', `\nconst HOURS_MOST = 48`)],
  ['a number in a constant in small letters', 'number', withFile('src/modules/booking/rules/planted.ts', `// Why.\nconst hoursMost = 48`)],
  ['the host’s clock', 'clock', withFile('src/modules/booking/planted.ts', `export const now = () => new Date()`)],
  ['the host’s clock in numbers', 'clock', withFile('src/platform/planted.ts', `export const now = () => Date.now()`)],
  ['SQL in a command', 'sql', withFile('src/modules/booking/planted.ts', 'const q = sql`select 1`')],
  ['a default export', 'default-export', withFile('src/kernel/planted.ts', `export default 1`)],
  ['a default export by name', 'default-export', withFile('web/planted.ts', `const one = 1\nexport { one as default }`)],
  ['a file that is too long', 'size', withFile('src/platform/planted.ts', long(401))],
  ['a function that is too long', 'size', withFile('src/platform/planted.ts', `export const f = () => {\n${long(80)}\n}`)],
  ['a refusal without Chinese', 'refusal', withRefusal('planted.one', 'no', 'No.')],
  ['a refusal without English', 'refusal', withRefusal('planted.one', '不行。', '不行。')],
  ['a placeholder in one language only', 'refusal', withRefusal('planted.one', '不行。', 'No, {why}.')],
  ['a refusal that stands in no table', 'refusal', withFile('src/modules/booking/planted.ts', `const no = refuse('booking.planted')`)],
  ['a refusal made without a fact that it shows', 'refusal', withFile('src/modules/booking/planted.ts', `const no = refuse('booking.publish-too-far', { hours: 1 })`)],
  ['a list of refusals made without a fact', 'refusal', withFile('src/modules/booking/planted.ts', `const no = [{ code: 'booking.publish-too-far', field: 'day' }]`)],
  ['a lost race told without a fact', 'refusal', withFile('src/modules/booking/planted.ts', `throw new Refused('booking.publish-too-far')`)],
  ['a word without a line', 'glossary', withFile('src/modules/booking/booking.ts', `export type Planted = string`)],
  ['a word passed on without a line', 'glossary', withFile('src/modules/booking/index.ts', `export type { Planted } from './booking.ts'`)],
  ['a file that is let through and is gone', 'allowance', { ...house, sources: house.sources.filter(({ path }) => path !== 'src/kernel/clock.ts') }],
  ['nothing to see', 'blind', { ...house, sources: house.sources.slice(0, 20) }],
] // prettier-ignore

for (const [what, rule, planted] of PLANTS)
  test(`found: ${what}`, () => {
    const rules = tidy(planted).findings.map((finding) => finding.rule)
    assert.ok(rules.includes(rule), `the planted breach was not seen; found ${rules.join(', ')}`)
  })

test('what may be is let through', () => {
  const may = [
    withFile('src/modules/referral/planted.ts', `import { findPool } from '../booking/index.ts'\nimport { z } from 'zod'`),
    withFile('web/planted.tsx', `import type { Api } from '../src/apps/api.ts'\nimport { isDay } from '../src/kernel/day.ts'`),
    withFile(
      'src/modules/booking/rules/planted.ts',
      `// Half of a degree, WGS 84.\nexport const STEP_METRES = 55_660\nexport const county = (code: string) => code.slice(0, 6)\nexport const ms = (hours: number) => hours * 3_600_000`,
    ),
    withFile('src/modules/booking/planted-store.ts', 'const q = sql`select 1`'),
    withFile('src/modules/booking/planted.ts', `const no = refuse('booking.publish-too-far', { days: 1 })`),
    withRefusal('planted.one', '不行({why})。', 'No ({why_en}).'),
  ]
  for (const planted of may) assert.deepEqual(tidy(planted).findings, [])
})

test('a file that cannot be parsed fails, it is not passed over', () => {
  assert.throws(() => tidy(withFile('src/kernel/planted.ts', 'export const = 1')), /planted\.ts cannot be parsed/)
  assert.ok(IMPORTS_LEAST > 1_000)
})
