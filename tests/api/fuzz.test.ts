import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { runChecks } from '../../src/apps/checks.ts'
import type { Actor } from '../../src/platform/access.ts'
import { sql } from '../../src/platform/database/pool.ts'
import type { AnyForm } from '../../src/platform/forms/form.ts'
import { PLACES, seedOfRun, SPECIALTIES, STAFF } from '../invariants/small-region.ts'
import { cameBack, isReadBack } from './read-back.ts'
import { oracleOf, publishedSchema, type Schema } from './schema-oracle.ts'
import { faultOfError, serve, type Answer, type Served } from './serve.ts'

// Inputs are drawn from what the API says of itself: mostly what fits, with edges of every kind, and sometimes what cannot fit.
// About 3 000 requests in the suite; JIELI_SEED repeats a run, JIELI_FUZZ=100000 asks for so many (docs/security.md).
const REQUESTS = Number(process.env['JIELI_FUZZ'] ?? 3_000)
const AT_ONCE = 8
/** A form whose values are read back is asked so many times more, until one of its acceptances was. */
const READ_BACK_MOST = 400

type Known = { readonly ids: readonly string[]; readonly digits: readonly string[] }

const TEXTS = [
  '',
  ' ',
  '演示',
  '𠮷䶮',
  'e\u0301',
  '\u202e',
  '👨‍👩‍👧',
  '=1+1',
  "'; drop table x; --",
  '%',
  '_',
  '\\',
  '１２',
  '{"a":1}',
  'null',
  '0',
  '-1',
  'a'.repeat(2_001),
]
const DAYS = [
  '2026-02-28',
  '2024-02-29',
  '2026-02-29',
  '0001-01-01',
  '0000-01-01',
  '9999-12-31',
  '2026-13-01',
  '２０２６-01-01',
  '1900-01-01',
  '2026-12-31',
]
const INSTANTS = [
  '2026-12-01T08:00:00+08:00',
  '2026-12-01T08:00:00Z',
  '0000-01-01T00:00:00Z',
  '0001-01-01T00:00:00+14:00',
  '9999-12-31T23:59:59-12:00',
  '2026-12-01T24:00:00Z',
  '2027-01-01T00:00:00.123456789Z',
  '2026-12-01',
]
const NUMBERS = [0, -0, 1, -1, 0.1 + 0.2, 2 ** 31, 2 ** 31 - 1, -(2 ** 31) - 1, 2 ** 53 - 1, 0.5, 1_000_000]
const ODD = fc.oneof(
  fc.constantFrom<unknown>(null, true, [], {}, '1', 1, [[]], { zh: 1 }),
  fc.constantFrom(...TEXTS),
  fc.constantFrom(...NUMBERS),
)

const textFor = (schema: Schema, name: string, known: Known): fc.Arbitrary<unknown> => {
  if (schema['format'] === 'uuid') return fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...known.ids) }, fc.uuid())
  const pattern = String(schema['pattern'] ?? '')
  if (pattern.includes('{1,18}'))
    return fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom(...known.digits) },
      fc.constantFrom('0', '007', '999999999999999999', '1'),
    )
  if (pattern !== '')
    return fc.oneof(
      { weight: 6, arbitrary: fc.stringMatching(new RegExp(pattern)) },
      fc.constantFrom(...SPECIALTIES, '430399101201', '430399'),
      fc.constantFrom(...TEXTS),
    )
  if (/At$|starts|occurred|since/i.test(name)) return fc.constantFrom(...INSTANTS)
  if (/(On|^on|^from|^until|^day)$/.test(name)) return fc.constantFrom(...DAYS)
  return fc.oneof(fc.constantFrom(...TEXTS, ...DAYS, ...known.digits), fc.string({ maxLength: 40, unit: 'grapheme' }))
}

