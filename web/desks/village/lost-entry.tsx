import { useState } from 'react'
import { Link } from 'wouter'
import type { QueuedCommand } from '../../api/queue.ts'
import { useApi } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { PlainRow } from '../../ui/list.tsx'
import { formatInstant } from '../../ui/time-format.ts'
import { usePick, useWordsOf } from '../../words/language.tsx'
import type { LostPromise } from './lost-promise-of.ts'
import { RebookDialog } from './rebook-dialog.tsx'
import { useWaitingWords } from './waiting-words.ts'
import { offlineWords, villageWords } from './words.ts'

/** A referral that reached the server after its promised unit had gone: what is to be done, until another time is agreed. */
export const LostEntry = ({ entry, lost }: { entry: QueuedCommand; lost: LostPromise }) => {
  const words = useWaitingWords()
  const village = useWordsOf(villageWords)
  const { promise } = useWordsOf(offlineWords)
  const pick = usePick()
  const [rebooks, setRebooks] = useState(false)
  const { data: one } = useApi('referral.get', { referral: lost.referral })
  const isSettled = one !== undefined && one.state !== 'draft'
  const times = lost.alternatives.map(
    ({ startsAt, doctor }) => `${formatInstant(startsAt)}${doctor === null ? '' : ` ${pick(doctor)}`}`,
  )
  return (
    <PlainRow
      title={
        <span className="along">
          {entry.label} {isSettled ? <Chip tone="good">{words.rebooked}</Chip> : <Chip tone="danger">{words.lostChip}</Chip>}
        </span>
      }
      lines={
        <>
          {village.savedAt} {formatInstant(entry.savedAt)}
          {!isSettled && (
            <span className="lost-why">
              {promise.lostWhy}
              {times.length > 0 && (
                <>
                  <br />
                  {words.alternatives}: {times.join(' · ')}
                </>
              )}
            </span>
          )}
        </>
      }
      aside={
        <>
          {!isSettled && (
            <Button small tone="primary" aria-label={words.rebookFor(entry.label)} onClick={() => setRebooks(true)}>
              {words.rebook}
            </Button>
          )}
          <Link className="button plain small-button" to={`/village/cases/${lost.referral}`}>
            {words.toCase}
          </Link>
          {rebooks && <RebookDialog lost={lost} name={entry.label.split(' · ').at(-1) ?? ''} onClose={() => setRebooks(false)} />}
        </>
      }
    />
  )
}
