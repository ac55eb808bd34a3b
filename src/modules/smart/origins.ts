import { asSystem } from '../../platform/database/as-system.ts'
import type { House } from '../../platform/house.ts'
import { listClients } from './store.ts'

const BELIEVED_MS = 10_000

const originOf = (address: string): string[] => (URL.canParse(address) ? [new URL(address).origin] : [])

/** Says whether pages at an address without a path belong to a registered app that was not stopped, by where its codes are sent; asked anew every ten seconds. */
export const appOrigins = (house: House): ((origin: string) => Promise<boolean>) => {
  let known: { readonly until: number; readonly origins: Promise<ReadonlySet<string>> } | null = null
  const read = async (): Promise<ReadonlySet<string>> => {
    const clients = await listClients(asSystem(house.database))
    return new Set(
      clients.filter(({ disabledAt }) => disabledAt === null).flatMap(({ redirectUris }) => redirectUris.flatMap(originOf)),
    )
  }
  return async (origin) => {
    if (!known || known.until < performance.now()) known = { until: performance.now() + BELIEVED_MS, origins: read() }
    const { origins } = known
    try {
      return (await origins).has(origin)
    } catch (error) {
      known = null
      throw error
    }
  }
}
