import type { Place } from '../waiting.ts'

/**
 * Which of two stands before the other: the lower rank, then who asked first, then the smaller id. Negative when it is the first.
 * Source: S3 优先就诊; first come, first served among equals is design.
 */
export const compareInOrder = (one: Place, other: Place): number =>
  one.rank - other.rank || compareText(one.askedAt, other.askedAt) || compareText(one.id, other.id)

const compareText = (one: string, other: string): number => (one < other ? -1 : Number(one > other))