const fitting = (schema: Schema, name: string, known: Known): fc.Arbitrary<unknown> => {
  const branches = (schema['anyOf'] ?? schema['oneOf']) as Schema[] | undefined
  if (branches) return fc.oneof(...branches.map((branch) => valueFor(branch, name, known)))
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]))
  if ('const' in schema) return fc.constant(schema['const'])
  const [type] = [schema['type'] ?? 'string'].flat()
  if (type === 'string') return textFor(schema, name, known)
  if (type === 'boolean') return fc.boolean()
  if (type === 'null') return fc.constant(null)
  if (type === 'array') return fc.array(valueFor(schema['items'] as Schema, name, known), { maxLength: 3 })
  if (type === 'integer' || type === 'number') {
    const within = { min: Math.max(Number(schema['minimum'] ?? -10), -1e6), max: Math.min(Number(schema['maximum'] ?? 1e6), 1e6) }
    return fc.oneof(
      { weight: 4, arbitrary: fc.integer({ min: Math.ceil(within.min), max: Math.floor(within.max) }) },
      fc.constantFrom(...NUMBERS),
    )
  }
  return objectFor(schema, known)
}

const objectFor = (schema: Schema, known: Known): fc.Arbitrary<unknown> => {
  const fields = Object.entries((schema['properties'] ?? {}) as Record<string, Schema>).map(
    ([name, inner]) => [name, valueFor(inner, name, known)] as const,
  )
  return fc.record(Object.fromEntries(fields), { requiredKeys: (schema['required'] as string[] | undefined) ?? [] })
}

const valueFor = (schema: Schema, name: string, known: Known): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 24, arbitrary: fitting(schema, name, known) }, ODD)

const inputFor = (form: AnyForm, known: Known): fc.Arbitrary<unknown> => {
  const schema = publishedSchema(form)
  if (form.kind === 'command') return fitting(schema, '', known)
  const fields = Object.entries(schema['properties'] as Record<string, Schema>)
  return fc.record(Object.fromEntries(fields.map(([name, inner]) => [name, valueFor(inner, name, known)])), { requiredKeys: [] })
}

const asQuery = (input: unknown): string =>
  Object.entries(input as Record<string, unknown>)
    .flatMap(([name, value]) =>
      [value]
        .flat()
        .map(
          (one) =>
            `${encodeURIComponent(name)}=${encodeURIComponent(typeof one === 'object' ? JSON.stringify(one) : String(one))}`,
        ),
    )
    .join('&')

/** Things that really stand in the region, so that random input reaches behind the checks of shape. */
const furnish = async ({ house, persons }: Served): Promise<Known> => {
  const { now } = (await house.database.row<{ now: string }>(sql`select platform.jieli_now() as now`)) as { now: string }
  const ids: string[] = []
  for (const hours of [5, 50]) {
    const startsAt = new Date(Date.parse(now) + hours * 3_600_000).toISOString()
    const { pool } = await house.done('booking.publish-pool', STAFF.countyDesk, {
      specialty: '0300',
      kind: 'expert',
      startsAt,
      capacity: 5,
    })
    ids.push(pool)
  }
  const letter = { impression: '演示', reason: '演示', pastHistory: '', treatment: '' }
  for (const person of persons.slice(0, 3)) {
    const request = {
      person,
      receiver: PLACES.countyHospital,
      specialty: '0300',
      condition: { key: 'I10', zh: '高血压' },
      letter,
      consent: { by: 'patient' },
    }
    ids.push((await house.done('referral.send', STAFF.villageDoctor, request)).referral)
  }
  return { ids, digits: [...persons, ...Object.values(PLACES), '7'] }
}

/** What a run has seen. */
type Seen = { readonly statuses: Map<number, number>; readonly faults: string[]; readBack: number }

/** Somebody whose role has a part in it, mostly: who has none is turned away before anything is read. */
const actorFor = (form: AnyForm, actors: readonly Actor[], at: number): Actor => {
  const able = actors.filter((actor) => form.by.some((party) => party.startsWith(`${actor.role}@`)))
  return (able.length > 0 && at % 8 !== 0 ? able[at % able.length] : actors[at % actors.length]) as Actor
}

