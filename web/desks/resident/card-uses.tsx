import { useState } from 'react'
import type { Queries } from '../../api/api-types.ts'
import { useApi } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { List, PlainRow } from '../../ui/list.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { formatInstant } from '../../ui/time-format.ts'
import { useWordsOf } from '../../words/language.tsx'
import { useWhere } from './card-codes.tsx'
import { cardWords } from './card-words.ts'

type Use = Queries['health-card.uses']['answer']['uses'][number]

/** Where the card was used, the latest first, a page at a time. */
export const CardUses = ({ person }: { person: string }) => {
  const words = useWordsOf(cardWords)
  const [before, setBefore] = useState<string | undefined>(undefined)
  const { data, error, isPending, refetch } = useApi('health-card.uses', before === undefined ? { person } : { person, before })
  const last = data?.uses.at(-1)
  return (
    <Card title={words.uses}>
      <div className="stack">
        {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
        {isPending && error === null && <Skeleton lines={3} />}
        {data !== undefined && data.uses.length === 0 && (
          <EmptyState kind="none" title={words.usesNone} why={words.usesNoneWhy} />
        )}
        {data !== undefined && data.uses.length > 0 && (
          <>
            <List label={words.uses}>
              {data.uses.map((use) => (
                <UseRow key={use.id} use={use} />
              ))}
            </List>
            <p className="soft small">{words.notYou}</p>
          </>
        )}
        {data?.more === true && last !== undefined && (
          <Button wide onClick={() => setBefore(last.id)}>
            {words.more}
          </Button>
        )}
        {before !== undefined && (
          <Button wide onClick={() => setBefore(undefined)}>
            {words.fewer}
          </Button>
        )}
      </div>
    </Card>
  )
}

const UseRow = ({ use }: { use: Use }) => {
  const words = useWordsOf(cardWords)
  const where = useWhere(use)
  return (
    <PlainRow title={`${words.scenes[use.scene]} · ${where}`} lines={`${formatInstant(use.at)} · ${words.shown[use.shown]}`} />
  )
}
