import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useEffect, useMemo, useState, type KeyboardEvent } from 'react'
import { conditionsLike } from '../../../src/modules/navigation/navigation.ts'
import type { ApiError } from '../../api/api-error.ts'
import type { Queries } from '../../api/api-types.ts'
import { fetchQuery } from '../../api/client.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { List, PressRow } from '../../ui/list.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { isComposing } from '../../ui/use-keys.ts'
import { usePick, useWordsOf } from '../../words/language.tsx'
import { Complaint } from './complaint.tsx'
import type { ShownPerson } from './people.ts'
import { keepConditions, keepRecent, knownConditions, recentConditions, type Condition } from './remembered.ts'
import { caseWords } from './words.ts'

type Answer = Queries['navigation.conditions']['answer']

/** Found ones may be many; an unasked list stays short, because typing is faster than scrolling. */
const [listedMost, unaskedMost] = [12, 8] as const

/** What the condition is: found by name, pinyin, code or a diagnosis; those used lately stand first. */
export const ConditionStep = ({
  chosen,
  step,
  about,
  onChoose,
  onChange,
}: {
  chosen: Condition | null
  /** Of whom the complaint is; age and sex go along to triage. */
  about?: ShownPerson
  step: string
  onChoose: (condition: Condition) => void
  onChange: () => void
}) => {
  const { refer: words } = useWordsOf(caseWords)
  const pick = usePick()
  if (chosen !== null)
    return (
      <Card
        title={`${step}${words.condition}`}
        aside={
          <Button small tone="quiet" onClick={onChange}>
            {words.change}
          </Button>
        }
      >
        <p className="chosen">
          {pick(chosen.name)} <span className="soft small">{chosen.icd10.join(' ')}</span>
        </p>
      </Card>
    )
  const choose = (condition: Condition) => {
    keepRecent(condition)
    onChoose(condition)
  }
  return (
    <Card title={`${step}${words.condition}`}>
      <div className="stack">
        {about !== undefined && <Complaint person={about} onChoose={choose} />}
        <ConditionSearch onChoose={choose} />
      </div>
    </Card>
  )
}

/** Rows that are pressed or chosen by keys: the arrows go from the search through the list, Enter takes the row, or from the search the first. */
const moveByKeys = (event: KeyboardEvent<HTMLDivElement>) => {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (step === 0 || isComposing(event.nativeEvent)) return
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('input[type=search], .list-row')]
  const at = stops.indexOf(document.activeElement as HTMLElement)
  const next = stops[at + step]
  if (at === -1 || next === undefined) return
  event.preventDefault()
  next.focus()
}

/** What fits the text: at once from what this device keeps, then, with diagnoses of the whole ICD-10 table, from the server. */
const useConditionsFor = (text: string) => {
  const asked = useDeferredValue(text)
  const { data, error, isPlaceholderData, refetch } = useQuery<Answer, ApiError>({
    queryKey: ['navigation.conditions', { text: asked, limit: listedMost }],
    queryFn: ({ signal }) => fetchQuery('navigation.conditions', { text: asked, limit: listedMost }, signal),
    placeholderData: (before) => before,
  })
  const isOffline = error?.status === 0
  const [atFirst] = useState(knownConditions)
  // Read anew when the line is lost: what was asked until then is known by now.
  const known = useMemo(() => (isOffline ? knownConditions() : atFirst), [isOffline, atFirst])
  useEffect(() => {
    const news = data?.conditions.filter(({ key }) => !known.some((one) => one.key === key)) ?? []
    if (news.length > 0) keepConditions(news)
  }, [data, known])
  const fresh = data !== undefined && !isPlaceholderData && asked === text ? data.conditions : null
  const listed = useMemo(() => fresh ?? conditionsLike(known, text, listedMost), [fresh, known, text])
  return { listed, isOffline, isPending: fresh === null && error === null, error: isOffline ? null : error, refetch }
}

/** The search alone, for pages that ask for a condition in another frame. */
export const ConditionSearch = ({ onChoose }: { onChoose: (condition: Condition) => void }) => {
  const { refer: words } = useWordsOf(caseWords)
  const [typed, setTyped] = useState('')
  const text = typed.trim()
  const { listed, isOffline, isPending, error, refetch } = useConditionsFor(text)
  const [recent] = useState(recentConditions)
  const recentShown = text === '' ? recent : []
  const rest = listed.filter(({ key }) => !recentShown.some((one) => one.key === key))
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the keys belong to the search and the rows inside
    <div className="stack" onKeyDown={moveByKeys}>
      <SearchBox
        label={words.condition}
        placeholder={words.conditionHint}
        value={typed}
        onChange={setTyped}
        onFind={(found) => {
          const [first] = listed
          if (found !== '' && first !== undefined) onChoose(first)
        }}
      />
      {isOffline && listed.length > 0 && <p className="field-hint">{words.conditionKept}</p>}
      {recentShown.length > 0 && <Choices heading={words.conditionRecent} conditions={recentShown} onChoose={onChoose} />}
      {isPending && listed.length === 0 && <Skeleton lines={4} />}
      {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {rest.length > 0 && (
        <Choices
          heading={text === '' ? words.conditionAll : ''}
          conditions={rest.slice(0, text === '' ? unaskedMost : listedMost)}
          onChoose={onChoose}
        />
      )}
      {!isPending && listed.length === 0 && (
        <EmptyState kind={isOffline ? 'offline' : 'filtered'} title={words.conditionNone} why={words.conditionNoneWhy} />
      )}
    </div>
  )
}

type ChoicesProps = { heading: string; conditions: readonly Condition[]; onChoose: (one: Condition) => void }

const Choices = ({ heading, conditions, onChoose }: ChoicesProps) => {
  const { refer: words } = useWordsOf(caseWords)
  const pick = usePick()
  return (
    <div className="stack tight">
      {heading !== '' && <h3 className="soft small">{heading}</h3>}
      <List label={heading === '' ? words.condition : heading}>
        {conditions.map((condition) => (
          <PressRow
            key={condition.key}
            title={pick(condition.name)}
            lines={[
              ...(condition.via === undefined ? [] : [words.conditionVia(`${condition.via.code} ${condition.via.zh}`)]),
              ...condition.aliases.slice(0, 3),
              condition.icd10.join(' '),
            ].join(' · ')}
            onPress={() => onChoose(condition)}
          />
        ))}
      </List>
    </div>
  )
}
