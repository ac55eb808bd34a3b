/** A case that wants a place: the unit held for it, or one of its specialty. */
type Wanting = {
  readonly id: string
  readonly specialty: string
  readonly direction: string
  readonly appointmentAt: string | null
}
type Free = {
  readonly org: string
  readonly pool: string
  readonly startsAt: string
  readonly free: number
  readonly reservedFree: number
}

/** Where each of several cases goes when they are accepted together. */
export type Allotted = {
  /** The unit that is held for the case is taken. */
  readonly held: readonly string[]
  /** Back to primary care: no unit is needed. */
  readonly home: readonly string[]
  /** The next free unit of the case's specialty, each unit given once. */
  readonly next: ReadonlyMap<string, { readonly org: string; readonly pool: string }>
  /** No free unit is left: the case waits in a queue. */
  readonly none: readonly string[]
}

/**
 * Gives each case the unit held for it, or the earliest one that is free in its specialty, in the order of the list. The
 * server decides again for each; this is only the wish.
 */
export const allotUnits = (cases: readonly Wanting[], slots: ReadonlyMap<string, readonly Free[]>): Allotted => {
  const left = new Map(
    [...slots].map(([specialty, free]) => [
      specialty,
      free
        .toSorted((one, other) => one.startsAt.localeCompare(other.startsAt))
        .map((slot) => ({ ...slot, units: slot.free + slot.reservedFree })),
    ]),
  )
  const next = new Map<string, { org: string; pool: string }>()
  const [held, home, none]: [string[], string[], string[]] = [[], [], []]
  for (const one of cases) {
    const slot = left.get(one.specialty)?.find(({ units }) => units > 0)
    if (one.appointmentAt !== null) held.push(one.id)
    else if (one.direction === 'down') home.push(one.id)
    else if (slot === undefined) none.push(one.id)
    else {
      slot.units -= 1
      next.set(one.id, { org: slot.org, pool: slot.pool })
    }
  }
  return { held, home, next, none }
}
