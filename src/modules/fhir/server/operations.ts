import type { PersonId } from '../../../kernel/id.ts'
import { instant, isInstant } from '../../../kernel/clock.ts'
import type { House } from '../../../platform/house.ts'
import {
  note,
  openedBody,
  parseExact,
  personsOfPatients,
  PUBLIC_TYPES,
  searchRows,
  type Resource,
} from '../../health-record/index.ts'
import { idsOf, matchPersons, type Match, type MatchCandidate } from '../../residents/index.ts'
import { isDay, type Day } from '../../../kernel/day.ts'
import { operationOutcome, validateResource } from '../validation/index.ts'
import { SERVED_TYPES } from '../capability/served-types.ts'
import { openFhirAct } from './act.ts'
import { admit, reachOf } from './caller.ts'
import { shownOf, type FhirAnswer, type FhirRequest } from './exchange.ts'
import type { Faces } from './face.ts'
import { FhirRefusal } from './refusal.ts'

type Fields = { readonly [name: string]: unknown }
type Parameter = { readonly name?: string; readonly resource?: Resource; readonly [value: string]: unknown }

const parametersOf = (resource: unknown): readonly Parameter[] =>
  (resource as Fields)['resourceType'] === 'Parameters' ? (((resource as Fields)['parameter'] ?? []) as readonly Parameter[]) : []

const valueOf = (request: FhirRequest, resource: unknown, name: string): string | null => {
  const given = request.query.find(([key]) => key === name)?.[1]
  const [found] = parametersOf(resource).filter((one) => one.name === name)
  const [, value] = Object.entries(found ?? {}).find(([key]) => key.startsWith('value')) ?? []
  return given ?? (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : null)
}

/** `$validate`: what R4 and the named profiles say to a resource; nothing is written. */
export const validate = (request: FhirRequest, resource: unknown): FhirAnswer => {
  const checked = parametersOf(resource).find(({ name }) => name === 'resource')?.resource ?? resource
  const profile = valueOf(request, resource, 'profile')
  return { status: 200, text: operationOutcome(validateResource(checked, profile === null ? [] : [profile])) }
}

const EVERYTHING_MOST = 1_000
const EVERYTHING_USUAL = 200

type Mark = { readonly at: string; readonly id: string; readonly type: string }

const startOf = (cursor: string | null): Mark | null => {
  if (cursor === null) return null
  try {
    const mark = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as Mark
    if (SERVED_TYPES.includes(mark.type) && /^[0-9a-f-]{36}$/.test(mark.id)) return mark
  } catch {
    // Said below.
  }
  throw new FhirRefusal('fhir.parameter-malformed', { name: '_cursor' })
}

/** `Patient/…/$everything`: all of a person's record that the caller may see, type by type, in pages. */
export const everything = (house: House, faces: Faces, request: FhirRequest, fhirId: string): Promise<FhirAnswer> => {
  const only = admit(request.caller, 'read', 'Patient')
  const since = valueOf(request, {}, '_since')
  if (since !== null && !isInstant(since)) throw new FhirRefusal('fhir.parameter-malformed', { name: '_since' })
  const limit = Math.min(
    EVERYTHING_MOST,
    Math.max(1, Number(valueOf(request, {}, '_count') ?? EVERYTHING_USUAL) || EVERYTHING_USUAL),
  )
  const wanted = valueOf(request, {}, '_type')?.split(',') ?? null
  const start = startOf(valueOf(request, {}, '_cursor'))
  return openFhirAct(house, { caller: request.caller, request: request.id }, [], async (open) => {
    const person = (await personsOfPatients(open.tx, [fhirId])).get(fhirId)
    const persons = person ? await idsOf(open.tx, person) : []
    if (!person || (only && !persons.includes(only))) throw new FhirRefusal('fhir.not-found')
    const patient = start ? null : ((await faces.get('Patient')?.read(open, fhirId))?.text ?? null)
    const types = SERVED_TYPES.filter((type) => {
      const reach = reachOf(request.caller, 'read', type)
      const isReached = reach !== null && (reach.only === null || persons.includes(reach.only))
      return isReached && !PUBLIC_TYPES.has(type) && (!wanted || wanted.includes(type))
    })
    const entries: string[] =
      patient && (!wanted || wanted.includes('Patient'))
        ? [`{"fullUrl":"${request.base}/Patient/${fhirId}","resource":${patient}}`]
        : []
    const next = await gatherTypes({ open, persons, types, since, start, limit, entries, base: request.base })
    if (entries.length === 0 && !next) throw new FhirRefusal('fhir.not-found')
    await note(open.tx, open.act.now, {
      form: 'fhir.everything',
      kind: 'query',
      rows: [{ person, request: `${request.id} Patient/${fhirId}` }],
    })
    const self = `${request.base}/Patient/${fhirId}/$everything?_count=${limit}${since ? `&_since=${since}` : ''}${wanted ? `&_type=${wanted.join(',')}` : ''}`
    const links = [
      { relation: 'self', url: self },
      ...(next ? [{ relation: 'next', url: `${self}&_cursor=${Buffer.from(JSON.stringify(next)).toString('base64url')}` }] : []),
    ]
    return {
      status: 200,
      text: `{"resourceType":"Bundle","type":"searchset","link":${JSON.stringify(links)},"entry":[${entries.join(',')}]}`,
    }
  })
}