const asker = (served: Served, seen: Seen) => {
  const actors = [...Object.values(STAFF), served.resident]
  const faultOfAccepted = async (
    form: AnyForm,
    input: unknown,
    answer: Answer,
    as: Actor,
    fits: (input: unknown) => boolean,
  ): Promise<string | null> => {
    if (!fits(input)) return 'accepted, though it does not fit what the API says of itself'
    const fault = faultOfAnswer(answer)
    if (fault) return fault
    const { changed, isSeen } = await cameBack(served, form.name, input, answer.text, as)
    if (isSeen) seen.readBack += 1
    return changed
  }
  return async (form: AnyForm, input: unknown, at: number, fits: (input: unknown) => boolean): Promise<void> => {
    const as = actorFor(form, actors, at)
    const answer: Answer =
      form.kind === 'command'
        ? await served.post(form.name, { as, body: input })
        : await served.get(`/api/${form.name}?${asQuery(input)}`, { as })
    if (answer.error?.code === 'platform.sign-in-first') seen.faults.push(`${form.name}: the run lost its own session`)
    seen.statuses.set(answer.status, (seen.statuses.get(answer.status) ?? 0) + 1)
    const fault = answer.status === 200 ? await faultOfAccepted(form, input, answer, as, fits) : faultOfError(answer)
    if (fault) seen.faults.push(`${form.name} as ${as.role} ${JSON.stringify(input)}: ${fault}`)
  }
}

// An account that signs out everywhere, is disabled or loses its device would end the run's own sessions.
const ENDS_SESSIONS = ['security.sign-out-everywhere', 'security.disable-account', 'security.revoke-device']

test('whatever fits what the API says of itself gets an answer or a refusal; what does not is refused; what is kept is kept unchanged', async (t) => {
  const seed = seedOfRun() % 2 ** 31
  t.diagnostic(`JIELI_SEED=${seed}`)
  const served = await serve(t)
  const known = await furnish(served)
  const forms = [...served.house.house.forms.values()].filter(({ name }) => !ENDS_SESSIONS.includes(name))
  const perForm = Math.ceil(REQUESTS / forms.length)
  const seen: Seen = { statuses: new Map(), faults: [], readBack: 0 }
  const ask = asker(served, seen)
  for (const form of forms) {
    const fits = oracleOf(form)
    const most = isReadBack(form.name) ? perForm + READ_BACK_MOST : perForm
    const inputs = fc.sample(inputFor(form, known), { seed, numRuns: most })
    const before = seen.readBack
    for (let at = 0; at < perForm || (at < most && seen.readBack === before); at += AT_ONCE)
      await Promise.all(inputs.slice(at, at + AT_ONCE).map((input, one) => ask(form, input, at + one, fits)))
  }
  const { statuses, faults, readBack } = seen
  t.diagnostic(`${[...statuses].map(([status, times]) => `${status}: ${times}`).join(', ')}; ${readBack} read back`)
  assert.deepEqual([...new Set([...faults, ...served.bugs])].slice(0, 12), [])
  assert.ok(readBack > 0, 'nothing was read back')
  assert.ok((statuses.get(200) ?? 0) > REQUESTS / 20, 'hardly anything was accepted: the run reached nothing')
  assert.ok((statuses.get(400) ?? 0) > REQUESTS / 20 && (statuses.get(409) ?? 0) > 0 && (statuses.get(404) ?? 0) > 0)
  await served.house.settle()
  assert.deepEqual(
    (await runChecks(served.house.database)).filter(({ breaches }) => breaches > 0),
    [],
  )
})

const faultOfAnswer = ({ text, headers }: Answer): string | null => {
  if (!headers.get('content-type')?.startsWith('application/json')) return 'an answer that is no JSON'
  try {
    JSON.parse(text)
    return text.isWellFormed() ? null : 'a text is broken'
  } catch {
    return 'an answer that is no JSON'
  }
}
