import { asSystem } from '../../../platform/database/as-system.ts'
import type { House } from '../../../platform/house.ts'
import { addProfile, forgetProfile, loadProfileFolder } from '../validation/index.ts'
import { profileHeads, profileTexts } from './store.ts'

type Known = { readonly version: number; readonly url: string }
type Kept = { readonly known: Map<string, Known>; readonly binding: Map<string, string> }

/** What each house has taken over, by the id of the resource, and whose text binds for a url. */
const keptBy = new WeakMap<House, Kept>()

const urlOf = (text: string): string => {
  const { url } = JSON.parse(text) as { url?: unknown }
  return typeof url === 'string' ? url : ''
}

/** The first that was written under a url binds; a later one of somebody else under the same url does not take its place. */
const firstOf = (known: ReadonlyMap<string, Known>): Map<string, string> => {
  const first = new Map<string, string>()
  for (const id of [...known.keys()].toSorted()) {
    const { url, version } = known.get(id) as Known
    if (url !== '' && !first.has(url)) first.set(url, `${id}/${version}`)
  }
  return first
}

/** Makes the StructureDefinitions that are kept now the profiles by which resources are checked. */
export const refreshProfiles = async (house: House): Promise<void> => {
  const kept: Kept = keptBy.get(house) ?? { known: new Map(), binding: new Map() }
  keptBy.set(house, kept)
  const system = asSystem(house.database)
  const heads = await profileHeads(system)
  const changed = heads.filter(({ id, version }) => kept.known.get(id)?.version !== version)
  if (changed.length === 0 && heads.length === kept.known.size) return
  const versions = new Map(heads.map(({ id, version }) => [id, version]))
  for (const id of kept.known.keys()) if (!versions.has(id)) kept.known.delete(id)
  for (const { id, body } of await profileTexts(
    system,
    changed.map(({ id }) => id),
  ))
    kept.known.set(id, { version: versions.get(id) as number, url: urlOf(body) })
  const binding = firstOf(kept.known)
  for (const url of kept.binding.keys()) if (!binding.has(url)) forgetProfile(url)
  const fresh = [...binding].filter(([url, mark]) => kept.binding.get(url) !== mark)
  const texts = await profileTexts(
    system,
    fresh.map(([, mark]) => mark.split('/')[0] as string),
  )
  for (const { body } of texts) if (!addProfile(JSON.parse(body))) forgetProfile(urlOf(body))
  kept.binding.clear()
  for (const [url, mark] of binding) kept.binding.set(url, mark)
}

const LOOK_EVERY_MS = 10_000

/** Loads the profiles of a folder and those that were written by FHIR, and follows what other processes write, until closed. */
export const startProfiles = (house: House, folder: string | null): { readonly close: () => Promise<void> } => {
  if (folder) house.log('info', 'fhir.profiles-loaded', { count: loadProfileFolder(folder) })
  let running: Promise<void> | null = null
  const look = (): void => {
    running ??= refreshProfiles(house)
      .catch((error: Error) => house.log('warn', 'fhir.profiles-not-read', { error: error.message }))
      .finally(() => (running = null))
  }
  look()
  const timer = setInterval(look, LOOK_EVERY_MS)
  return {
    close: async () => {
      clearInterval(timer)
      await running
    },
  }
}
