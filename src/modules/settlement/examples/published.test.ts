import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse } from 'yaml'
import { SHIPPED_RULEBOOK } from '../../../platform/rulebook.ts'
import { areaFile, type AreaBook } from '../rules/area-schema.ts'
import { areaClaim, settleClaim, type SettledClaim } from '../rules/settle-claim.ts'

const AMOUNTS = [
  'basicFen',
  'fundFen',
  'personalFen',
  'ownPayFen',
  'overLimitFen',
  'preSelfFen',
  'accountFen',
  'cashFen',
] as const
type Expected = Partial<Record<(typeof AMOUNTS)[number], number>> & {
  layers?: Readonly<Record<string, number>>
  relatives?: Readonly<Record<string, number>>
}
type Example = {
  readonly id: string
  readonly source: string
  readonly letter: 'A' | 'B' | 'C'
  readonly zh: string
  readonly area?: string
  readonly book?: unknown
  readonly claim: unknown
  readonly expect: Expected
  readonly agrees: boolean
  readonly because?: { readonly zh: string; readonly en: string }
}

const FOLDER = join(import.meta.dirname, 'published')
const examples = readdirSync(FOLDER).toSorted().map((name) => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as Example) // prettier-ignore

/** The book that the example names, or the one that it states itself. */
const bookOf = ({ area, book }: Example): AreaBook =>
  areaFile.parse(area === undefined ? book : parse(readFileSync(join(SHIPPED_RULEBOOK, 'areas', `${area}.yaml`), 'utf8')))

const settled = (example: Example): SettledClaim => settleClaim(bookOf(example), areaClaim.parse(example.claim))

/** Of a settlement, the figures that the source publishes. */
const publishedOf = (found: SettledClaim, expect: Expected): Expected => ({
  ...Object.fromEntries(AMOUNTS.flatMap((name) => (expect[name] === undefined ? [] : [[name, found[name]]]))),
  ...(expect.layers === undefined
    ? {}
    : { layers: Object.fromEntries(found.layers.map(({ layer, amountFen }) => [layer, amountFen])) }),
  ...(expect.relatives === undefined
    ? {}
    : { relatives: Object.fromEntries(found.relatives.map(({ owner, amountFen }) => [owner, amountFen])) }),
})

for (const example of examples) {
  const { id, source, letter, zh, expect, agrees, because } = example
  test(`${id}: ${zh} (${letter}: ${source})${agrees ? '' : `: does not agree, because ${because?.en}`}`, () => {
    const found = settled(example)
    const figures = publishedOf(found, expect)
    if (agrees) assert.deepEqual(figures, expect)
    else {
      assert.notDeepEqual(figures, expect)
      assert.ok(because !== undefined && because.zh !== '')
    }
    assert.equal(found.fundFen + found.personalFen, found.totalFen)
    const ofRelatives = found.relatives.reduce((sum, { amountFen }) => sum + amountFen, 0)
    assert.equal(found.accountFen + ofRelatives + found.cashFen, found.personalFen)
  })
}

test('at least twenty published examples agree to the fen', () => {
  assert.ok(examples.filter(({ agrees }) => agrees).length >= 20)
})

test('docs/settlement.md sends the reader to examples that are there', () => {
  const page = readFileSync(join(SHIPPED_RULEBOOK, '..', 'docs', 'settlement.md'), 'utf8')
  const part = /## 怎样陈述一个算例[^]*?\n## /.exec(page)?.[0] ?? ''
  const named = [...part.matchAll(/^\|.*\|([^|]*)\|$/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([a-z0-9-]+)`/g)].map(([, id]) => id),
  )
  assert.ok(named.length > 0)
  assert.deepEqual(named.filter((named) => !examples.some(({ id }) => id === named)), []) // prettier-ignore
})
