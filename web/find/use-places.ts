import { useQuery } from '@tanstack/react-query'
import type { ApiError } from '../api/api-error.ts'
import type { Named, Queries } from '../api/api-types.ts'
import { fetchQuery } from '../api/client.ts'
import { useApi } from '../api/use-api.ts'

/** A place as the list and the map show it. */
export type FoundPlace = {
  id: string
  name: Named
  tier: string | null
  phone: string | null
  at: { longitude: number; latitude: number } | null
  km: number | null
  free: number
  reserved: number
  firstAt: string | null
  reasons: readonly Named[]
}
export type Found = {
  places: readonly FoundPlace[]
  from: { longitude: number; latitude: number } | null
  notes: readonly Named[]
}

/** How many places are laid out; more would be a list to get lost in. */
const placesMost = 6

const fromRank = ({ places, from, notes }: Queries['navigation.rank']['answer']): Found => ({
  from: { longitude: from.longitude, latitude: from.latitude },
  notes,
  places: places.map(({ institution, distanceKm, free, reservedFree, firstFreeAt, reasons }) => ({
    id: institution.id,
    name: institution.name,
    tier: institution.tier,
    phone: institution.phone,
    at: { longitude: institution.longitude, latitude: institution.latitude },
    km: distanceKm,
    free,
    reserved: reservedFree,
    firstAt: firstFreeAt,
    reasons,
  })),
})

const fromPublic = ({ slots, institutions }: Queries['public/free']['answer']): Found => ({
  from: null,
  notes: [],
  places: institutions.slice(0, placesMost).map(({ id, name }) => {
    const own = slots.filter(({ org }) => org === id)
    return {
      id,
      name,
      tier: null,
      phone: null,
      at: null,
      km: null,
      free: own.reduce((sum, { free }) => sum + free, 0),
      reserved: 0,
      firstAt: own.map(({ startsAt }) => startsAt).toSorted()[0] ?? null,
      reasons: [],
    }
  }),
})

type Asked = {
  specialty: string
  village: string | undefined
  urgency: 'emergency' | 'urgent' | 'soon' | 'routine'
  isSignedIn: boolean
}

/** Places for a department: ranked from where the person lives, or, without an account, those with free times. */
export const useFoundPlaces = ({ specialty, village, urgency, isSignedIn }: Asked) => {
  const ranked = useApi(
    'navigation.rank',
    { specialty, village, urgency, limit: placesMost },
    { follows: ['booking'], enabled: isSignedIn },
  )
  const open = useQuery<Queries['public/free']['answer'], ApiError>({
    queryKey: ['public/free', { specialty }],
    queryFn: ({ signal }) => fetchQuery('public/free', { specialty }, signal),
    enabled: !isSignedIn,
  })
  const found: Found | undefined = isSignedIn ? ranked.data && fromRank(ranked.data) : open.data && fromPublic(open.data)
  const { error, refetch } = isSignedIn ? ranked : open
  return { found, error, retry: () => void refetch() }
}
