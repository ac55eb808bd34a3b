import type { Queries } from '../api/api-types.ts'

type Service = Queries['organisations.institution']['answer']['services'][number]

/**
 * One service for each specialty of an institution, in the order of their codes. Several lines may share a code
 * (endocrinology and the nutrition clinic); whoever is referred comes for treatment, so that line names it.
 */
export const oneEachSpecialty = (services: readonly Service[]): Service[] => {
  const codes = [...new Set(services.map(({ specialty }) => specialty))]
  return codes.flatMap((code) => {
    const lines = services.filter(({ specialty }) => specialty === code)
    return lines.find(({ line }) => line === 'treatment') ?? lines[0] ?? []
  })
}
