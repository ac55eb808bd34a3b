import { useSearchParams } from 'wouter'
import { useApi } from '../../api/use-api.ts'
import { useActor } from '../../shell/session.tsx'
import { useConsortia } from '../manager/names.tsx'

const province = '430000000000'
/** The first pilot, where the page begins. */
const firstCounty = '430321'

/** What the page shows, kept in its address: area, columns, filters and the open cell. */
export const useMatrixAddress = () => {
  const [search, setSearch] = useSearchParams()
  const get = (key: string): string => search.get(key) ?? ''
  const set = (changes: Readonly<Record<string, string>>): void => {
    const next = new URLSearchParams(search)
    for (const [key, value] of Object.entries(changes)) {
      if (value === '') next.delete(key)
      else next.set(key, value)
    }
    setSearch(next, { replace: true })
  }
  return { get, set }
}

/** The area asked for, and what it may be changed to. */
export const useArea = () => {
  const { get, set } = useMatrixAddress()
  const { role } = useActor()
  const consortia = useConsortia()
  const wished = get('consortium')
  // A manager begins with the own consortium, which stands first.
  const own = role === 'consortium-manager' && get('division') === '' ? (consortia.list[0]?.id ?? '') : ''
  const consortium = wished === '' ? own : wished
  const division = consortium === '' ? get('division') || firstCounty : ''
  const prefecture = `${(division || firstCounty).slice(0, 4)}00000000`
  const prefectures = useApi('organisations.divisions', { parent: province })
  const counties = useApi('organisations.divisions', { parent: prefecture })
  const isWaiting = role === 'consortium-manager' && consortium === '' && get('division') === '' && consortia.isLoading
  return {
    asked: isWaiting ? null : consortium === '' ? { division } : { consortium },
    consortium,
    division,
    prefecture,
    prefectures: prefectures.data?.divisions ?? [],
    counties: counties.data?.divisions ?? [],
    consortia: consortia.list,
    toFirstCounty: () => set({ division: firstCounty, consortium: '', cell: '' }),
    toDivision: (code: string) => set({ division: code, consortium: '', cell: '' }),
    toConsortium: (id: string) => set({ consortium: id, division: '', cell: '' }),
  }
}
