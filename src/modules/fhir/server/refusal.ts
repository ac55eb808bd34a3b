import type { Detail, Refusal } from '../../../kernel/result.ts'
import { Refused } from '../../../platform/forms/form.ts'
import type { House } from '../../../platform/house.ts'
import { HTTP_STATUS, show } from '../../../platform/refusals.ts'
import { operationOutcome, type Issue } from '../validation/index.ts'
import type { fhirRefusals } from '../contract.ts'

/** Ends an interaction: nothing of it remains, and its code goes out as an OperationOutcome. */
export class FhirRefusal extends Refused {
  constructor(code: keyof typeof fhirRefusals, detail?: Detail) {
    super(code, detail)
  }
}

/** A resource that R4 or a profile does not allow, with every place that does not fit. */
export class InvalidResource extends Error {
  readonly issues: readonly Issue[]
  constructor(issues: readonly Issue[]) {
    super('invalid')
    this.issues = issues
  }
}

// Where HTTP wants another status than the kind of a refusal has everywhere else.
const STATUS: Readonly<Record<string, number>> = {
  'fhir.version-changed': 412,
  'fhir.several-match': 412,
  'fhir.method-not-offered': 405,
  'fhir.face-read-only': 405,
  'fhir.content-type-unknown': 415,
}

// FHIR issue types by kind of refusal, and where a code says more.
const ISSUE_OF_KIND: Readonly<Record<string, string>> = {
  invalid: 'invalid',
  'sign-in': 'login',
  forbidden: 'forbidden',
  absent: 'not-found',
  conflict: 'conflict',
  gone: 'deleted',
  'too-large': 'too-long',
  mismatch: 'processing',
  'too-many': 'throttled',
  bug: 'exception',
  unavailable: 'transient',
}
const ISSUE: Readonly<Record<string, string>> = {
  'fhir.several-match': 'multiple-matches',
  'fhir.type-unknown': 'not-supported',
  'fhir.parameter-unknown': 'not-supported',
  'fhir.method-not-offered': 'not-supported',
  'fhir.face-read-only': 'not-supported',
  'fhir.too-costly': 'too-costly',
  'fhir.body-unreadable': 'structure',
}

/** A refused interaction as it goes out. */
export type Outcome = { readonly status: number; readonly text: string; readonly allow?: string }

/** Refusals as HTTP status and OperationOutcome, in both languages. */
export const outcomeOf = (house: House, refusals: readonly Refusal[]): Outcome => {
  const [first] = refusals as [Refusal]
  const kind = house.texts.get(first.code)?.kind ?? 'bug'
  const issues = refusals.map((refusal): Issue => {
    const { zh, en } = show(house.texts, refusal)
    const code = ISSUE[refusal.code] ?? ISSUE_OF_KIND[house.texts.get(refusal.code)?.kind ?? 'bug'] ?? 'processing'
    return { severity: 'error', code, path: '', zh, en }
  })
  const status = STATUS[first.code] ?? HTTP_STATUS[kind]
  const allow = first.code === 'fhir.face-read-only' ? { allow: 'GET, HEAD' } : {}
  return { status, text: operationOutcome(issues), ...allow }
}

/** What is wrong with a resource, as it goes out. */
export const invalidOutcome = (issues: readonly Issue[]): Outcome => ({
  status: HTTP_STATUS.mismatch,
  text: operationOutcome(issues),
})
