import type { Queries } from '../../api/api-types.ts'
import { useApi } from '../../api/use-api.ts'
import { oneEachSpecialty } from '../specialties.ts'

/** One institution with its services, its managing institutions and the path of its divisions. */
export type InstitutionShown = Queries['organisations.institution']['answer']

/** Asks for an institution; nothing is asked while there is no id. */
export const useInstitution = (id: string | null | undefined) =>
  useApi('organisations.institution', { institution: id ?? '' }, { enabled: typeof id === 'string' && id !== '' })

/** Where an institution stands, from the province down to the village: `湖南省湘潭市湘潭县易俗河镇`. */
export const addressOf = ({ divisions }: Pick<InstitutionShown, 'divisions'>): string => divisions.map(({ zh }) => zh).join('')

/** What an institution calls one of its specialties; null where it does not offer it. */
export const specialtyOf = ({ services }: Pick<InstitutionShown, 'services'>, specialty: string) =>
  oneEachSpecialty(services).find((service) => service.specialty === specialty)?.name ?? null
