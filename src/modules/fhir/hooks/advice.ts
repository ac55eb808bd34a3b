import type { Words } from '../../../kernel/words.ts'
import type { ADVISED_AT } from '../../smart/contract.ts'

/** What a desk is about to do: for whom, where it would go, and what is known of why and when. */
export type Intent = {
  readonly hook: (typeof ADVISED_AT)[number]
  readonly person: string
  readonly place: string
  readonly condition: { readonly key: string; readonly zh: string } | null
  readonly startsAt: string | null
}

/** A card of a service of decision support as a desk shows it. Nothing in it is more than text and addresses. */
export type AdviceCard = {
  readonly adviser: string
  readonly name: Words
  /** The service that answered, by its own id, and the card's: both go back with what became of it. */
  readonly service: string
  readonly card: string
  readonly summary: string
  readonly detail: string | null
  readonly indicator: 'info' | 'warning' | 'critical'
  readonly source: { readonly label: string; readonly url: string | null }
  /** `place` is where the order should go instead, when that is what the service suggests. */
  readonly suggestions: readonly {
    readonly id: string
    readonly label: string
    readonly place: { readonly id: string; readonly name: { zh: string; en: string | null }; readonly tier: string } | null
  }[]
  /** `app` is the registered app that a SMART link starts for this person, and what it is handed then; null for a page. */
  readonly links: readonly {
    readonly label: string
    readonly url: string
    readonly app: string | null
    readonly appContext: string | null
  }[]
  readonly reasons: readonly { readonly code: string; readonly system: string | null; readonly display: string }[]
}

/** What the services said, and which of them said nothing in time or nothing that can be read. */
export type Advice = {
  readonly cards: readonly AdviceCard[]
  readonly failed: readonly { readonly adviser: string; readonly name: Words; readonly why: 'time' | 'fault' }[]
}

/** The most severe first, as CDS Hooks orders them. */
export const INDICATORS = ['critical', 'warning', 'info'] as const
