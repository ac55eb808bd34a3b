import { useMemo } from 'react'
import type { Named } from '../../api/api-types.ts'
import { useApi } from '../../api/use-api.ts'
import { useActor } from '../../shell/session.tsx'
import { usePick } from '../../words/language.tsx'
import type { Body, Entry, Field } from './registers.ts'

const namesMost = 200

/** The ids that fields of one meaning hold, in any depth. */
const idsIn = (fields: readonly Field[], body: Body, means: Field['means']): string[] =>
  fields.flatMap((field) => {
    const value = body[field.name]
    if (field.means === means) return typeof value === 'string' ? [value] : []
    if (field.kind === 'group' && value) return idsIn(field.parts, value as Body, means)
    return field.kind === 'list' && value ? (value as Body[]).flatMap((row) => idsIn(field.parts, row, means)) : []
  })

export type NameOf = (means: Field['means'], id: string) => string

/**
 * Names of the institutions and consortia that some entries speak of, and of whoever keeps them; an id whose name is not known
 * stays an id.
 */
export const useNames = (fields: readonly Field[], entries: readonly Entry[]): NameOf => {
  const pick = usePick()
  const ids = useMemo(() => {
    const spokenOf = entries.flatMap(({ org, body }) => [org as string, ...idsIn(fields, body, 'institution')])
    return [...new Set(spokenOf)]
      .filter((id) => id !== '0')
      .toSorted()
      .slice(0, namesMost)
  }, [fields, entries])
  const needsConsortia = fields.some(({ means }) => means === 'consortium')
  const institutions = useApi('organisations.names', { ids }, { enabled: ids.length > 0 })
  const consortia = useApi('organisations.consortia', {}, { enabled: needsConsortia })
  return useMemo(() => {
    const known = new Map<string, Named>([
      ...(institutions.data?.institutions ?? []).map(({ id, name }) => [id as string, name] as const),
      ...(consortia.data?.consortia ?? []).map(({ id, name }) => [id, name] as const),
    ])
    return (_means, id) => {
      const name = known.get(id)
      return name === undefined ? id : pick(name)
    }
  }, [institutions.data, consortia.data, pick])
}

/** County consortia and city groups that one may look at, one's own first. */
export const useConsortia = () => {
  const { institution } = useActor()
  const all = useApi('organisations.consortia', {})
  const list = useMemo(() => {
    const grouped = (all.data?.consortia ?? []).filter(({ kind }) => kind !== 'specialty-alliance')
    return grouped.toSorted((a, b) => Number(b.lead === institution?.id) - Number(a.lead === institution?.id))
  }, [all.data, institution])
  return { list, error: all.error, isLoading: all.isPending }
}
