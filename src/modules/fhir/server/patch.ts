import { applyPatch, type Operation } from 'rfc6902'
import { locate, openedBody, parseExact, type Resource } from '../../health-record/index.ts'
import type { FhirAct } from './act.ts'
import type { NewPatients } from './write.ts'
import { shownOf } from './exchange.ts'
import { FhirRefusal } from './refusal.ts'
import { checkValid, lockOwn, replaceIn, type Done } from './write.ts'

const OPERATIONS = ['add', 'remove', 'replace', 'move', 'copy', 'test']

const isOperation = (value: unknown): value is Operation => {
  const { op, path, from } = (value ?? {}) as { op?: unknown; path?: unknown; from?: unknown }
  const isNamed =
    typeof op === 'string' && OPERATIONS.includes(op) && typeof path === 'string' && (path === '' || path.startsWith('/'))
  return isNamed && (!['move', 'copy'].includes(op) || typeof from === 'string')
}

/** Reads a JSON Patch; refuses anything else. */
export const patchOf = (text: string): Operation[] => {
  let parsed: unknown
  try {
    parsed = parseExact(text)
  } catch {
    throw new FhirRefusal('fhir.body-unreadable', { why: 'JSON Patch' })
  }
  if (!Array.isArray(parsed) || parsed.length === 0 || !parsed.every(isOperation))
    throw new FhirRefusal('fhir.body-unreadable', { why: 'JSON Patch (RFC 6902)' })
  return parsed
}

const FIXED = /^\/(?:resourceType|id|meta\/versionId|meta\/lastUpdated)(?:\/|$)/

/** Applies a patch, all of it or nothing. */
export const patched = (text: string, operations: readonly Operation[]): Resource => {
  const target = parseExact(text) as Resource
  for (const [at, operation] of operations.entries()) {
    const isFixed = operation.op !== 'test' && (FIXED.test(operation.path) || operation.path === '')
    const [problem] = isFixed ? [new Error('fixed')] : applyPatch(target, [operation])
    if (problem) throw new FhirRefusal('fhir.patch-failed', { at: at + 1 })
  }
  return target
}

/** Patches the newest version of a resource into the next one. */
export const patchIn = async (
  open: FhirAct,
  type: string,
  fhirId: string,
  patch: readonly Operation[],
  ifMatch: string | null,
  made?: NewPatients,
): Promise<Done> => {
  const place = (await locate(open.tx, [{ type, fhirId }])).get(`${type}/${fhirId}`)
  if (!place) throw new FhirRefusal('fhir.not-found')
  const row = await lockOwn(open, place, ifMatch, 'fhir.not-found')
  const body = openedBody(row.body, row.wrappedKey, open.act.cipher)
  if (body === null) throw new FhirRefusal('fhir.not-found')
  const resource = patched(shownOf(row, body).text, patch)
  checkValid(resource)
  return replaceIn(open, row, { resource, text: JSON.stringify(resource) }, made)
}
