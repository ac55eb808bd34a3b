/** What one campaign is made of; the seed repeats what is asked and which faults come in which order, not who wins a race. */
export type CampaignOptions = {
  readonly seed: number
  /** How many referrals are walked through their whole life. */
  readonly referrals: number
  /** How many clients walk at the same time. */
  readonly clients: number
  readonly faults: readonly FaultKind[]
  /** The rest between two faults, ms, drawn evenly. */
  readonly restMs: { readonly least: number; readonly most: number }
  /** Share of requests that never arrive, and share of answers that are lost on the way back, 0…1. */
  readonly cut: { readonly before: number; readonly after: number }
  /** `small`: the database lies on a file system of its own that can be filled (Linux, as root). */
  readonly disk: 'folder' | 'small'
  /** What is taken away on purpose, so that the campaign must find it; `none` in an honest run. */
  readonly weakness: 'none' | 'no-keys' | 'async-commit'
}

export const FAULT_KINDS = [
  'server-killed',
  'server-paused',
  'backend-killed',
  'backend-ended',
  'backend-paused',
  'postmaster-killed',
  'clock-jumped',
  'disk-full',
] as const
export type FaultKind = (typeof FAULT_KINDS)[number]

/** Every fault that needs nothing from the machine. */
export const ORDINARY_FAULTS: readonly FaultKind[] = FAULT_KINDS.filter((kind) => kind !== 'disk-full')
