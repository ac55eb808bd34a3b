import { useApi } from '../../api/use-api.ts'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { List, PlainRow } from '../../ui/list.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useWordsOf } from '../../words/language.tsx'
import { homeWords } from './home-words.ts'

/** Public-health services by age and illness: which are due, and when they were done last. */
export const DueCare = ({ person }: { person: string }) => {
  const words = useWordsOf(homeWords)
  const { data, error, refetch } = useApi('health-record.due-care', { person })
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Skeleton lines={3} />
  if (data.services.length === 0) return null
  const isAnyDue = data.services.some(({ isDue }) => isDue)
  return (
    <Card title={words.due}>
      <div className="stack tight">
        <List label={words.due}>
          {data.services.map(({ key, isDue, dueOn, lastOn }) => (
            <PlainRow
              key={key}
              title={words.services[key][0]}
              lines={`${words.services[key][1]} · ${lastOn === null ? words.neverSeen : words.last(lastOn)}`}
              aside={isDue ? <Chip tone="warning">{words.isDue}</Chip> : <Chip tone="good">{words.next(dueOn)}</Chip>}
            />
          ))}
        </List>
        <p className="soft small">
          {isAnyDue ? words.askDoctor : words.dueNone} {words.dueWhy}
        </p>
      </div>
    </Card>
  )
}
