import { useQueries } from '@tanstack/react-query'
import { fetchQuery } from '../../api/client.ts'
import { TextField } from '../../ui/field.tsx'
import { usePick } from '../../words/language.tsx'
import { ActPanel, type Fault } from './act-panel.tsx'
import { allotUnits, type Allotted } from './allot-units.ts'
import type { Intent } from './held-acts.ts'
import { useDraft, useHeldActs } from './held-acts-context.tsx'
import { RejectFields, faultsOfReject, type RejectDraft } from './reject-fields.tsx'
import type { Row } from './worklist.ts'
import { useDeskWords } from './words.ts'

/** What may be done with several cases at once. */
export type BatchForm = 'accept' | 'reject'

type FormProps = { rows: readonly Row[]; onClose: () => void }

/** Rows whose state still waits for an answer; the others of a selection are left out. */
const answerable = (rows: readonly Row[]): readonly Row[] =>
  rows.filter(({ state }) => state === 'submitted' || state === 'asked')

const daysAhead = 14

/** The free units of the specialties that cases without a held unit need. */
const useFreeUnits = (rows: readonly Row[]) => {
  const wanting = rows.filter(({ appointmentAt, direction }) => appointmentAt === null && direction !== 'down')
  const specialties = [...new Set(wanting.map(({ specialty }) => specialty))]
  const org = rows[0]?.receiver.id ?? ''
  const asked = useQueries({
    queries: specialties.map((specialty) => {
      const input = { org, specialty, channel: 'referral' as const, days: daysAhead, limit: 200 }
      return {
        queryKey: ['booking.free', input],
        queryFn: ({ signal }: { signal: AbortSignal }) => fetchQuery('booking.free', input, signal),
        meta: { follows: ['booking', 'referral'] },
      }
    }),
  })
  return {
    isPending: asked.some(({ isPending }) => isPending),
    slots: new Map(specialties.map((specialty, at) => [specialty, asked[at]?.data?.slots ?? []])),
  }
}

const Places = ({ plan, isPending }: { plan: Allotted; isPending: boolean }) => {
  const { batch: words } = useDeskWords()
  const lines = [
    plan.held.length > 0 ? words.held(plan.held.length) : null,
    plan.next.size > 0 ? words.next(plan.next.size) : null,
    plan.home.length > 0 ? words.home(plan.home.length) : null,
    plan.none.length > 0 && !isPending ? words.none(plan.none.length) : null,
  ].filter((line) => line !== null)
  return (
    <>
      <ul className="batch-places">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {isPending && <p className="soft small">{words.finding}</p>}
    </>
  )
}

/** Accepts several: each with the unit held for it, the next free one, or in a queue that is named once. */
export const BatchAcceptForm = ({ rows, onClose }: FormProps) => {
  const words = useDeskWords()
  const pick = usePick()
  const acts = useHeldActs()
  const able = answerable(rows)
  const { slots, isPending } = useFreeUnits(able)
  const plan = allotUnits(able, slots)
  const [draft, change] = useDraft('batch', 'accept', { queue: '' })
  const queue = draft.queue.trim()
  const faults: Fault[] = [
    ...(able.length === 0 ? [{ field: 'queue', text: words.batch.nothing }] : []),
    ...(plan.none.length > 0 && queue === '' ? [{ field: 'queue', text: words.batch.queueMissing }] : []),
  ]
  const submit = () => {
    const intents = able.map((row): Intent => {
      const unit = plan.next.get(row.id)
      const isQueued = plan.none.includes(row.id)
      return {
        act: 'accept',
        who: pick(row.person.name),
        input: { referral: row.id, ...(unit === undefined ? {} : { unit }), ...(isQueued ? { queue } : {}) },
      }
    })
    acts.holdAll(intents)
    onClose()
  }
  return (
    <ActPanel
      title={words.batch.acceptTitle(able.length)}
      lead={words.batch.acceptLead}
      level={2}
      act={words.acts.accept}
      busy={isPending}
      faults={faults}
      refused={null}
      onSubmit={submit}
      onClose={onClose}
    >
      {({ idOf, faultOf }) => (
        <>
          <Places plan={plan} isPending={isPending} />
          {(plan.none.length > 0 || able.length === 0) && (
            <TextField
              id={idOf('queue')}
              label={words.batch.queue}
              hint={words.accept.queueHint}
              error={faultOf('queue')}
              maxLength={100}
              value={draft.queue}
              onChange={(text) => change({ queue: text })}
            />
          )}
        </>
      )}
    </ActPanel>
  )
}

/** Returns several with one coded reason and one way on, which begins as the reason's own advice. */
export const BatchRejectForm = ({ rows, onClose }: FormProps) => {
  const words = useDeskWords()
  const pick = usePick()
  const acts = useHeldActs()
  const able = answerable(rows)
  const [draft, change] = useDraft<RejectDraft>('batch', 'reject', { why: '', wayOn: '' })
  const faults = faultsOfReject(draft, words)
  if (able.length === 0) faults.push({ field: 'why', text: words.batch.nothing })
  const submit = () => {
    const { why } = draft
    if (why === '') return
    const wayOn = draft.wayOn.trim()
    acts.holdAll(
      able.map((row): Intent => ({ act: 'reject', who: pick(row.person.name), input: { referral: row.id, why, wayOn } })),
    )
    onClose()
  }
  return (
    <ActPanel
      title={words.batch.rejectTitle(able.length)}
      lead={words.batch.rejectLead}
      level={2}
      act={words.acts.reject}
      danger
      faults={faults}
      refused={null}
      onSubmit={submit}
      onClose={onClose}
    >
      {(help) => <RejectFields help={help} draft={draft} change={change} />}
    </ActPanel>
  )
}