type Gathering = {
  readonly open: Parameters<Parameters<typeof openFhirAct>[3]>[0]
  readonly persons: Awaited<ReturnType<typeof idsOf>>
  readonly types: readonly string[]
  readonly since: string | null
  readonly start: Mark | null
  readonly limit: number
  readonly entries: string[]
  readonly base: string
}

const gatherTypes = async ({ open, persons, types, since, start, limit, entries, base }: Gathering): Promise<Mark | null> => {
  const recorded = { from: since === null ? null : instant(since), until: null }
  let after: { at: string; id: string } | null = start
  for (const type of start ? types.slice(types.indexOf(start.type)) : types) {
    const narrowed = {
      type,
      persons,
      org: null,
      isEverything: false,
      fhirIds: null,
      tokens: [],
      keys: [],
      effective: { from: null, until: null },
      recorded,
    }
    const rows = await searchRows(open.tx, narrowed, { by: 'id', isDown: false }, { limit: limit + 1 - entries.length, after })
    for (const row of rows) {
      if (entries.length === limit) return { type, ...(after ?? { at: '', id: '00000000-0000-0000-0000-000000000000' }) }
      const body = openedBody(row.body, row.wrappedKey, open.act.cipher)
      if (body !== null) entries.push(`{"fullUrl":"${base}/${type}/${row.fhirId}","resource":${shownOf(row, body).text}}`)
      after = { at: row.at, id: row.id }
    }
    after = null
  }
  return null
}

const textsOf = (value: unknown): string[] => [value].flat().filter((one): one is string => typeof one === 'string')

const candidateOf = (patient: Fields): MatchCandidate => {
  const names = ([patient['name']].flat() as Fields[]).filter(Boolean)
  const written = names.map(
    (name) => textsOf(name['text'])[0] ?? [...textsOf(name['family']), ...textsOf(name['given'])].join(''),
  )
  const zh = written.find((one) => /\p{Script=Han}/u.test(one)) ?? written[0]
  const [phone] = ([patient['telecom']].flat() as Fields[])
    .filter((one) => one?.['system'] === 'phone')
    .flatMap((one) => textsOf(one['value']))
  const day = textsOf(patient['birthDate'])[0]
  const sex = (['male', 'female', 'unknown', 'other'] as const).find((one) => one === patient['gender'])
  const numbers = ([patient['identifier']].flat() as Fields[])
    .filter(Boolean)
    .flatMap((one) => textsOf(one['value']).map((number) => ({ type: '01', number })))
  return {
    name: zh ? { zh } : {},
    ...(sex ? { sex } : {}),
    ...(day && isDay(day) ? { bornOn: day as Day } : {}),
    ...(phone ? { phone } : {}),
    numbers,
  } as MatchCandidate
}

const SEARCHED_MOST = 50

const matchEntry = async (found: Match, faces: Faces, open: Gathering['open'], base: string): Promise<string | null> => {
  const text = (await faces.get('Patient')?.read(open, found.person))?.text
  if (text === undefined) return null
  const grade = JSON.stringify([{ url: 'http://hl7.org/fhir/StructureDefinition/match-grade', valueCode: found.grade }])
  return `{"fullUrl":"${base}/Patient/${found.person}","resource":${text},"search":{"extension":${grade},"mode":"match","score":${found.score}}}`
}

/** `Patient/$match`: persons who may be the one described, with score and grade, of those whom the caller may see. */
export const match = (house: House, faces: Faces, request: FhirRequest, resource: unknown): Promise<FhirAnswer> => {
  if (admit(request.caller, 'search-type', 'Patient') !== null || request.caller.actor.role === 'resident')
    throw new FhirRefusal('fhir.role-may-not')
  const patient = parametersOf(resource).find(({ name }) => name === 'resource')?.resource ?? (resource as Resource)
  if (patient.resourceType !== 'Patient') throw new FhirRefusal('fhir.type-differs')
  const onlyCertain = valueOf(request, resource, 'onlyCertainMatches') === 'true'
  const wish = valueOf(request, resource, 'count') ?? String(SEARCHED_MOST)
  if (!/^[1-9]\d{0,8}$/.test(wish)) throw new FhirRefusal('fhir.parameter-malformed', { name: 'count' })
  const count = Math.min(SEARCHED_MOST, Number(wish))
  return openFhirAct(house, { caller: request.caller, request: request.id }, [], async (open) => {
    const found = await matchPersons(open.tx, candidateOf(parseExact(JSON.stringify(patient)) as Fields), {
      policy: open.act.policy,
      cipher: open.act.cipher,
    })
    const wanted = found.filter(({ grade }) => !onlyCertain || grade === 'certain').slice(0, count)
    const entries: string[] = []
    const shown: PersonId[] = []
    for (const one of wanted) {
      const entry = await matchEntry(one, faces, open, request.base)
      if (!entry) continue
      entries.push(entry)
      shown.push(one.person)
    }
    await note(open.tx, open.act.now, {
      form: 'fhir.match',
      kind: 'query',
      rows:
        shown.length > 0
          ? shown.map((person) => ({ person, request: `${request.id} Patient/${person}` }))
          : [{ person: null, request: request.id }],
    })
    return {
      status: 200,
      text: `{"resourceType":"Bundle","type":"searchset","total":${entries.length},"entry":[${entries.join(',')}]}`,
    }
  })
}
