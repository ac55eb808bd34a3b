/** One step of a calculation: what was done with which numbers, and what came of it. Amounts in fen unless `unit` says otherwise. */
export type Step = {
  readonly zh: string
  readonly en: string
  /** The definition that it follows, an id of the rulebook or a name of the method. */
  readonly rule: string
  readonly of: Readonly<Record<string, number>>
  readonly is: number
  readonly unit: 'fen' | 'bp' | 'points' | 'people' | 'days'
}
