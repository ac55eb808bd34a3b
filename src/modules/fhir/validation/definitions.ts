import { existsSync, readFileSync } from 'node:fs'
import { spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { indexFile } from './index-file.ts'

/** One element of a type, as the compact index keeps it. */
export type Element = {
  /** Name without `[x]`. */
  readonly n: string
  /** 1 when it must be there. */
  readonly min: number
  /** 0 = any number of times. */
  readonly max: number
  /** Types by name; of a nested element its path. */
  readonly t: readonly string[]
  /** What a Reference or canonical may lead to; absent = anything. */
  readonly to?: readonly string[]
  /** 1 when the name ends in `[x]`. */
  readonly x?: 1
  /** The value set that its codes must come from. */
  readonly set?: string
  /** Constraints of the element itself. */
  readonly c?: readonly string[]
}

export type TypeDefinition = {
  readonly kind: 'resource' | 'complex' | 'nested' | 'primitive'
  readonly e: readonly Element[]
  /** Constraints of the type. */
  readonly c?: readonly string[]
}

export type ExtensionDefinition = {
  /** Types of its value; none = it has parts instead. */
  readonly t: readonly string[]
  /** 1 when it has a value and never parts. */
  readonly v?: 1
  /** Names of its parts. */
  readonly parts?: readonly string[]
  /** The value set that a code of it must come from. */
  readonly set?: string
  /** Types and elements (`Patient.contact`, `HumanName.family`) that it may stand in; absent = anywhere. */
  readonly at?: readonly string[]
  /** 1 when it changes the meaning of what it stands in, and so is a modifierExtension. */
  readonly m?: 1
}

/** What validation and XML need to know of FHIR R4: a hundredth of the definitions that it is made from. */
export type Definitions = {
  readonly types: Readonly<Record<string, TypeDefinition>>
  /** Codes by system, of every value set that an element is bound to as required; null = too large to list. */
  readonly sets: Readonly<Record<string, Readonly<Record<string, readonly string[]>> | null>>
  /** Every code of the code systems that FHIR R4 defines completely. */
  readonly systems: Readonly<Record<string, readonly string[]>>
  /** The extensions that FHIR R4 defines. */
  readonly extensions: Readonly<Record<string, ExtensionDefinition>>
  /** FHIRPath of constraints by key. */
  readonly constraints: Readonly<Record<string, string>>
}

let loaded: Definitions | null = null
const BUILDER = fileURLToPath(new URL('build-index.ts', import.meta.url))

/** The definitions of FHIR R4, read at first use; where the compact index is not there yet, it is built (about a second). */
export const definitions = (): Definitions => {
  if (loaded) return loaded
  const file = indexFile()
  if (!existsSync(file)) {
    const { status, stderr } = spawnSync(process.execPath, [BUILDER, file], { encoding: 'utf8' })
    if (status !== 0) throw new Error(`the index of the FHIR definitions could not be built: ${stderr}`)
  }
  loaded = JSON.parse(readFileSync(file, 'utf8')) as Definitions
  return loaded
}

/**
 * Builds the compact index beside the running server if it is not there yet, so that the first write does not wait for it.
 * The 70 MB of definitions are read by a process of their own and their memory ends with it.
 */
export const prepareDefinitions = async (): Promise<void> => {
  const file = indexFile()
  if (loaded || existsSync(file)) return
  const child = spawn(process.execPath, [BUILDER, file], { stdio: 'ignore' })
  await new Promise<void>((resolve) => child.once('close', () => resolve()).once('error', () => resolve()))
}
