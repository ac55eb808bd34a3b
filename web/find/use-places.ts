import { useQuery } from '@tanstack/react-query'
import { TIERS } from '../../src/modules/organisations/organisations.ts'
import type { ApiError } from '../api/api-error.ts'
import type { Named, Queries } from '../api/api-types.ts'
import { fetchQuery } from '../api/client.ts'
import { useApi } from '../api/use-api.ts'

type Answer = Queries['navigation.find']['answer']
type Clock = NonNullable<Answer['places'][number]['clock']>

/** What a person would rather have; `fit` is the order of the rules. */
export const preferences = ['fit', 'nearest', 'earliest', 'cheapest', 'own-doctor'] as const
export type Preference = (typeof preferences)[number]

/** A place as the list and the map show it; what is not known without signing in is null. */
export type FoundPlace = {
  id: string
  name: Named
  specialty: string
  tier: string | null
  phone: string | null
  at: { longitude: number; latitude: number } | null
  isDoubtful: boolean
  km: number | null
  minutes: number | null
  free: number
  firstAt: string | null
  waitDays: number | null
  isDiversion: boolean
  clock: Clock | null
  /** What it can do against the clock; nothing where no clock runs. */
  capabilities: readonly Named[]
  reasons: readonly Named[]
  wouldChange: readonly Named[]
  compared: Named | null
}
export type Found = {
  /** Given back when one of the places is booked; null without signing in. */
  list: string | null
  places: readonly FoundPlace[]
  from: { longitude: number; latitude: number } | null
  notes: readonly Named[]
  /** The first choice is full: which it is, and who of its city, tier and specialty has units. */
  diversion: Answer['diversion']
  tieRule: Named | null
  /** Against the clock: where first, and where then. */
  chain: Answer['chain']
}

/** How many places are laid out; more would be a list to get lost in. */
const placesMost = 6
/** In an emergency one reads no long list. */
const centresMost = 3

const fromFind = ({ list, places, from, notes, diversion, tieRule, chain }: Answer): Found => ({
  list,
  from: { longitude: from.longitude, latitude: from.latitude },
  notes,
  diversion,
  tieRule,
  chain,
  places: places.map(({ institution, travel, firstFreeAt, comparedToFirst, specialty, ...place }) => ({
    id: institution.id,
    name: institution.name,
    specialty: specialty.code,
    tier: institution.tier,
    phone: institution.phone,
    at: { longitude: institution.longitude, latitude: institution.latitude },
    isDoubtful: institution.hasDoubtfulPoint,
    km: travel.km,
    minutes: travel.minutes,
    free: place.free,
    firstAt: firstFreeAt,
    waitDays: place.waitDays,
    isDiversion: place.isDiversion,
    clock: place.clock,
    capabilities: place.capabilities,
    reasons: place.reasons,
    wouldChange: place.wouldChange,
    compared: comparedToFirst,
  })),
})

/** Without an account nothing is known but who has free times: the earliest stands first, of equal ones the lower tier. */
const fromPublic = ({ slots, institutions }: Queries['public/free']['answer']): Found => ({
  list: null,
  from: null,
  notes: [],
  diversion: null,
  tieRule: null,
  chain: null,
  places: institutions
    .map(({ id, name, tier }) => {
      const own = slots.filter(({ org }) => org === id)
      const times = own.map(({ startsAt }) => startsAt).toSorted()
      return {
        id,
        name,
        specialty: own[0]?.specialty ?? '',
        tier,
        phone: null,
        at: null,
        isDoubtful: false,
        km: null,
        minutes: null,
        free: own.reduce((sum, { free }) => sum + free, 0),
        firstAt: times[0] ?? null,
        waitDays: null,
        isDiversion: false,
        clock: null,
        capabilities: [],
        reasons: [],
        wouldChange: [],
        compared: null,
      }
    })
    .toSorted((a, b) => (a.firstAt ?? '').localeCompare(b.firstAt ?? '') || TIERS.indexOf(a.tier) - TIERS.indexOf(b.tier))
    .slice(0, placesMost),
})

export type PlacesAsked = {
  specialty: string
  emergency: Queries['navigation.find']['input']['emergency']
  urgency: Queries['navigation.find']['input']['urgency']
  prefer: Preference
  isSignedIn: boolean
}

/** Places for a department: found from where the person lives, or, without an account, those with free times. */
export const useFoundPlaces = ({ specialty, emergency, urgency, prefer, isSignedIn }: PlacesAsked) => {
  const found = useApi(
    'navigation.find',
    { specialty, emergency, urgency, prefer, limit: urgency === 'emergency' ? centresMost : placesMost },
    { follows: ['booking'], enabled: isSignedIn },
  )
  const open = useQuery<Queries['public/free']['answer'], ApiError>({
    queryKey: ['public/free', { specialty }],
    queryFn: ({ signal }) => fetchQuery('public/free', { specialty }, signal),
    enabled: !isSignedIn,
  })
  const shown: Found | undefined = isSignedIn ? found.data && fromFind(found.data) : open.data && fromPublic(open.data)
  const { error, refetch } = isSignedIn ? found : open
  return { found: shown, error, retry: () => void refetch() }
}
