import type { Queries } from '../../api/api-types.ts'
import { useApi } from '../../api/use-api.ts'

export type Costs = Queries['settlement.expected']['answer']
export type Cost = Costs['places'][number]

/** Whose stay, and for what; null where nobody's or nothing's cost can be asked. */
export type CostAsk = { person: string; condition?: string; specialty?: string } | null

/** Places asked for at once; the form takes no more. */
const placesMost = 12

/** What a stay would cost at each shown place, asked for beside the ranking so that it never waits for money. */
export const useCosts = (ask: CostAsk, places: readonly string[]) => {
  const wanted = places.slice(0, placesMost)
  const { data, isPending } = useApi(
    'settlement.expected',
    { person: '', ...ask, places: wanted },
    { follows: ['settlement'], enabled: ask !== null && wanted.length > 0 },
  )
  return {
    isPending: ask !== null && wanted.length > 0 && isPending,
    costs: data,
    costAt: (place: string): Cost | undefined => data?.places.find((one) => one.place === place),
  }
}

/** The same for one place with every step; asked for when a reader opens it. */
export const useCostSteps = (ask: CostAsk, place: string, isOpen: boolean) =>
  useApi('settlement.expected', { person: '', ...ask, places: [place], withSteps: true }, { enabled: ask !== null && isOpen })
