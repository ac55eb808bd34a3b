import { useState } from 'react'
import type { ShownEncounterBasis, ShownRead } from '../../../src/modules/health-record/contract.ts'
import { useApi } from '../../api/use-api.ts'
import { useActor } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/choice.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { List, PlainRow } from '../../ui/list.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { formatInstant } from '../../ui/time-format.ts'
import { usePick, useWords, useWordsOf } from '../../words/language.tsx'
import { AskWhy, OwnAlerts } from '../record-access/own-looks.tsx'
import { FamilyDoctorCall } from './family-doctor.tsx'
import { recordWords } from './record-words.ts'

/** As many as the server answers at once; older ones are asked for on paper. */
const readsMost = 200
const readsAtOnce = 20

/** Who has looked at my record, from where, when and on which basis; newest first, one's own looks only when asked for. */
export const ReadsList = ({ person }: { person: string }) => {
  const words = useWordsOf(recordWords)
  const [withOwn, setWithOwn] = useState(false)
  const [shown, setShown] = useState(readsAtOnce)
  const { data, error, isPending, refetch } = useApi(
    'health-record.reads',
    { person, limit: readsMost },
    { follows: ['referral', 'residents'] },
  )
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (isPending) return <Skeleton lines={6} />
  const reads = data.reads.filter(({ isYours }) => withOwn || !isYours)
  return (
    <div className="stack">
      <p className="soft">{words.readsLead}</p>
      <OwnAlerts person={person} />
      <RecordedVisits encounters={data.encounters} />
      <Checkbox label={words.withOwn} checked={withOwn} onChange={setWithOwn} />
      {reads.length === 0 ? (
        <EmptyState kind="none" title={words.noReads} why={words.noReadsWhy} />
      ) : (
        <List label={words.parts.reads}>
          {reads.slice(0, shown).map((read) => (
            <ReadRow key={read.id} person={person} read={read} />
          ))}
        </List>
      )}
      {reads.length > shown && (
        <Button wide onClick={() => setShown(shown + readsAtOnce)}>
          {words.more}
        </Button>
      )}
      {data.next !== null && reads.length <= shown && <p className="soft small">{words.readsOlder(readsMost)}</p>}
      <p>{words.readsWrong}</p>
      <FamilyDoctorCall />
    </div>
  )
}

/** Encounters that institutions recorded themselves, by which each of them may see the record. */
const RecordedVisits = ({ encounters }: { encounters: readonly ShownEncounterBasis[] }) => {
  const words = useWordsOf(recordWords)
  const pick = usePick()
  if (encounters.length === 0) return null
  return (
    <div className="stack tight">
      <List label={words.recordedVisits}>
        {encounters.map(({ id, at, org, institution }) => (
          <PlainRow
            key={id}
            title={institution === null ? org : pick(institution)}
            lines={
              <>
                <span className="gloss">{words.recordedVisit}</span>
                {formatInstant(at)}
              </>
            }
          />
        ))}
      </List>
      <p className="soft small">{words.recordedVisitsWrong}</p>
    </div>
  )
}

const ReadRow = ({
  person,
  read: { id, at, basis, form, institution, isYours, lawful, org, role },
}: {
  person: string
  read: ShownRead
}) => {
  const words = useWordsOf(recordWords)
  const { roles } = useWords()
  const pick = usePick()
  const { resident } = useActor()
  const otherResident = person === resident ? words.yourProxy : words.personOrProxy
  const who = isYours
    ? words.you
    : role === 'resident'
      ? otherResident
      : ((roles as Readonly<Record<string, string>>)[role] ?? words.house)
  const from = institution === null ? '' : ` · ${pick(institution)}`
  return (
    <PlainRow
      title={`${who}${from}`}
      lines={
        <>
          <span className="gloss">{words.did[form] ?? words.didOther}</span>
          {formatInstant(at)} · {words.why} {lawful === null ? basis : pick(lawful)}
        </>
      }
      {...(role === 'resident' ? {} : { aside: <AskWhy person={person} org={org} look={id} /> })}
    />
  )
}
