import { useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import { fetchQuery } from '../../api/client.ts'
import { serverNow } from '../../api/server-clock.ts'
import { useCommand } from '../../api/use-api.ts'
import { DangerAdvice } from '../../find/danger-advice.tsx'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextArea } from '../../ui/field.tsx'
import { List, PressRow } from '../../ui/list.tsx'
import type { Commands } from '../../api/api-types.ts'
import { usePick, useWordsOf } from '../../words/language.tsx'
import { complaintWords } from './complaint-words.ts'
import type { ShownPerson } from './people.ts'
import type { Condition } from './remembered.ts'
import '../../find/find.css'

type Triage = Commands['triage.assess']['answer']
type Props = { person: ShownPerson; onChoose: (condition: Condition) => void }

const yearMs = 31_556_952_000
/** As many suggestions as a doctor reads at a glance. */
const suggestedMost = 5
/** Names in the catalogue that may share the beginning of the searched one. */
const lookedAmong = 20

/** From the complaint in the person's own words to conditions of the catalogue; danger first. Nothing of it is kept. */
export const Complaint = ({ person, onChoose }: Props) => {
  const words = useWordsOf(complaintWords)
  const [text, setText] = useState('')
  const assess = useCommand('triage.assess')
  const age = person.bornOn === null ? null : Math.floor((serverNow() - Date.parse(person.bornOn)) / yearMs)
  const ask = () => {
    if (text.trim() === '') return
    assess.mutate({
      text: text.trim(),
      ...(age === null ? {} : { age }),
      ...(person.sex === 'male' || person.sex === 'female' ? { sex: person.sex } : {}),
    })
  }
  return (
    <details>
      <summary className="find-summary">{words.open}</summary>
      <div className="stack">
        <TextArea label={words.label} hint={words.hint} maxLength={500} value={text} onChange={setText} />
        <div>
          <Button icon="search" busy={assess.isPending} disabled={text.trim() === ''} onClick={ask}>
            {words.ask}
          </Button>
        </div>
        {assess.error !== null && (assess.error.status === 0 ? <p>{words.offline}</p> : <ErrorNote error={assess.error} />)}
        {assess.data !== undefined && <Suggested triage={assess.data} onChoose={onChoose} />}
      </div>
    </details>
  )
}

/** The catalogue's rows of what triage thought of, found by their names. */
const useCatalogued = (conditions: Triage['conditions']): Condition[] =>
  useQueries({
    queries: conditions.slice(0, suggestedMost).map(({ key, zh }) => ({
      queryKey: ['navigation.conditions', { text: zh, limit: lookedAmong }],
      queryFn: () => fetchQuery('navigation.conditions', { text: zh, limit: lookedAmong }),
      select: (found: { conditions: Condition[] }) => found.conditions.find((one) => one.key === key),
    })),
    combine: (asked) => asked.flatMap(({ data }) => data ?? []),
  })

const Suggested = ({ triage, onChoose }: { triage: Triage; onChoose: (condition: Condition) => void }) => {
  const words = useWordsOf(complaintWords)
  const pick = usePick()
  const conditions = useCatalogued(triage.conditions)
  const { dangerSigns, departments, urgency } = triage
  if (departments.length === 0) return <p>{words.nothing}</p>
  return (
    <>
      {dangerSigns.length > 0 && <DangerAdvice signs={dangerSigns} />}
      <p>
        <Chip tone={urgency === 'emergency' ? 'danger' : 'calm'}>{words.urgency[urgency]}</Chip> {words.departments}:{' '}
        {departments
          .slice(0, 3)
          .map(({ name }) => pick(name))
          .join(' · ')}
      </p>
      {triage.conditions.length > 0 && <p className="field-hint">{words.conditions}</p>}
      {triage.conditions.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <List label={words.conditions}>
          {conditions.map((one) => (
            <PressRow key={one.key} title={pick(one.name)} lines={one.icd10.join(' ')} onPress={() => onChoose(one)} />
          ))}
        </List>
      )}
    </>
  )
}
