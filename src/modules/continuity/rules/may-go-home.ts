import type { OrgId, PersonId } from '../../../kernel/id.ts'
import { ok, refuse, type Result } from '../../../kernel/result.ts'
import type { Readiness } from '../continuity.ts'
import { isReadyPlace } from './readiness-items.ts'

/** What decides whether a person may be handed on to primary care now. */
export type GoHomeFacts = {
  readonly persons: readonly PersonId[]
  /** Institutions that take the person: the one named, and the clinic below it. */
  readonly takers: readonly OrgId[]
  readonly readiness: Readiness | null
  readonly withoutAnswer: string | null
}

type GoHomeCode =
  | 'continuity.not-asked'
  | 'continuity.not-answered'
  | 'continuity.place-not-ready'
  | 'continuity.answer-of-another'

/**
 * Whether somebody may go home now: the place that takes them has answered that it can, or the ward says why it does not
 * wait for that. An answer about another person or place never counts, whatever is said.
 * @source design value: a hand over is confirmed by who takes it
 */
export const mayGoHome = ({ persons, takers, readiness, withoutAnswer }: GoHomeFacts): Result<'allowed', GoHomeCode> => {
  if (readiness && (!persons.includes(readiness.person) || !takers.includes(readiness.receiver)))
    return refuse('continuity.answer-of-another')
  if (withoutAnswer) return ok('allowed')
  if (!readiness) return refuse('continuity.not-asked')
  if (readiness.state !== 'answered') return refuse('continuity.not-answered')
  return isReadyPlace(readiness) ? ok('allowed') : refuse('continuity.place-not-ready')
}
