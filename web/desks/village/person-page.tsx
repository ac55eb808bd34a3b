import { useState } from 'react'
import { Link, useParams } from 'wouter'
import { useHistoryState } from 'wouter/use-browser-location'
import { mayBearOn } from '../../../src/modules/residents/contract.ts'
import type { Queries } from '../../api/api-types.ts'
import { useKeeper } from '../../api/keeper.tsx'
import { useApi } from '../../api/use-api.ts'
import { Page } from '../../shell/desk-frame.tsx'
import { useActor } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Card, Facts } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { When } from '../../ui/countdown.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { LinkRow, List } from '../../ui/list.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { formatDay } from '../../ui/time-format.ts'
import { useServerNow } from '../../ui/use-server-now.ts'
import { usePick, useWordsOf } from '../../words/language.tsx'
import { StateChip } from './case-row.tsx'
import { CorrectDialog } from './correct-dialog.tsx'
import { keptVillage } from './kept-village.ts'
import { MeasureDialog } from './measure-dialog.tsx'
import { ageWords, maskedName, type ShownPerson } from './people.ts'
import { NumbersCard } from './numbers-card.tsx'
import { RecordCards } from './record-cards.tsx'
import { RevealDialog } from './reveal-dialog.tsx'
import { useConsentWords } from '../record-access/consent-words.ts'
import { useTimelineWords } from '../timeline/words.ts'
import { caseWords, offlineWords, villageWords } from './words.ts'

/** Who it is, as the search handed it on or as the server says; `isOwn` is false for another institution's resident. */
export const usePerson = (id: string) => {
  const handed = useHistoryState<ShownPerson | null>()
  const asked = useApi('residents.get', { person: id })
  const kept = keptVillage(useKeeper())?.persons.find((person) => person.id === id)
  const known = handed?.id === id ? handed : kept
  return { ...asked, person: asked.data ?? known, isOwn: asked.error?.status !== 404 }
}

/** A resident: basic data, where the person is now, and the record. */
export const PersonPage = () => {
  const words = useWordsOf(villageWords)
  const { id = '' } = useParams<{ id: string }>()
  const { person, isOwn, isPending, error, refetch } = usePerson(id)
  if (person === undefined)
    return (
      <Page title={words.residents}>
        {isPending && <Skeleton lines={8} />}
        {error?.status === 0 && <EmptyState kind="offline" />}
        {error?.status === 404 && <EmptyState kind="no-right" why={words.person.notOwn} />}
        {error !== null && ![0, 404].includes(error.status) && <ErrorNote error={error} onRetry={() => void refetch()} />}
      </Page>
    )
  return <Whole key={id} person={person} isOwn={isOwn} />
}

const Whole = ({ person, isOwn }: { person: ShownPerson; isOwn: boolean }) => {
  const words = useWordsOf(villageWords)
  const cases = useWordsOf(caseWords)
  const timeline = useTimelineWords()
  const { staff: consent } = useConsentWords()
  const pick = usePick()
  const now = useServerNow()
  const [measuring, setMeasuring] = useState(false)
  const isAlive = person.diedOn === null
  const today = formatDay(new Date(now).toISOString()) as Parameters<typeof mayBearOn>[1]
  return (
    <Page
      title={pick(person.name)}
      lead={[words.sexes[person.sex], ageWords(person.bornOn, now, words)].filter((part) => part !== '').join(' · ')}
      acts={
        <>
          {person.synthetic && <Chip icon="info">{words.synthetic}</Chip>}
          {!isAlive && <Chip>{words.person.dead}</Chip>}
        </>
      }
    >
      {isAlive && (
        <div className="along">
          <Link className="button primary" to={`/village/refer/${person.id}`} state={person}>
            {cases.refer.title}
          </Link>
          {isOwn && (
            <Link className="button plain" to={`/village/residents/${person.id}/timeline`}>
              {timeline.open}
            </Link>
          )}
          {isOwn && (
            <Link className="button plain" to={`/village/residents/${person.id}/consents`}>
              {consent.title}
            </Link>
          )}
          {isOwn && <Button onClick={() => setMeasuring(true)}>{words.person.measure}</Button>}
          <Link className="button danger" to={`/village/emergency/${person.id}`} state={person}>
            {words.emergency}
          </Link>
        </div>
      )}
      <div className="beside">
        <div className="stack">
          <Basics person={person} isOwn={isOwn} />
          {isOwn && (
            <NumbersCard person={person.id} mayBearChild={isAlive && person.sex === 'female' && mayBearOn(person, today)} />
          )}
          {isOwn && <Where person={person.id} />}
        </div>
        {isOwn ? <RecordCards person={person.id} /> : <EmptyState kind="no-right" why={words.person.notOwn} />}
      </div>
      {measuring && <MeasureDialog person={person.id} label={maskedName(person.name.zh)} onClose={() => setMeasuring(false)} />}
    </Page>
  )
}

