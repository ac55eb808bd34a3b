/** A fact that a refusal's sentence may show: never a name, a card number or a diagnosis. */
export type Detail = Readonly<Record<string, string | number>>

/** An expected "no": its code stands in a module's closed list, where the zh and en sentences and the clause are. */
export type Refusal<Code extends string = string> = {
  readonly code: Code
  /** Values for the placeholders of the sentence. */
  readonly detail?: Detail
  /** Path of the input field that it is about, when there is one. */
  readonly field?: string
}

/** Either a value, or every reason why not. */
export type Result<Value, Code extends string = string> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusals: readonly Refusal<Code>[] }

export const ok = <Value>(value: Value): { ok: true; value: Value } => ({ ok: true, value })

export const refuse = <Code extends string>(code: Code, detail?: Detail): { ok: false; refusals: readonly Refusal<Code>[] } => ({
  ok: false,
  refusals: [detail ? { code, detail } : { code }],
})

export const refuseAll = <Code extends string>(
  refusals: readonly Refusal<Code>[],
): { ok: false; refusals: readonly Refusal<Code>[] } => ({ ok: false, refusals })
