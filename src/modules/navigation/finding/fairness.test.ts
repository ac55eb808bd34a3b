import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import type { OrgId } from '../../../kernel/id.ts'
import { findInput } from './contract.ts'
import { findWith } from './find.ts'
import { findingRegion, ID, pool, RESIDENT, VILLAGE } from '../../../../tests/harness/finding-region.ts'
import type { PriceOf } from './search-places.ts'
import { run } from '../../../platform/forms/run.ts'

const MODULE = join(import.meta.dirname, '..')
const sources = readdirSync(MODULE, { recursive: true, encoding: 'utf8' }).filter(
  (name) => /\.(ts|sql)$/.test(name) && !name.endsWith('.test.ts'),
)

test('navigation reads no table of prices, funds, bills or settlements', () => {
  assert.ok(sources.length > 40, 'the sources were seen')
  const money = /\b(settlement|fund|pharmacy|bill|tariff|charge)\.[a-z_]+|\b(revenue|income|surplus|commission)\b/i
  const found = sources.filter((name) =>
    money.test(readFileSync(join(MODULE, name), 'utf8').replaceAll(/\/\*[^]*?\*\/|\/\/.*|--.*/g, '')),
  )
  assert.deepEqual(found, [])
})

test('the engine is told nothing of money: a site has these fields and no others', () => {
  const text = readFileSync(join(MODULE, 'engine', 'world.ts'), 'utf8')
  const fieldsOf = (type: string): string[] => {
    const body = text.slice(text.indexOf(`export type ${type} = {`)).split('\n}')[0] ?? ''
    return [...body.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, name]) => name as string)
  }
  assert.deepEqual(fieldsOf('Site'), ['id', 'tier', 'longitude', 'latitude', 'division', 'hasDoubtfulPoint'])
  assert.deepEqual(fieldsOf('Need'), ['key', 'specialty'])
})

test('a price that is known is shown, and ranks only when the resident asks for the cheapest', async (t) => {
  const house = await findingRegion(t)
  for (const org of [ID.county, ID.tcm, ID.city]) await pool(house, org, 1)
  const costs: Readonly<Record<string, number>> = { [ID.county]: 90_000, [ID.tcm]: 80_000, [ID.city]: 500 }
  const priceOf: PriceOf = ({ institution }) => costs[institution as OrgId] ?? 90_000
  const asked = async (form: ReturnType<typeof findWith>, prefer: string): Promise<[string, number | null][]> => {
    const input = findInput.parse({ condition: 'coronary-heart-disease', village: VILLAGE, prefer })
    const outcome = await run(house.house, form, input, { actor: RESIDENT, request: '00000000-0000-4000-8000-000000000009' })
    assert.ok(outcome.ok)
    const { places } = JSON.parse(outcome.value.text) as {
      places: { institution: { id: string }; price: { fen: number | null } }[]
    }
    return places.map(({ institution, price }) => [institution.id, price.fen])
  }
  const unknown = await asked(
    findWith(() => null),
    'fit',
  )
  const known = await asked(findWith(priceOf), 'fit')
  assert.deepEqual(known.map(([id]) => id), unknown.map(([id]) => id), 'knowing prices moves nothing') // prettier-ignore
  assert.deepEqual([known[0], unknown[0]], [[ID.county, 90_000], [ID.county, null]]) // prettier-ignore
  assert.equal((await asked(findWith(priceOf), 'cheapest'))[0]?.[0], ID.city)
  const note = await house.done('navigation.find', RESIDENT, {
    condition: 'coronary-heart-disease',
    village: VILLAGE,
    prefer: 'cheapest',
  })
  assert.deepEqual(note.notes.map(({ code }: { code: string }) => code), ['price-unknown']) // prettier-ignore
})
