import { useApi, useCommand } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { List, PlainRow } from '../../ui/list.tsx'
import { formatInstant } from '../../ui/time-format.ts'
import { useToast } from '../../ui/toast.tsx'
import { usePick } from '../../words/language.tsx'
import { useAccessWords } from './words.ts'

/** Above the list of looks: emergency accesses to one's record, and what one asked. Nothing where there is none. */
export const OwnAlerts = ({ person }: { person: string }) => {
  const words = useAccessWords()
  const pick = usePick()
  const opened = useApi('record-access.emergencies-of', { person }, { follows: ['record-access'] })
  const asked = useApi('record-access.questions-of', { person }, { follows: ['record-access'] })
  const emergencies = opened.data?.emergencies ?? []
  const questions = asked.data?.questions ?? []
  return (
    <>
      {emergencies.length > 0 && (
        <Card title={words.emergencies.title}>
          <List label={words.emergencies.title}>
            {emergencies.map((one) => (
              <PlainRow
                key={one.id}
                title={`${one.by} · ${pick(one.institution)}`}
                lines={`${formatInstant(one.openedAt)} · ${words.reasonsShort[one.reason] ?? one.reason} · ${words.emergencies.until(formatInstant(one.until))} · ${words.emergencies[one.verdict ?? 'pending']}`}
              />
            ))}
          </List>
        </Card>
      )}
      {questions.length > 0 && (
        <Card title={words.why.answers}>
          <List label={words.why.answers}>
            {questions.map((one) => (
              <PlainRow
                key={one.id}
                title={`${one.institution ? pick(one.institution) : ''} ${one.lookedAt ? formatInstant(one.lookedAt) : ''}`}
                lines={one.answer === null ? words.why.waiting(one.answerBy) : `${words.why.answer}${one.answer}`}
              />
            ))}
          </List>
        </Card>
      )}
    </>
  )
}

/** Asks why somebody looked. */
export const AskWhy = ({ person, org, look }: { person: string; org: string; look: string }) => {
  const { why: words } = useAccessWords()
  const toast = useToast()
  const ask = useCommand('record-access.ask-why')
  if (ask.isSuccess) return <span className="soft small">{words.asked}</span>
  return (
    <>
      <Button
        busy={ask.isPending}
        onClick={() => ask.mutate({ person, org, look }, { onSuccess: () => toast({ text: words.asked }) })}
      >
        {words.ask}
      </Button>
      {ask.error !== null && <ErrorNote error={ask.error} />}
    </>
  )
}
