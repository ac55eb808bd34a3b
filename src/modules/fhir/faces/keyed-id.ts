const KEYED = /^(\d{1,18})-([0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})$/

/** The id of something that lives under an institution: its key, a hyphen and its own id. */
export const keyedId = (org: string, id: string): string => `${org}-${id}`

/** Takes such an id apart; null when it is none. */
export const readKeyedId = (id: string): { org: string; id: string } | null => {
  const [, org, own] = KEYED.exec(id) ?? []
  return org && own ? { org, id: own } : null
}
