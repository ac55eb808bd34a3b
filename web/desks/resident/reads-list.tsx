import { useState } from 'react'
import type { ShownRead } from '../../../src/modules/health-record/contract.ts'
import { useApi } from '../../api/use-api.ts'
import { useActor } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { List, PlainRow } from '../../ui/list.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { formatInstant } from '../../ui/time-format.ts'
import { usePick, useWords, useWordsOf } from '../../words/language.tsx'
import { FamilyDoctorCall } from './family-doctor.tsx'
import { recordWords } from './record-words.ts'

const readsAtOnce = 20

/** Who has looked at my record, from where, when and on which basis; newest first. */
export const ReadsList = () => {
  const words = useWordsOf(recordWords)
  const { resident } = useActor()
  const [limit, setLimit] = useState(readsAtOnce)
  const { data, error, isPending, refetch } = useApi(
    'health-record.reads',
    { person: resident ?? '', limit },
    { follows: ['referral', 'residents'], enabled: resident !== null },
  )
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (isPending) return <Skeleton lines={6} />
  if (data.reads.length === 0) return <EmptyState kind="none" title={words.noReads} why={words.noReadsWhy} />
  return (
    <div className="stack">
      <p className="soft">{words.readsLead}</p>
      <List label={words.parts.reads}>
        {data.reads.map((read) => (
          <ReadRow key={read.id} read={read} />
        ))}
      </List>
      {data.next !== null && limit < readsMost && (
        <Button wide onClick={() => setLimit(Math.min(readsMost, limit + readsAtOnce))}>
          {words.more}
        </Button>
      )}
      <p>{words.readsWrong}</p>
      <FamilyDoctorCall />
    </div>
  )
}

/** The most that the server answers at once. */
const readsMost = 200

const ReadRow = ({ read: { at, basis, form, institution, role } }: { read: ShownRead }) => {
  const words = useWordsOf(recordWords)
  const { roles } = useWords()
  const pick = usePick()
  const who = role === 'resident' ? words.you : ((roles as Readonly<Record<string, string>>)[role] ?? words.house)
  const from = institution === null ? '' : ` · ${pick(institution)}`
  return (
    <PlainRow
      title={`${who}${from}`}
      lines={
        <>
          <span className="gloss">{words.did[form] ?? words.didOther}</span>
          {formatInstant(at)} · {words.why} {basis}
        </>
      }
    />
  )
}
