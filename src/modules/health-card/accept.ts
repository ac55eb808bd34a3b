import { ok, refuse, type Result } from '../../kernel/result.ts'
import type { OrgId } from '../../kernel/id.ts'
import type { Tx } from '../../platform/database/pool.ts'
import { Refused, type Act } from '../../platform/forms/form.ts'
import { findPerson, personByNumber, type Person } from '../residents/index.ts'
import { mayHaveCard } from './commands.ts'
import type { BoundKind, Scene } from './health-card.ts'
import { indexOfCard, indexOfCode, isSignedHere } from './numbers.ts'
import { mayShowDynamic, mayShowStatic } from './rules/may-be-shown.ts'
import { readQrText } from './rules/qr-text.ts'
import * as store from './store.ts'

/** What was shown, as it was found; `null` for what belongs to nobody. */
export type Found = {
  readonly person: Person
  readonly card: store.Card | null
  readonly code: store.HeldCode | null
  readonly kind: BoundKind | null
  readonly isSigned: boolean | null
}

/** Finds whose a code or a bound number is, and locks what decides about it. */
export const findShown = async (
  tx: Tx,
  text: string,
  bound: { kind: BoundKind; issuer: OrgId | null } | null,
  act: Act,
): Promise<Found | null> => {
  if (bound) {
    const holder = await personByNumber(tx, { type: bound.kind, number: text, issuer: bound.issuer }, act.cipher)
    const person = holder && (await findPerson(tx, holder))
    return person && { person, card: null, code: null, kind: bound.kind, isSigned: null }
  }
  const read = readQrText(text)
  if (!read) return null
  const code = read.shown === 'dynamic' ? await store.lockByCode(tx, indexOfCode(act.cipher, read.code)) : null
  const card = read.shown === 'static' ? await store.lockByNumber(tx, indexOfCard(act.cipher, read.number)) : (code?.card ?? null)
  const person = card && (await findPerson(tx, card.person))
  const isSigned = read.shown === 'static' ? isSignedHere(read.number, read.signed, act.cipher) : null
  return person && { person, card, code, kind: null, isSigned }
}

/** Whether what was found is accepted in a scene; the use to note if it is. */
export const accept = (
  found: Found | null,
  scene: Scene,
  more: Pick<store.Use, 'department' | 'app'> & { asked: BoundKind | null },
  act: Act,
): Result<store.Use> => {
  if (!found) return refuse(more.asked ? 'health-card.number-not-bound' : 'health-card.code-unknown')
  const { person, card, code, kind, isSigned } = found
  if (!mayHaveCard(person)) return refuse('health-card.not-for-this-person')
  const staticServes = act.policy('health-card.static-code-serves', scene) === 1
  if (card) {
    const judged = code ? mayShowDynamic(card.state, code, code.now) : mayShowStatic(card.state, { staticServes }, isSigned)
    if (!judged.ok) return judged
  } else if (!staticServes) return refuse('health-card.dynamic-needed')
  const { actor } = act
  return ok({
    id: act.newId(),
    person: card?.person ?? person.id,
    card: card?.id ?? null,
    shown: code ? 'dynamic' : card ? 'static' : 'bound',
    kind,
    scene,
    department: more.department,
    at: code?.now ?? act.now,
    org: actor.org,
    account: actor.account,
    byName: actor.name.zh,
    app: more.app,
  })
}

/** Notes a use; a code is used up by it. */
export const saveAccepted = async (
  tx: Tx,
  { code, use }: { readonly code: store.HeldCode | null; readonly use: store.Use },
): Promise<void> => {
  // The code is locked since it was read, so this is only the last bolt.
  if (code && (await store.saveUsedCode(tx, code)) === 0) throw new Refused('health-card.code-used')
  await store.saveUse(tx, use)
}
