import { useState } from 'react'
import { useApi } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Field } from '../../ui/field.tsx'
import { List, PressRow } from '../../ui/list.tsx'
import { usePick } from '../../words/language.tsx'
import { useDeskWords } from './words.ts'

/** A condition of the catalogue, as a referral names it. */
export type Condition = { key: string; zh: string; en: string }

/** Finds the condition by name, initials or ICD-10; the chosen one can be changed. */
export const ConditionPicker = ({
  id,
  error,
  value,
  onPick,
}: {
  id: string
  error: string | undefined
  value: Condition | null
  onPick: (condition: Condition | null) => void
}) => {
  const words = useDeskWords()
  const pick = usePick()
  const [text, setText] = useState('')
  const asked = useApi(
    'navigation.conditions',
    { text: text.trim(), limit: 6 },
    { enabled: value === null && text.trim() !== '' },
  )
  if (value !== null) {
    return (
      <div className="along apart picked-place">
        <span>
          <span className="soft small">{words.down.step2} </span>
          <strong>{pick(value)}</strong>
        </span>
        <Button small onClick={() => onPick(null)}>
          {words.pick.change}
        </Button>
      </div>
    )
  }
  const found = asked.data?.conditions
  return (
    <div className="stack tight">
      <Field label={words.down.step2} hint={words.down.findCondition} id={id} error={error}>
        {(wiring) => (
          <input {...wiring} type="search" autoComplete="off" value={text} onChange={(event) => setText(event.target.value)} />
        )}
      </Field>
      {found !== undefined && text.trim() !== '' && found.length === 0 && (
        <EmptyState kind="filtered" title={words.down.noCondition} />
      )}
      {found !== undefined && found.length > 0 && (
        <List label={words.down.step2}>
          {found.map((one) => (
            <PressRow
              key={one.key}
              title={pick(one.name)}
              lines={one.key}
              onPress={() => onPick({ key: one.key, zh: one.name.zh, en: one.name.en ?? '' })}
            />
          ))}
        </List>
      )}
    </div>
  )
}
