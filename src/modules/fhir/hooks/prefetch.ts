import { newId } from '../../../kernel/id.ts'
import type { Actor } from '../../../platform/access.ts'
import type { House } from '../../../platform/house.ts'
import type { Faces } from '../server/face.ts'
import { handle } from '../server/handle.ts'

/** Who reads what a service wants to know, and of what types it may be told. */
export type PrefetchPlace = {
  readonly house: House
  readonly faces: Faces
  readonly base: string
  readonly actor: Actor
  readonly context: Readonly<Record<string, unknown>>
}

const KEYS_MOST = 10
const SLOT = /\{\{\s*(?:context\.([A-Za-z]+)|userPractitionerId)\s*\}\}/g
/** What names somebody stays here: a rule of decision support needs age and sex, not a name. */
const NAMING = ['identifier', 'name', 'telecom', 'address', 'photo', 'contact', 'text', 'communication']

/** A wanted address with the words of this call filled in; null when one of them is not known. */
const filled = (template: string, context: PrefetchPlace['context']): string | null => {
  let isWhole = true
  const text = template.replace(SLOT, (_all, name?: string) => {
    const value = name ? context[name] : String(context['userId'] ?? '').split('/')[1]
    if (typeof value === 'string' && /^[A-Za-z0-9/.-]{1,100}$/.test(value)) return value
    isWhole = false
    return ''
  })
  return isWhole && !text.includes('{{') ? text : null
}

const unnamed = (resource: Record<string, unknown>): object =>
  resource['resourceType'] === 'Patient'
    ? Object.fromEntries(Object.entries(resource).filter(([field]) => !NAMING.includes(field)))
    : resource

const readOne = async ({ house, faces, base, actor }: PrefetchPlace, wanted: string): Promise<object | null> => {
  const [path = '', query = ''] = wanted.split('?')
  const answer = await handle(
    { house, faces, statement: async () => '' },
    {
      method: 'GET',
      path,
      query: [...new URLSearchParams(query)],
      body: '',
      contentType: undefined,
      ifMatch: undefined,
      ifNoneMatch: undefined,
      ifNoneExist: undefined,
      prefer: '',
      caller: { actor, scopes: null, patient: null },
      id: newId(),
      base,
    },
  )
  return answer.status === 200 && answer.text ? unnamed(JSON.parse(answer.text) as Record<string, unknown>) : null
}

/** Including others would carry types along that nobody allowed. */
const isPlain = (query: string | undefined): boolean => !/(^|&)(_include|_revinclude|_has|_contained)/.test(query ?? '')

/**
 * What a service declared that it wants to know, as far as the administrator allows its types and whoever asks may read it: by the same
 * rights and with the same audit as any read by FHIR.
 */
export const prefetched = async (
  place: PrefetchPlace,
  templates: Readonly<Record<string, string>>,
  shares: readonly string[],
): Promise<Record<string, object | null>> => {
  const found: Record<string, object | null> = {}
  for (const [key, template] of Object.entries(templates).slice(0, KEYS_MOST)) {
    const wanted = filled(template, place.context)
    const [, type, query] = /^([A-Za-z]+)(?:\/[A-Za-z0-9.-]{1,64})?(?:\?(.*))?$/.exec(wanted ?? '') ?? []
    if (wanted && type && shares.includes(type) && isPlain(query)) found[key] = await readOne(place, wanted)
  }
  return found
}
