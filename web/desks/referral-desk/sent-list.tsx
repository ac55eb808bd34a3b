import { Card } from '../../ui/card.tsx'
import { Countdown } from '../../ui/countdown.tsx'
import { List, PlainRow } from '../../ui/list.tsx'
import { usePick } from '../../words/language.tsx'
import { StateChip } from './case-words.tsx'
import { useDeskWords } from './words.ts'
import { useWorklist } from './worklist.ts'

/** What this institution has sent and is still open. */
export const SentList = () => {
  const words = useDeskWords()
  const pick = usePick()
  const { rows } = useWorklist('open', 'sender')
  return (
    <Card title={words.down.sentList}>
      {rows === undefined || rows.length === 0 ? (
        <p className="soft">{words.down.sentNone}</p>
      ) : (
        <List label={words.down.sentList}>
          {rows.map((row) => (
            <PlainRow
              key={row.id}
              title={pick(row.person.name)}
              lines={`${pick(row.condition)} · ${pick(row.receiver.name)} · ${row.slipNo}`}
              aside={
                <>
                  <StateChip state={row.state} />
                  {row.waitUntil !== null && <Countdown until={row.waitUntil} />}
                </>
              }
            />
          ))}
        </List>
      )}
    </Card>
  )
}
