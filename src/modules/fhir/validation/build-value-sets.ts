import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { definitionsFolder } from './index-file.ts'

type Concept = { readonly code: string; readonly concept?: readonly Concept[] }
type CodeSystem = {
  readonly resourceType: 'CodeSystem'
  readonly url: string
  readonly content: string
  readonly concept?: readonly Concept[]
}
type Part = {
  readonly system?: string
  readonly concept?: readonly Concept[]
  readonly filter?: readonly unknown[]
  readonly valueSet?: readonly string[]
}
type ValueSet = {
  readonly resourceType: 'ValueSet'
  readonly url: string
  readonly compose?: { readonly include?: readonly Part[]; readonly exclude?: unknown }
}

/** Code systems and value sets of FHIR R4, by their urls. */
export type Terminology = {
  readonly systems: ReadonlyMap<string, CodeSystem>
  readonly sets: ReadonlyMap<string, ValueSet>
  /** All codes of each system that FHIR R4 lists completely. */
  readonly complete: () => Record<string, string[]>
}

const flat = (concepts: readonly Concept[] = []): string[] => concepts.flatMap(({ code, concept }) => [code, ...flat(concept)])

// Systems that only show how something is done; other codes than theirs are right as well.
const isExample = (url: string): boolean => /\/(?:ex-|example)/.test(url)

/** Reads the terminology of the definitions: about 22 MB. */
export const readTerminology = (): Terminology => {
  const systems = new Map<string, CodeSystem>()
  const sets = new Map<string, ValueSet>()
  for (const file of ['valuesets.json', 'v3-codesystems.json', 'v2-tables.json']) {
    const { entry } = JSON.parse(readFileSync(join(definitionsFolder(), file), 'utf8')) as {
      entry: { resource: CodeSystem | ValueSet }[]
    }
    for (const { resource } of entry) {
      if (resource.resourceType === 'CodeSystem') systems.set(resource.url, resource)
      else sets.set(resource.url, resource)
    }
  }
  const complete = (): Record<string, string[]> =>
    Object.fromEntries(
      [...systems.values()]
        .filter(({ url, content, concept }) => content === 'complete' && concept && !isExample(url))
        .map(({ url, concept }) => [url, flat(concept)]),
    )
  return { systems, sets, complete }
}

/** The codes of a value set by system; null when it cannot be listed from the definitions alone. */
export const codesOf = (terminology: Terminology, url: string): Record<string, string[]> | null => {
  const set = terminology.sets.get(url)
  if (!set?.compose?.include || set.compose.exclude) return null
  const codes: Record<string, string[]> = {}
  for (const { system, concept, filter, valueSet } of set.compose.include) {
    if (filter || valueSet || !system) return null
    const known = terminology.systems.get(system)
    if (!concept && known?.content !== 'complete') return null
    codes[system] = [...(codes[system] ?? []), ...flat(concept ?? known?.concept)]
  }
  return codes
}
