import { lazy, Suspense, useState } from 'react'
import { Link } from 'wouter'
import { useOutbox } from '../../api/use-outbox.tsx'
import { isHeld, type QueuedCommand } from '../../api/queue.ts'
import { Page } from '../../shell/desk-frame.tsx'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { List, PlainRow } from '../../ui/list.tsx'
import { SavedChip } from '../../ui/saved-chip.tsx'
import { formatInstant } from '../../ui/time-format.ts'
import { usePick, useWords, useWordsOf } from '../../words/language.tsx'
import { lostPromiseOf } from './lost-promise-of.ts'
import { offlineWords, villageWords } from './words.ts'

const LostEntry = lazy(() => import('./lost-entry.tsx').then((part) => ({ default: part.LostEntry })))

/** What this device has saved: what waits, what was uploaded, what was refused and why. Newest first. */
export const OutboxPage = () => {
  const words = useWords()
  const offline = useWordsOf(offlineWords)
  const outbox = useOutbox()
  const [leaving, setLeaving] = useState<string | null>(null)
  const newestFirst = outbox.held.slice().reverse()
  const sendNow = (
    <Button icon="cloud" onClick={() => void outbox.sendNow()}>
      {words.outbox.sendNow}
    </Button>
  )
  const deviceLink = (
    <Link className="button plain" to="/village/device">
      {offline.device.title}
    </Link>
  )
  const acts = (
    <>
      {newestFirst.some(({ state }) => state === 'saved') && sendNow}
      {deviceLink}
    </>
  )
  return (
    <Page title={words.outbox.title} acts={acts}>
      {newestFirst.length === 0 ? (
        <EmptyState kind="none" title={words.outbox.none} />
      ) : (
        <List label={words.outbox.title}>
          {newestFirst.map((entry) => {
            const lost = lostPromiseOf(entry)
            return lost === null ? (
              <Entry
                key={entry.key}
                entry={entry}
                isHeld={isHeld(outbox.held, entry)}
                onLeave={() => setLeaving(entry.key)}
                onRetry={() => void outbox.retry(entry.key)}
              />
            ) : (
              <Suspense key={entry.key} fallback={null}>
                <LostEntry entry={entry} lost={lost} />
              </Suspense>
            )
          })}
        </List>
      )}
      <ConfirmDialog
        title={words.outbox.discardTitle}
        consequence={words.outbox.discardWhat}
        act={words.outbox.discard}
        open={leaving !== null}
        onClose={() => setLeaving(null)}
        onConfirm={() => {
          if (leaving !== null) void outbox.discard(leaving)
          setLeaving(null)
        }}
      />
    </Page>
  )
}

const personOf = (body: unknown): string | null =>
  typeof body === 'object' && body !== null && 'person' in body && typeof body.person === 'string' ? body.person : null

/** Where a refused referral is put right: its form takes the typed values up again. */
const correctAt = ({ name, body }: QueuedCommand): string | null => {
  const person = personOf(body)
  if (person === null) return null
  if (name === 'referral.send') return `/village/refer/${person}`
  if (name === 'residents.correct') return `/village/residents/${person}?correct`
  return name === 'referral.send-emergency' || name === 'green-channel.start' ? `/village/emergency/${person}` : null
}

type EntryProps = { entry: QueuedCommand; isHeld: boolean; onLeave: () => void; onRetry: () => void }

const Entry = ({ entry, isHeld: waits, onLeave, onRetry }: EntryProps) => {
  const words = useWords()
  const offline = useWordsOf(offlineWords)
  const village = useWordsOf(villageWords)
  const pick = usePick()
  return (
    <PlainRow
      title={
        <span className="along">
          {entry.label} <SavedChip state={entry.state} />
        </span>
      }
      lines={
        <>
          {village.savedAt} {formatInstant(entry.savedAt)}
          {entry.state === 'saved' && waits && <span>{offline.held}</span>}
          {entry.state === 'failed' &&
            (entry.error.reasons.length > 0 ? entry.error.reasons : [entry.error]).map((reason) => (
              <span key={`${reason.code} ${reason.zh}`} className="field-error">
                {pick(reason)}
              </span>
            ))}
        </>
      }
      aside={
        entry.state === 'failed' && (
          <>
            {correctAt(entry) !== null && (
              <Link className="button primary small-button" to={correctAt(entry) ?? ''}>
                {village.correct}
              </Link>
            )}
            <Button small onClick={onRetry}>
              {words.outbox.retry}
            </Button>
            <Button small tone="danger" onClick={onLeave}>
              {words.outbox.discard}
            </Button>
          </>
        )
      }
    />
  )
}
