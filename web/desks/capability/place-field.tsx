import { useApi } from '../../api/use-api.ts'
import { Select } from '../../ui/field.tsx'
import { usePick } from '../../words/language.tsx'
import { useConsortia } from '../manager/names.tsx'
import { useCapabilityWords } from './words.ts'

/** The institution spoken for: a member of the first consortium that one may look at, or the one that a link named. */
export const PlaceField = ({ value, onPick }: { value: string; onPick: (id: string) => void }) => {
  const words = useCapabilityWords()
  const pick = usePick()
  const { list } = useConsortia()
  const consortium = list[0]?.id ?? ''
  const asked = useApi('organisations.consortium', { consortium }, { enabled: consortium !== '' })
  const named = useApi('organisations.names', { ids: [value] }, { enabled: value !== '' })
  const members = (asked.data?.members ?? []).map(({ institution: { id, name } }) => ({ value: id as string, label: pick(name) }))
  const others = (named.data?.institutions ?? [])
    .filter(({ id }) => !members.some((one) => one.value === id))
    .map(({ id, name }) => ({ value: id as string, label: pick(name) }))
  return (
    <div className="capability-place">
      <Select label={words.place} choices={[...others, ...members]} value={value} onChange={onPick} />
    </div>
  )
}
