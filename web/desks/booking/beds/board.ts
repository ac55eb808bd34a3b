import type { Queries } from '../../../api/api-types.ts'

export type Board = Queries['booking.beds-board']['answer']
export type BoardBed = Board['beds'][number]
export type BoardStay = Board['expected'][number]

/** Day and month, as a small tile has room for; the year stands in the day's full form elsewhere. */
export const shortDay = (day: string): string => day.slice(5)

export const plusDays = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)

/** Whether a bed is for somebody: of the sex or for any, and for isolation exactly when it is needed. */
export const fits = (bed: Pick<BoardBed, 'sex' | 'isolation'>, stay: Pick<BoardStay, 'sex' | 'isolation'>): boolean =>
  bed.isolation === stay.isolation && (bed.sex === stay.sex || bed.sex === 'any')

/** Beds that somebody could lie down in now: fitting, ready, and not expected for anybody else. */
export const bedsNow = (beds: readonly BoardBed[], stay: BoardStay): BoardBed[] =>
  beds.filter((bed) => fits(bed, stay) && (bed.state === 'free' || (bed.state === 'kept' && bed.next?.stay === stay.stay)))

/** Who is expected on a day or before and may have the bed. */
export const expectedFor = (bed: BoardBed, expected: readonly BoardStay[], today: string): BoardStay[] =>
  expected.filter(
    (stay) =>
      !stay.isHeld && fits(bed, stay) && stay.from <= today && today < stay.until && (stay.bed === null || stay.bed === bed.bed),
  )

/** Beds of a ward by room, in the order of the rooms. */
export const byRoom = (beds: readonly BoardBed[]): [room: string, beds: BoardBed[]][] => [
  ...Map.groupBy(beds, ({ room }) => room),
]

/** The number of the next bed of a room, where its beds are numbered; none in an unknown room. */
export const nextLabel = (beds: readonly Pick<BoardBed, 'room' | 'label'>[], room: string): string => {
  const numbers = beds.flatMap((bed) => (bed.room === room && /^\d+$/.test(bed.label) ? [Number(bed.label)] : []))
  return numbers.length === 0 ? (room === '' ? '' : '1') : String(Math.max(...numbers) + 1)
}

type Sex = 'male' | 'female' | 'any'
export type TypedBed = { room: string; label: string; sex: Sex; isolation: boolean }
const SEXES: Readonly<Record<string, Sex>> = { 男: 'male', 女: 'female', 不限: 'any', male: 'male', female: 'female', any: 'any' }
const BEDS_OF_ROOM = 12

/** Beds as they are typed, one room a line; or the first line that is not understood. */
export const typedBeds = (text: string): { beds: TypedBed[] } | { wrong: string } => {
  const beds: TypedBed[] = []
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '') continue
    const [room = '', count = '', sex = '', isolation] = line.split(/\s+/)
    const many = Number(count)
    const isKnown = isolation === undefined || isolation === '隔离' || isolation === 'isolation'
    const found = SEXES[sex]
    if (!Number.isInteger(many) || many < 1 || many > BEDS_OF_ROOM || found === undefined || !isKnown) return { wrong: line }
    for (let label = 1; label <= many; label += 1)
      beds.push({ room, label: String(label), sex: found, isolation: isolation !== undefined })
  }
  return { beds }
}
