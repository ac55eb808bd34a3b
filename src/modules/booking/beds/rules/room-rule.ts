/** A room of beds for any sex on one day: its open beds, and who lies in them by name. */
export type RoomDay = { readonly beds: number; readonly men: number; readonly women: number }

/**
 * Whether the rooms can hold so many men and women when a room holds one sex at a time. A room in which somebody lies by name has
 * that sex; the others may be given to either. Counts are persons, named ones included.
 */
export const roomsHold = (rooms: readonly RoomDay[], men: number, women: number): boolean => {
  if (rooms.some((room) => room.men > 0 && room.women > 0)) return false
  const ofMen = sum(rooms.filter((room) => room.men > 0))
  const ofWomen = sum(rooms.filter((room) => room.women > 0))
  const either = rooms.filter((room) => room.men === 0 && room.women === 0)
  const all = sum(either)
  return [...sums(either)].some((given) => ofMen + given >= men && ofWomen + all - given >= women)
}

const sum = (rooms: readonly RoomDay[]): number => rooms.reduce((total, { beds }) => total + beds, 0)

// How many beds any choice among the rooms could have.
const sums = (rooms: readonly RoomDay[]): Set<number> =>
  rooms.reduce((found, { beds }) => found.union(new Set([...found].map((before) => before + beds))), new Set([0]))

/** How many more of one sex the rooms could hold beside those who are there, at most `most`. */
export const roomsHoldMore = (
  rooms: readonly RoomDay[],
  there: { readonly men: number; readonly women: number },
  sex: 'male' | 'female',
  most: number,
): number => {
  for (let more = most; more > 0; more -= 1) {
    const holds =
      sex === 'male' ? roomsHold(rooms, there.men + more, there.women) : roomsHold(rooms, there.men, there.women + more)
    if (holds) return more
  }
  return 0
}
