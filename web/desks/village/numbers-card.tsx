import { useState } from 'react'
import { useApi } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { List, PlainRow } from '../../ui/list.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { formatDay } from '../../ui/time-format.ts'
import { usePick } from '../../words/language.tsx'
import { useReviewWords } from '../match-review/words.ts'
import { IssuePapers } from './issue-papers.tsx'
import { RegisterNewborn } from './register-newborn.tsx'
import { usePapersWords } from './papers-words.ts'

/** Numbers that a person holds and held, masked; records a new paper, and a newborn of a mother. */
export const NumbersCard = ({ person, mayBearChild }: { person: string; mayBearChild: boolean }) => {
  const words = usePapersWords()
  const { kinds } = useReviewWords()
  const pick = usePick()
  const [opened, setOpened] = useState<'papers' | 'newborn' | null>(null)
  const { data, error, refetch } = useApi('residents.numbers', { person }, { follows: ['health-card'] })
  const nameOf = (type: string): string => (kinds as Readonly<Record<string, string>>)[type] ?? type
  return (
    <Card title={words.title}>
      <div className="stack">
        {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
        {data === undefined && error === null && <Skeleton lines={2} />}
        {data?.numbers.length === 0 && <p className="soft">{words.none}</p>}
        {data !== undefined && data.numbers.length > 0 && (
          <List label={words.title}>
            {data.numbers.map(({ id, type, number, institution, heldFrom, endedAt, endedBecause }) => (
              <PlainRow
                key={id}
                title={`${nameOf(type)} · ${number}`}
                lines={[
                  institution && pick(institution),
                  endedAt === null
                    ? heldFrom && words.since(formatDay(heldFrom))
                    : words.ended(formatDay(endedAt), endedBecause ?? ''),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              />
            ))}
          </List>
        )}
        <div className="along">
          <Button small onClick={() => setOpened('papers')}>
            {words.issue}
          </Button>
          {mayBearChild && (
            <Button small onClick={() => setOpened('newborn')}>
              {words.newborn}
            </Button>
          )}
        </div>
      </div>
      {opened === 'papers' && <IssuePapers person={person} onClose={() => setOpened(null)} />}
      {opened === 'newborn' && <RegisterNewborn mother={person} onClose={() => setOpened(null)} />}
    </Card>
  )
}