const Basics = ({ person, isOwn }: { person: ShownPerson; isOwn: boolean }) => {
  const words = useWordsOf(villageWords)
  const offline = useWordsOf(offlineWords)
  const [asking, setAsking] = useState(false)
  const [correcting, setCorrecting] = useState(() => window.location.search === '?correct')
  const none = <span className="soft">{words.person.none}</span>
  return (
    <Card title={words.person.basics}>
      <div className="stack">
        <Facts
          facts={[
            [words.person.idNumber, person.idNumber === null ? none : <span className="figures">{person.idNumber}</span>],
            [words.person.phone, person.phone === null ? none : <span className="figures">{person.phone}</span>],
            [words.person.born, person.bornOn ?? none],
            [words.person.insurance, words.insurances[person.insurance]],
            [words.person.address, person.address ?? none],
          ]}
        />
        {isOwn && (
          <div className="along">
            <Button small onClick={() => setCorrecting(true)}>
              {offline.correct.open}
            </Button>
            {person.idNumber !== null && (
              <Button small icon="lock" onClick={() => setAsking(true)}>
                {words.person.reveal}
              </Button>
            )}
          </div>
        )}
      </div>
      {correcting && <CorrectDialog person={person} onClose={() => setCorrecting(false)} />}
      <RevealDialog person={person.id} open={asking} onClose={() => setAsking(false)} />
    </Card>
  )
}

type Handed = Queries['referral.of-person']['answer']['rows'][number]

const Where = ({ person }: { person: string }) => {
  const words = useWordsOf(villageWords)
  const { data, error, isPending, refetch } = useApi('referral.of-person', { person })
  return (
    <Card title={words.person.where}>
      {isPending && <Skeleton lines={2} />}
      {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {data !== undefined && data.rows.length === 0 && (
        <p className="soft">
          {words.person.whereNone}
          {words.stop}
          {words.person.whereWhy}
        </p>
      )}
      {data !== undefined && data.rows.length > 0 && (
        <List label={words.person.where}>
          {data.rows.map((row) => (
            <HandedRow key={row.id} row={row} />
          ))}
        </List>
      )}
    </Card>
  )
}

const HandedRow = ({ row }: { row: Handed }) => {
  const words = useWordsOf(villageWords)
  const pick = usePick()
  const { institution } = useActor()
  const places = [row.sender, row.receiver, ...(institution === null ? [] : [institution])]
  const holder = places.find(({ id }) => id === row.holder)
  return (
    <LinkRow
      to={`/village/cases/${row.id}`}
      title={
        <span className="along">
          {pick(row.condition)} <StateChip state={row.state} />
        </span>
      }
      lines={
        <>
          {pick(row.sender.name)} → {pick(row.receiver.name)}
          <br />
          {holder !== undefined && `${words.person.holder} ${pick(holder.name)} · `}
          <When at={row.stateSince} />
        </>
      }
    />
  )
}
