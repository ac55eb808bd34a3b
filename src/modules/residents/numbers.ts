import type { OrgId } from '../../kernel/id.ts'

/** Kinds of number beside papers: the six cards of one person, and the old card of a hospital. */
export const CARD_KINDS = ['erhc', 'social-security', 'insurance', 'citizen', 'bank', 'commercial', 'hospital-card'] as const

/** A number as it was given: of which kind, and by whom where an institution gave it. */
export type GivenNumber = { readonly type: string; readonly number: string; readonly issuer?: OrgId | null }

/** Kinds of which a person has one for life, so that two of them tell two people apart. Passports and cards are renewed. */
export const LASTING_KINDS: ReadonlySet<string> = new Set(['01'])

/** The kind under which a number is kept and found: `hospital-card@42` is the card of institution 42. */
export const kindOfNumber = ({ type, issuer }: Omit<GivenNumber, 'number'>): string => (issuer ? `${type}@${issuer}` : type)
