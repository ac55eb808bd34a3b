import type { ReactNode } from 'react'
import type { Queries } from '../../api/api-types.ts'
import { useApi } from '../../api/use-api.ts'
import { useActor } from '../../shell/session.tsx'
import { Chip, type ChipTone } from '../../ui/chip.tsx'
import { Countdown, When } from '../../ui/countdown.tsx'
import { LinkRow } from '../../ui/list.tsx'
import { formatInstant } from '../../ui/time-format.ts'
import { useServerNow } from '../../ui/use-server-now.ts'
import { usePick, useWordsOf } from '../../words/language.tsx'
import { UnreadChip } from '../correspondence/unread-badge.tsx'
import { ageWords } from './people.ts'
import { caseWords, villageWords } from './words.ts'

export type Row = Queries['referral.worklist']['answer']['rows'][number]
export type Case = Queries['referral.get']['answer']
export type CaseState = Row['state']

const tones: Record<CaseState, ChipTone> = {
  draft: 'quiet',
  submitted: 'calm',
  asked: 'warning',
  accepted: 'calm',
  scheduled: 'good',
  arrived: 'calm',
  'in-treatment': 'calm',
  discharged: 'calm',
  'handed-back': 'baton',
  received: 'baton',
  'followed-up': 'good',
  closed: 'quiet',
  rejected: 'danger',
  expired: 'danger',
  'no-show': 'warning',
  cancelled: 'quiet',
  'ended-elsewhere': 'quiet',
  'not-agreed': 'warning',
}

/** Where a case stands, in a word. */
export const StateChip = ({ state }: { state: CaseState }) => {
  const words = useWordsOf(caseWords)
  return <Chip tone={tones[state]}>{words.states[state]}</Chip>
}

/** 补单, while letter or consent of an emergency are owed; an ordinary case never asks for it. */
const OwedChip = ({ row }: { row: Pick<Row, 'id' | 'urgency'> }) => {
  const words = useWordsOf(caseWords)
  const { data } = useApi('referral.get', { referral: row.id }, { enabled: row.urgency !== 'ordinary' })
  return data?.owesPapers === true ? <Chip tone="warning">{words.cases.owes}</Chip> : null
}

/** One case in a list: whom, what for, where, how far, until when. */
export const CaseRow = ({ row, extra }: { row: Row; extra?: ReactNode }) => {
  const words = useWordsOf(caseWords)
  const village = useWordsOf(villageWords)
  const pick = usePick()
  const now = useServerNow()
  const { institution } = useActor()
  const isMine = row.sender.id === institution?.id
  const to = row.receiver.id === institution?.id ? null : pick(row.receiver.name)
  const way = [isMine ? null : pick(row.sender.name), words.cases.directions[row.direction], to].filter((part) => part !== null)
  const about = [village.sexes[row.person.sex as keyof typeof village.sexes] ?? '', ageWords(row.person.bornOn, now, village)]
  return (
    <LinkRow
      to={`/village/cases/${row.id}`}
      title={
        <span className="along">
          {pick(row.person.name)}
          <span className="soft small">{about.filter((part) => part !== '').join(' · ')}</span>
          <StateChip state={row.state} />
          {row.urgency !== 'ordinary' && <Chip tone="danger">{words.cases.urgencies[row.urgency]}</Chip>}
          {isMine && <OwedChip row={row} />}
          <UnreadChip referral={row.id} />
        </span>
      }
      lines={
        <>
          {pick(row.condition)} · {way.join(' ')}
          {row.appointmentAt !== null && (
            <>
              {' · '}
              {words.cases.appointment} <span className="figures">{formatInstant(row.appointmentAt)}</span>
            </>
          )}
          <span className="along case-clock">
            <When at={row.stateSince} />
            {row.holds && row.waitUntil !== null && row.state !== 'scheduled' && (
              <Countdown until={row.waitUntil} soonMinutes={240} />
            )}
          </span>
          {extra}
        </>
      }
    />
  )
}
