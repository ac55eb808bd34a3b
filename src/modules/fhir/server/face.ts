import type { PersonId } from '../../../kernel/id.ts'
import type { FhirAct } from './act.ts'

/** A resource of a face, as text with its version and time; `person` is whom it is about, null for what is about nobody. */
export type FaceItem = {
  readonly id: string
  readonly text: string
  readonly versionId: string
  readonly lastUpdated: string
  readonly person: PersonId | null
}

/** Whether an app that was given one patient may see it: what is about that patient, or about nobody. */
export const isWithin = (only: PersonId | null, { person }: FaceItem): boolean =>
  only === null || person === null || person === only

/** A type that is served from the tables of the module that it belongs to, not from the store. */
export type ServedFace = {
  readonly type: string
  readonly interactions: readonly string[]
  readonly searchParams: readonly string[]
  readonly read: (open: FhirAct, id: string) => Promise<FaceItem | null>
  readonly search: (
    open: FhirAct,
    parameters: readonly (readonly [string, string])[],
    page: { count: number; after: string | null },
  ) => Promise<{ items: readonly FaceItem[]; next: string | null }>
}

/** Faces by the type that they serve. */
export type Faces = ReadonlyMap<string, ServedFace>
