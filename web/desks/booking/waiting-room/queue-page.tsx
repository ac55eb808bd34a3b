import { useState } from 'react'
import { useSearchParams } from 'wouter'
import { useApi } from '../../../api/use-api.ts'
import type { Queries } from '../../../api/api-types.ts'
import { Page } from '../../../shell/desk-frame.tsx'
import { useActor } from '../../../shell/session.tsx'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { List, PressRow } from '../../../ui/list.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { usePick, useWordsOf } from '../../../words/language.tsx'
import { oneEachSpecialty } from '../../specialties.ts'
import { CheckInBox } from './check-in-box.tsx'
import { OpenQueueDialog } from './open-queue-dialog.tsx'
import './queue.css'
import { QueuePanel } from './queue-panel.tsx'
import { queueWords } from './queue-words.ts'
import { ScreensDialog } from './screens-dialog.tsx'

export type ShownQueue = Queries['booking.queues']['answer']['queues'][number]

/** What this institution calls its specialties. */
const useSpecialties = () => {
  const { institution } = useActor()
  const { data } = useApi('organisations.institution', { institution: institution?.id ?? '' }, { enabled: institution !== null })
  return oneEachSpecialty(data?.services ?? [])
}

/** The day of the visit at the desk: who has come, who is called, who is next. */
export const QueuePage = () => {
  const words = useWordsOf(queueWords)
  const pick = usePick()
  const specialties = useSpecialties()
  const [search, setSearch] = useSearchParams()
  const [isOpening, setOpening] = useState(false)
  const [showsScreens, setScreens] = useState(false)
  const { data, error, refetch } = useApi('booking.queues', {})
  const chosen = data?.queues.find(({ id }) => id === search.get('queue')) ?? data?.queues.find(({ closed }) => !closed)
  const choose = (queue: string) => setSearch({ queue }, { replace: true })
  const nameOf = ({ specialty }: ShownQueue) => {
    const known = specialties.find((one) => one.specialty === specialty)
    return known === undefined ? specialty : pick(known.name)
  }
  const acts = (
    <>
      <Button icon="device" onClick={() => setScreens(true)}>
        {words.screens.open}
      </Button>
      <Button icon="plus" onClick={() => setOpening(true)}>
        {words.open}
      </Button>
    </>
  )
  return (
    <Page title={words.title} lead={words.lead} acts={acts}>
      {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
      <div className="queue-page">
        <div className="stack">
          <CheckInBox onDone={choose} />
          <Card title={words.queues}>
            {data === undefined && error === null && <Skeleton lines={3} />}
            {data?.queues.length === 0 && <EmptyState kind="none" title={words.noQueues} why={words.noQueuesWhy} />}
            {data !== undefined && data.queues.length > 0 && (
              <List label={words.queues}>
                {data.queues.map((queue) => (
                  <PressRow
                    key={queue.id}
                    current={queue.id === chosen?.id}
                    title={nameOf(queue)}
                    lines={linesOf(queue, words, pick)}
                    onPress={() => choose(queue.id)}
                  />
                ))}
              </List>
            )}
          </Card>
        </div>
        {chosen !== undefined && <QueuePanel key={chosen.id} queue={chosen.id} name={nameOf(chosen)} />}
      </div>
      <OpenQueueDialog
        open={isOpening}
        specialties={specialties}
        onClose={() => setOpening(false)}
        onOpened={(queue) => {
          setOpening(false)
          choose(queue)
        }}
      />
      <ScreensDialog open={showsScreens} onClose={() => setScreens(false)} />
    </Page>
  )
}

const linesOf = (queue: ShownQueue, words: (typeof queueWords)['zh'], pick: ReturnType<typeof usePick>): string =>
  [
    queue.doctor === null ? null : pick(queue.doctor),
    queue.place === null ? null : pick(queue.place),
    queue.closed ? words.closed : words.waiting(queue.waiting),
    words.served(queue.served),
  ]
    .filter((part) => part !== null)
    .join(' · ')
