import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { StructureDefinition } from '@medplum/fhirtypes'
import { definitions } from './definitions.ts'
import { definitionsFolder } from './index-file.ts'
import type { Findings } from './issues.ts'
import { isFields, type Fields } from './walking.ts'

type Core = typeof import('@medplum/core')

const require = createRequire(import.meta.url)
let core: Core | null = null
const prepared = new Set<string>()
const profiles = new Map<string, StructureDefinition>()

const PROFILES_MOST = 1_000
const R4_PROFILE = /^http:\/\/hl7\.org\/fhir\/StructureDefinition\/([A-Za-z]+)$/

/** Takes a StructureDefinition as a profile; false when it is none that can be checked: without url, type or snapshot. */
export const addProfile = (definition: unknown): boolean => {
  if (!isFields(definition) || definition['resourceType'] !== 'StructureDefinition') return false
  const { url, type, snapshot, derivation } = definition
  if (typeof url !== 'string' || typeof type !== 'string' || !isFields(snapshot) || derivation !== 'constraint') return false
  if (profiles.size >= PROFILES_MOST && !profiles.has(url)) return false
  profiles.set(url, definition as unknown as StructureDefinition)
  return true
}

/** Forgets a profile, for instance because it was deleted. */
export const forgetProfile = (url: string): void => {
  profiles.delete(url)
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
  if (profile.type !== type) {
    findings.error(
      'structure',
      `${type}.meta.profile`,
      '该约束模板属于另一种资源。',
      'This profile is for another type of resource.',
    )
    return
  }
  for (const issue of found(resource, profile)) {
    const path = issue.expression?.[0] ?? type
    const severity = issue.severity === 'error' || issue.severity === 'fatal' ? 'error' : 'warning'
    findings.add(
      severity,
      issue.code ?? 'invariant',
      path,
      `不符合约束模板 ${profile.name}。`,
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
