/** 急诊医学科 and 重症医学科: named among the others of a condition they receive it first and care for it meanwhile. */
const RECEIVING = new Set(['2000', '2800'])

/**
 * The specialties in which a place can treat a condition, the main one first: its own and the others named, but an
 * emergency department or an intensive care unit alone makes no place capable of what belongs to another specialty.
 */
export const treatingSpecialties = ({
  specialty,
  also,
}: {
  readonly specialty: string
  readonly also: readonly string[]
}): readonly string[] => [specialty, ...also.filter((code) => !RECEIVING.has(code))]
