import { useEffect, useRef, useState } from 'react'
import { Link, useSearchParams } from 'wouter'
import type { ShownCandidate } from '../../../src/modules/continuity/contract.ts'
import type { Queries } from '../../api/api-types.ts'
import { useApi } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { List, PressRow } from '../../ui/list.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { usePick } from '../../words/language.tsx'
import { AskForm } from './ask-form.tsx'
import './continuity.css'
import { CriteriaCounts, CriteriaList } from './criteria.tsx'
import { ReadinessCard } from './readiness-card.tsx'
import { useContinuityWords } from './words.ts'

export type Candidate = Queries['continuity.candidate']['answer']

/** Who of the ward can go home, nearest first; the chosen one with the fact behind each criterion and the next step. */
export const Candidates = ({ onWrite }: { onWrite: (candidate: Candidate) => void }) => {
  const { list } = useContinuityWords()
  const [search, setSearch] = useSearchParams()
  const asked = useApi('continuity.candidates', {}, { follows: ['referral'] })
  const person = search.get('person')
  if (asked.error !== null && asked.data === undefined)
    return <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />
  if (asked.data === undefined) return <Skeleton lines={6} />
  const { candidates } = asked.data
  if (candidates.length === 0 && person === null) return <EmptyState kind="none" title={list.none} why={list.noneWhy} />
  return (
    <div className="beside">
      <Card title={list.title}>
        <p className="soft small">{list.lead}</p>
        <div className="candidate-list">
          <List label={list.title}>
            {candidates.map((one) => (
              <CandidateRow
                key={one.person.id}
                one={one}
                isOpen={one.person.id === person}
                onOpen={() => setSearch({ person: one.person.id })}
              />
            ))}
          </List>
        </div>
      </Card>
      {person === null ? (
        <EmptyState kind="none" title={list.pick} why={list.pickWhy} />
      ) : (
        <Detail key={person} person={person} onWrite={onWrite} />
      )}
    </div>
  )
}

const CandidateRow = ({ one, isOpen, onOpen }: { one: ShownCandidate; isOpen: boolean; onOpen: () => void }) => {
  const pick = usePick()
  return (
    <PressRow
      title={`${pick(one.person.name)} · ${pick(one.disease)}`}
      current={isOpen}
      onPress={onOpen}
      lines={
        <span className="along">
          <Days one={one} />
          <CriteriaCounts progress={one.progress} />
        </span>
      }
    />
  )
}

const Days = ({ one }: { one: ShownCandidate }) => {
  const { list } = useContinuityWords()
  const over = one.days - one.expectedDays
  return (
    <>
      <span>{list.days(one.days, one.expectedDays)}</span>
      {over > 0 && <Chip tone="warning">{list.over(over)}</Chip>}
    </>
  )
}

const Detail = ({ person, onWrite }: { person: string; onWrite: (candidate: Candidate) => void }) => {
  const words = useContinuityWords()
  const pick = usePick()
  const asked = useApi('continuity.candidate', { person }, { follows: ['referral'] })
  const { data: one, error, refetch } = asked
  const top = useRef<HTMLDivElement>(null)
  const isShown = one !== undefined
  useEffect(() => {
    // Under the list, as on phones, what was chosen would open out of sight.
    if (isShown && !window.matchMedia('(min-width: 1000px)').matches) top.current?.scrollIntoView({ block: 'start' })
  }, [isShown])
  if (one === undefined)
    return error === null ? <Skeleton lines={8} /> : <ErrorNote error={error} onRetry={() => void refetch()} />
  return (
    <div ref={top} className="stack" data-candidate={one.person.id}>
      <Card title={`${pick(one.person.name)} · ${pick(one.disease)}`} aside={<CriteriaCounts progress={one.progress} />}>
        <div className="stack tight">
          <p className="along soft">
            <Days one={one} />
            {one.referral !== null && <span>{one.referral.slipNo}</span>}
          </p>
          <h3>{words.criteria}</h3>
          <CriteriaList person={one.person.id} criteria={one.criteria} />
        </div>
      </Card>
      <Readiness one={one} />
      <Card title={words.start.title} held={one.progress.isReady}>
        <div className="stack tight">
          {!one.progress.isReady && <p className="soft">{words.start.notReady}</p>}
          <div>
            {one.referral === null ? (
              <Button tone="primary" onClick={() => onWrite(one)}>
                {words.start.toForm}
              </Button>
            ) : (
              <Link
                className="button primary"
                to={`/desk/inbox?tab=${one.referral.state === 'discharged' ? 'to-return' : 'inside'}&case=${one.referral.id}`}
              >
                {words.start.toCase}
              </Link>
            )}
          </div>
        </div>
      </Card>
    </div>
  )
}

const Readiness = ({ one }: { one: Candidate }) => {
  const { readiness: words } = useContinuityWords()
  const [asks, setAsks] = useState(false)
  if (asks) return <AskForm candidate={one} onClose={() => setAsks(false)} />
  return (
    <Card
      title={words.title}
      aside={
        <Button small onClick={() => setAsks(true)}>
          {words.ask}
        </Button>
      }
    >
      {one.questions.length === 0 ? (
        <p className="soft">{words.none}</p>
      ) : (
        <div className="stack">
          {one.questions.map((question) => (
            <ReadinessCard key={question.id} question={question} />
          ))}
        </div>
      )}
    </Card>
  )
}
