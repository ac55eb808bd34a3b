import { useDeferredValue, useEffect, useState } from 'react'
import { useApi } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { List, PressRow } from '../../ui/list.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { usePick, useWordsOf } from '../../words/language.tsx'
import { Complaint } from './complaint.tsx'
import type { ShownPerson } from './people.ts'
import { keepConditions, keepRecent, knownConditions, recentConditions, type Condition } from './remembered.ts'
import { caseWords } from './words.ts'

/** Found ones may be many; an unasked list stays short, because typing is faster than scrolling. */
const [listedMost, unaskedMost] = [12, 6] as const

/** What the condition is: found by name, initials or code; those used lately stand first. */
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

/** The search alone, for pages that ask for a condition in another frame. */
export const ConditionSearch = ({ onChoose }: { onChoose: (condition: Condition) => void }) => {
  const { refer: words } = useWordsOf(caseWords)
  const [text, setText] = useState('')
  const asked = useDeferredValue(text.trim())
  const { data, error, isPending, refetch } = useApi('navigation.conditions', { text: asked, limit: listedMost })
  const [recent] = useState(recentConditions)
  useEffect(() => {
    if (data !== undefined) keepConditions(data.conditions)
  }, [data])
  const isOffline = error?.status === 0
  const listed =
    data?.conditions ??
    (isOffline
      ? knownConditions().filter(({ name, aliases }) => [name.zh, name.en, ...aliases].some((word) => word.includes(asked)))
      : [])
  const recentShown = asked === '' ? recent : []
  const rest = listed.filter(({ key }) => !recentShown.some((one) => one.key === key))
  return (
    <div className="stack">
      <SearchBox label={words.condition} placeholder={words.conditionHint} value={text} onChange={setText} />
      {recentShown.length > 0 && <Choices heading={words.conditionRecent} conditions={recentShown} onChoose={onChoose} />}
      {isPending && <Skeleton lines={4} />}
      {error !== null && !isOffline && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {rest.length > 0 && (
        <Choices
          heading={asked === '' ? words.conditionAll : ''}
          conditions={rest.slice(0, asked === '' ? unaskedMost : listedMost)}
          onChoose={onChoose}
        />
      )}
      {!isPending && listed.length === 0 && (
        <EmptyState kind={isOffline ? 'offline' : 'filtered'} title={words.conditionNone} why={words.conditionNoneWhy} />
      )}
    </div>
  )
}

const Choices = ({
  heading,
  conditions,
  onChoose,
}: {
  heading: string
  conditions: readonly Condition[]
  onChoose: (one: Condition) => void
}) => {
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
            lines={[...condition.aliases.slice(0, 3), condition.icd10.join(' ')].join(' · ')}
            onPress={() => onChoose(condition)}
          />
        ))}
      </List>
    </div>
  )
}
