import { useState } from 'react'
import { useApi } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Checkbox } from '../../ui/choice.tsx'
import { Chip, type ChipTone } from '../../ui/chip.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { formatDay, formatInstant } from '../../ui/time-format.ts'
import { usePick, useWordsOf } from '../../words/language.tsx'
import { criteriaFor, holds, reasonFrom, type Criterion, type DiseaseCriteria } from './criteria-of.ts'
import { criteriaWords } from './criteria-words.ts'
import type { Condition } from './remembered.ts'

type Props = { person: string; condition: Condition; isOwn: boolean; onWrite: (sentence: string) => void }

/** The up-referral criteria of the chosen condition beside the person's record: met, not met, or not known. */
export const CriteriaStep = ({ person, condition, isOwn, onWrite }: Props) => {
  const words = useWordsOf(criteriaWords)
  const { data, dataUpdatedAt, error, isPending, refetch } = useApi(
    'referral.criteria',
    { person },
    { enabled: isOwn, follows: ['health-record'] },
  )
  const isOffline = error?.status === 0
  const diseases = criteriaFor(condition.icd10, data?.diseases ?? [])
  return (
    <Card title={words.title}>
      <div className="stack">
        {!isOwn && <p>{words.notOwn}</p>}
        {isOwn && isPending && <Skeleton lines={4} />}
        {error !== null && !isOffline && <ErrorNote error={error} onRetry={() => void refetch()} />}
        {isOffline && data === undefined && <p>{words.offline}</p>}
        {isOffline && data !== undefined && (
          <p className="field-hint">{words.kept(formatInstant(new Date(dataUpdatedAt).toISOString()))}</p>
        )}
        {data !== undefined && diseases.length === 0 && <p>{words.none}</p>}
        {diseases.map((disease) => (
          <Disease key={`${disease.key}-${condition.key}`} disease={disease} onWrite={onWrite} />
        ))}
      </div>
    </Card>
  )
}

const occasions = ['emergency', 'first', 'follow-up'] as const
const order: Record<Criterion['state'], number> = { met: 0, unknown: 1, 'not-met': 2 }

const Disease = ({ disease, onWrite }: { disease: DiseaseCriteria; onWrite: (sentence: string) => void }) => {
  const words = useWordsOf(criteriaWords)
  const pick = usePick()
  const [seen, setSeen] = useState<readonly string[]>([])
  const [isWritten, setWritten] = useState(false)
  const { criteria } = disease
  const count = (state: Criterion['state']): number => criteria.filter((one) => one.state === state).length
  const sentence = reasonFrom(criteria, seen)
  const isEmergency = criteria.some((one) => one.occasion === 'emergency' && holds(one, seen))
  const see = (id: string, isSeen: boolean) => {
    setWritten(false)
    setSeen(isSeen ? [...seen, id] : seen.filter((one) => one !== id))
  }
  return (
    <section className="stack" aria-label={pick(disease.words)}>
      <p>
        <strong>{pick(disease.words)}</strong> · {words.counts(count('met'), count('not-met'), count('unknown'))}
      </p>
      <p className="field-hint">{words.lead}</p>
      {isEmergency && (
        <div className="error-note" role="alert">
          <p className="error-what">{words.emergency}</p>
        </div>
      )}
      {occasions.map((occasion) => (
        <Occasion
          key={occasion}
          title={words.occasions[occasion]}
          criteria={criteria.filter((one) => one.occasion === occasion).toSorted((a, b) => order[a.state] - order[b.state])}
          seen={seen}
          onSee={see}
        />
      ))}
      <p className="field-hint">
        {words.basis}: {disease.basis}
      </p>
      {sentence !== '' && (
        <Button
          onClick={() => {
            onWrite(sentence)
            setWritten(true)
          }}
        >
          {words.write}
        </Button>
      )}
      <output className="field-hint">{isWritten ? words.written : ''}</output>
    </section>
  )
}

type OccasionProps = {
  title: string
  criteria: readonly Criterion[]
  seen: readonly string[]
  onSee: (id: string, isSeen: boolean) => void
}

const Occasion = ({ title, criteria, seen, onSee }: OccasionProps) =>
  criteria.length === 0 ? null : (
    <div className="stack tight">
      <h3 className="soft small">{title}</h3>
      <ul className="criteria-list">
        {criteria.map((one) => (
          <Clause key={one.id} criterion={one} isSeen={seen.includes(one.id)} onSee={(isSeen) => onSee(one.id, isSeen)} />
        ))}
      </ul>
    </div>
  )

const tones: Record<Criterion['state'], ChipTone> = { met: 'warning', 'not-met': 'good', unknown: 'quiet' }

const Clause = ({ criterion, isSeen, onSee }: { criterion: Criterion; isSeen: boolean; onSee: (isSeen: boolean) => void }) => {
  const words = useWordsOf(criteriaWords)
  const pick = usePick()
  const { state, facts, missing, clause, grade } = criterion
  const told = facts.map((fact) => `${pick(fact)}${fact.at === null ? '' : words.atDay(formatDay(fact.at))}`)
  return (
    <li className="criterion">
      <Chip tone={tones[state]} icon={state === 'met' ? 'check' : state === 'unknown' ? 'info' : 'cross'}>
        {words.states[state]}
      </Chip>
      <div className="stack tight">
        <p>{pick(criterion.words)}</p>
        {told.length > 0 && <p className="small">{told.join('；')}</p>}
        {state === 'unknown' && missing.length > 0 && <p className="soft small">{missing.map(pick).join('；')}</p>}
        <p className="soft small">
          {clause} · {words.grades[grade as keyof typeof words.grades] ?? grade}
        </p>
      </div>
      {state === 'unknown' && <Checkbox label={words.seen} checked={isSeen} onChange={onSee} />}
    </li>
  )
}
