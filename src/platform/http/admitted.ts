import type { Refusal, Result } from '../../kernel/result.ts'
import { roleMay } from '../access.ts'
import type { AnyForm } from '../forms/form.ts'
import { run, type Asked, type Outcome } from '../forms/run.ts'
import type { House } from '../house.ts'
import type { Metrics } from '../metrics.ts'

/** What stands before every act that comes over HTTP, alone or in a batch, and what a refusal leaves behind. */
export type Gate = {
  /** Why the act may not be carried out now: too many, or a fresh proof of identity is asked; null lets it pass. */
  readonly admit: (form: AnyForm, asked: Asked) => Promise<Refusal | null>
  /** Told of every refused act after everything that it did was rolled back. */
  readonly refused: (form: AnyForm, refusals: readonly Refusal[], asked: Asked) => Promise<void>
}

/** Carries an act out, if the gate admits it. */
export const runAdmitted = async (
  { house, metrics, gate }: { readonly house: House; readonly metrics: Metrics; readonly gate?: Gate },
  form: AnyForm,
  input: unknown,
  asked: Asked,
): Promise<Result<Outcome>> => {
  // Whoever may not do a thing at all hears that, and not that they should prove who they are.
  const held = gate && roleMay(form.by, asked.actor) ? await gate.admit(form, asked) : null
  const outcome: Result<Outcome> = held ? { ok: false, refusals: [held] } : await run(house, form, input, asked)
  metrics.act(form.name, outcome.ok ? 'done' : (outcome.refusals[0]?.code ?? 'refused'))
  if (!outcome.ok && !held) await gate?.refused(form, outcome.refusals, asked)
  return outcome
}
