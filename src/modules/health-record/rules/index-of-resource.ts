import type { Instant } from '../../../kernel/clock.ts'
import { codingsOf, conceptOf, statusOf, timeOf, wordsOf, type Resource } from './fhir-reading.ts'

/** What stands beside a stored body, so that it can be found without reading it. */
export type ResourceIndex = {
  readonly codeSystem: string | null
  readonly code: string | null
  readonly display: string | null
  readonly effectiveAt: Instant | null
  readonly status: string | null
}

/** The index columns of a resource; a date without a zone begins in the region's. */
export const indexOfResource = (resource: Resource, zone: string): ResourceIndex => {
  const concept = conceptOf(resource)
  const coding = codingsOf(concept).find(({ code }) => code !== null)
  return {
    codeSystem: coding?.system ?? null,
    code: coding?.code ?? null,
    display: wordsOf(concept)?.zh ?? null,
    effectiveAt: timeOf(resource, zone),
    status: statusOf(resource),
  }
}
