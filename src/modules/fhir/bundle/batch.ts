import { STATUS_CODES } from 'node:http'
import { newRequest } from '../server/act.ts'
import type { FhirAnswer, FhirRequest } from '../server/exchange.ts'
import { entriesOf, type Entry } from './entries.ts'
import { patchText } from './transaction.ts'

/** Carries out one interaction that came within a batch, and never fails. */
export type CarryOut = (request: FhirRequest) => Promise<FhirAnswer>

const asRequest = (entry: Entry, { caller, base, prefer }: FhirRequest): FhirRequest => {
  const isPatch = entry.method === 'PATCH'
  const body = entry.resource === null ? '' : isPatch ? patchText(entry) : JSON.stringify(entry.resource)
  return {
    method: entry.method,
    path: entry.path,
    query: entry.query,
    body,
    contentType: isPatch ? 'application/json-patch+json' : 'application/fhir+json',
    ifMatch: entry.ifMatch,
    ifNoneMatch: entry.ifNoneMatch,
    ifNoneExist: entry.ifNoneExist,
    prefer,
    caller,
    id: newRequest(),
    base,
  }
}

const entryText = ({ status, text, etag, lastModified, location }: FhirAnswer, base: string): string => {
  const isOutcome = status >= 400
  const where = location?.replace(`${base}/`, '')
  const response = {
    status: `${status} ${STATUS_CODES[status] ?? ''}`.trim(),
    ...(where ? { location: where } : {}),
    ...(etag ? { etag } : {}),
    ...(lastModified ? { lastModified } : {}),
  }
  const head = JSON.stringify(response).slice(0, -1)
  if (isOutcome && text) return `{"response":${head},"outcome":${text}}}`
  return `{${text ? `"resource":${text},` : ''}"response":${head}}}`
}

const BAD = (why: string): FhirAnswer => ({
  status: 400,
  text: JSON.stringify({
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'error', code: 'invalid', diagnostics: `该项不符合要求(${why})。 The entry does not fit (${why}).` }],
  }),
})

/** Carries out a batch Bundle: each entry by itself, each with its own answer. */
export const batch = async (request: FhirRequest, carryOut: CarryOut): Promise<FhirAnswer> => {
  const answers: string[] = []
  for (const entry of entriesOf(request.body, request.base)) {
    const answer = 'why' in entry ? BAD(entry.why) : await carryOut(asRequest(entry, request))
    answers.push(entryText(answer, request.base))
  }
  return { status: 200, text: `{"resourceType":"Bundle","type":"batch-response","entry":[${answers.join(',')}]}` }
}
