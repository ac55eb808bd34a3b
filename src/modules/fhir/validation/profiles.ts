import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { StructureDefinition } from '@medplum/fhirtypes'
import { definitions } from './definitions.ts'
import { defineExtension, forgetExtension } from './extensions.ts'
import { definitionsFolder } from './index-file.ts'
import type { Findings } from './issues.ts'
import { buildSnapshot, elementsOfR4, type SnapshotElement } from './snapshot.ts'
import { isFields, type Fields } from './walking.ts'

type Core = typeof import('@medplum/core')

const require = createRequire(import.meta.url)
let core: Core | null = null
const prepared = new Set<string>()
const profiles = new Map<string, Loaded>()

const PROFILES_MOST = 1_000
const R4_PROFILE = /^http:\/\/hl7\.org\/fhir\/StructureDefinition\/([A-Za-z]+)$/

/** A profile as it was loaded, and with its snapshot once it has been needed. */
type Loaded = { readonly definition: Fields; built: StructureDefinition | null }

const isProfile = ({ derivation, kind }: Fields): boolean => derivation === 'constraint' && kind !== 'logical'

/**
 * Takes a StructureDefinition: a profile of a resource to check by, or an extension that is known from now on; false when it is
 * neither. Without a snapshot it is built from the differential at first use, so that profiles may come in any order.
 */
export const addProfile = (definition: unknown): boolean => {
  if (!isFields(definition) || definition['resourceType'] !== 'StructureDefinition') return false
  const { url, type, snapshot, differential } = definition
  if (typeof url !== 'string' || typeof type !== 'string' || !isProfile(definition)) return false
  const elements = elementsOf(snapshot) ?? elementsOf(differential)
  if (!elements || (profiles.size >= PROFILES_MOST && !profiles.has(url))) return false
  for (const one of profiles.values()) if (one.definition['snapshot'] === undefined) one.built = null
  profiles.set(url, { definition, built: null })
  if (type === 'Extension') defineExtension(url, elements.find(({ path }) => path === 'Extension')?.['isModifier'] === true)
  return true
}

/** Forgets a profile, for instance because it was deleted. */
export const forgetProfile = (url: string): void => {
  if (!profiles.delete(url)) return
  forgetExtension(url)
  for (const one of profiles.values()) if (one.definition['snapshot'] === undefined) one.built = null
}

const elementsOf = (part: unknown): readonly SnapshotElement[] | null =>
  isFields(part) && Array.isArray(part['element']) && part['element'].every(isFields)
    ? (part['element'] as SnapshotElement[])
    : null

type Snapshot = readonly SnapshotElement[] | { readonly missing: 'base' | 'element'; readonly what: string }
const BASES_MOST = 20

/** The elements of a profile: its own snapshot, or what its differential makes of its base. */
const snapshotOf = (definition: Fields, depth = 0): Snapshot => {
  const own = elementsOf(definition['snapshot'])
  if (own) return own
  const url = String(definition['baseDefinition'] ?? '').split('|')[0] as string
  const parent = profiles.get(url)
  const base = parent && depth < BASES_MOST ? snapshotOf(parent.definition, depth + 1) : elementsOfR4(url)
  if (base === null || !isList(base)) return { missing: 'base', what: url }
  const made = buildSnapshot(base, elementsOf(definition['differential']) ?? [])
  return 'unknown' in made ? { missing: 'element', what: made.unknown } : made.elements
}

const withSnapshot = (definition: Fields): StructureDefinition | null => {
  const element = snapshotOf(definition)
  return isList(element) ? ({ ...definition, snapshot: { element } } as unknown as StructureDefinition) : null
}

const isList = (snapshot: Snapshot): snapshot is readonly SnapshotElement[] => Array.isArray(snapshot)

/** A profile that brings no snapshot is taken only when one can be built: else whatever names it would go unchecked. */
export const checkProfileDefinition = (definition: Fields, findings: Findings): void => {
  if (!isProfile(definition) || definition['snapshot'] !== undefined) return
  const snapshot = snapshotOf(definition)
  if (isList(snapshot)) return
  if (snapshot.missing === 'base')
    findings.error(
      'not-found',
      'StructureDefinition.baseDefinition',
      '没有 snapshot,且不认识其基础定义,无法据此校验;请先写入基础定义,或附上 snapshot。',
      'There is no snapshot and its base is not known, so that nothing can be checked by it. Write the base first, or send the snapshot.',
    )
  else
    findings.error(
      'invariant',
      'StructureDefinition.differential',
      '差异中有基础定义没有的元素,无法生成 snapshot;请更正其路径,或附上 snapshot。',
      'The differential has an element that the base does not have, so that no snapshot can be built. Correct its path, or send the snapshot.',
    )
}

