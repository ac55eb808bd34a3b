import type { Cipher } from '../../platform/cipher.ts'
import type { KeptNumber } from '../residents/index.ts'
import type { ShownBinding, ShownCard, ShownUse } from './contract.ts'
import { BOUND_KIND_NAMES, type BoundKind } from './health-card.ts'
import { CARD_NUMBER, cardNumberOf, numberOf, signedText } from './numbers.ts'
import type { Card, Use } from './store.ts'

/** The kind of a bound card from the kind that the index of persons keeps, which names a hospital behind an @; null for papers. */
export const boundKindOf = (type: string): BoundKind | null =>
  BOUND_KIND_NAMES.find((kind) => kind === type.split('@')[0]) ?? null

export const shownBinding = (kept: KeptNumber, kind: BoundKind, cipher: Cipher): ShownBinding => ({
  id: kept.id,
  kind,
  tail: numberOf(kept, cipher).slice(-4),
  issuer: kept.issuer,
  since: kept.heldFrom,
  endedAt: kept.endedAt,
  endedBecause: kept.endedBecause,
})

/** What is bound of a person’s numbers, held ones first. */
export const shownBindings = (numbers: readonly KeptNumber[], cipher: Cipher): ShownBinding[] =>
  numbers.flatMap((kept) => {
    const kind = boundKindOf(kept.type)
    return kind ? [shownBinding(kept, kind, cipher)] : []
  })

/** Cards as their holder sees them, with the text of the static code of the one that counts. */
export const shownCards = (cards: readonly Card[], numbers: readonly KeptNumber[], cipher: Cipher): ShownCard[] =>
  cards.map(({ id, state, issuedAt, endedAt, endedBecause }) => {
    const kept = state === 'active' ? numbers.find((one) => one.id === id && one.type === CARD_NUMBER) : undefined
    return { id, state, text: kept ? signedText(cardNumberOf(kept, cipher), cipher) : null, issuedAt, endedAt, endedBecause }
  })

export const shownUse = ({ id, at, scene, shown, kind, org, byName, app }: Use): ShownUse => ({
  id,
  at,
  scene,
  shown,
  kind,
  org,
  by: byName,
  app,
})