/** Takes every StructureDefinition of a folder's `.json` files; answers how many. */
export const loadProfileFolder = (folder: string): number =>
  readdirSync(folder).filter((name) => name.endsWith('.json') && addProfile(JSON.parse(readFileSync(join(folder, name), 'utf8'))))
    .length

/** Checks a resource, itself sound, against the profiles that it names and those asked for; an unknown profile is a warning. */
export const checkProfiles = (resource: Fields, asked: readonly string[], findings: Findings): void => {
  const meta = isFields(resource['meta']) ? resource['meta'] : {}
  const named = Array.isArray(meta['profile']) ? meta['profile'].filter((url): url is string => typeof url === 'string') : []
  for (const url of new Set([...named, ...asked])) checkProfile(resource, url.split('|')[0] as string, findings)
}

const checkProfile = (resource: Fields, url: string, findings: Findings): void => {
  const type = resource['resourceType'] as string
  const base = R4_PROFILE.exec(url)?.[1]
  if (base === type || base === 'Resource' || base === 'DomainResource') return
  const profile = profiles.get(url)
  if (!profile) {
    findings.warning(
      'not-found',
      `${type}.meta.profile`,
      '未加载该约束模板,未按其校验。',
      'This profile is not loaded; the resource was not checked against it.',
    )
    return
  }
  const { definition } = profile
  if (definition['type'] !== type) {
    findings.error(
      'structure',
      `${type}.meta.profile`,
      '该约束模板属于另一种资源。',
      'This profile is for another type of resource.',
    )
    return
  }
  profile.built ??= withSnapshot(definition)
  if (!profile.built) {
    findings.warning(
      'not-found',
      `${type}.meta.profile`,
      '该约束模板的基础定义未加载,未按其校验。',
      'The base of this profile is not loaded; the resource was not checked against it.',
    )
    return
  }
  for (const issue of found(resource, profile.built)) {
    const path = issue.expression?.[0] ?? type
    const severity = issue.severity === 'error' || issue.severity === 'fatal' ? 'error' : 'warning'
    findings.add(
      severity,
      issue.code ?? 'invariant',
      path,
      `不符合约束模板 ${String(definition['name'] ?? url)}。`,
      issue.details?.text ?? 'The profile does not hold.',
    )
  }
}

type Outcome = { readonly outcome?: { readonly issue?: ReturnType<Core['validateResource']> } }

const found = (resource: Fields, profile: StructureDefinition): ReturnType<Core['validateResource']> => {
  core ??= loadCore()
  prepare(core, profile.type)
  // A plain copy: numbers of an exact parse are opaque to the library.
  const plain = JSON.parse(JSON.stringify(resource)) as Parameters<Core['validateResource']>[0]
  try {
    return core.validateResource(plain, { profile })
  } catch (error) {
    return (
      (error as Outcome).outcome?.issue ?? [
        { severity: 'error', code: 'exception', details: { text: 'The profile could not be evaluated.' } },
      ]
    )
  }
}

/** The library with the data types of R4: a tenth of a second and 60 MB, at the first resource of a profile. */
const loadCore = (): Core => {
  const loaded = require('@medplum/core') as Core
  loaded.indexStructureDefinitionBundle(JSON.parse(readFileSync(join(definitionsFolder(), 'profiles-types.json'), 'utf8')))
  return loaded
}

/** The library wants to know the type that a profile narrows; it gets what the compact index knows. */
const prepare = (loaded: Core, type: string): void => {
  if (prepared.has(type)) return
  prepared.add(type)
  const { types } = definitions()
  const element = Object.entries(types)
    .filter(([name]) => name === type || name.startsWith(`${type}.`))
    .flatMap(([name, { e }]) => e.map((one) => ({ ...one, path: `${name}.${one.n}${one.x ? '[x]' : ''}` })))
    .map(({ path, min, max, t }) => ({
      id: path,
      path,
      min,
      max: max === 0 ? '*' : String(max),
      base: { path, min, max: max === 0 ? '*' : String(max) },
      type: t.map((code) => ({ code: code.includes('.') ? 'BackboneElement' : code })),
    }))
  const root = { id: type, path: type, min: 0, max: '*', base: { path: type, min: 0, max: '*' } }
  loaded.loadDataType({
    resourceType: 'StructureDefinition',
    url: `http://hl7.org/fhir/StructureDefinition/${type}`,
    name: type,
    type,
    kind: 'resource',
    abstract: false,
    status: 'active',
    snapshot: { element: [root, ...element.sort((a, b) => (a.path < b.path ? -1 : 1))] },
  } as unknown as StructureDefinition)
}
