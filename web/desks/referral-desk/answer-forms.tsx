import type { ApiError } from '../../api/api-error.ts'
import { RadioCards } from '../../ui/choice.tsx'
import { TextField } from '../../ui/field.tsx'
import { BookingAdvice } from '../advice/booking-advice.tsx'
import { ActPanel, type Fault } from './act-panel.tsx'
import { useDraft, useHeldActs } from './held-acts-context.tsx'
import { RejectFields, faultsOfReject, type RejectDraft } from './reject-fields.tsx'
import { SlotPicker } from './slot-picker.tsx'
import { spanOf } from './times.ts'
import type { Referral } from './use-case.ts'
import { useDeskWords } from './words.ts'

/** What every form of an act is given. */
export type ActFormProps = { referral: Referral; who: string; refused: ApiError | null; onClose: () => void }

type AcceptDraft = { place: 'held' | 'other' | 'queue' | 'home'; pool: string | null; queue: string; note: string }

const firstPlace = ({ appointment, direction }: Referral): AcceptDraft['place'] => {
  if (appointment !== null) return 'held'
  return direction === 'down' ? 'home' : 'other'
}

const acceptFaults = ({ place, pool, queue }: AcceptDraft, words: ReturnType<typeof useDeskWords>): Fault[] => {
  if (place === 'other' && pool === null) return [{ field: 'unit', text: words.accept.unitMissing }]
  if (place === 'queue' && queue.trim() === '') return [{ field: 'queue', text: words.accept.queueMissing }]
  return []
}

/** Accepting: the unit that is held, another one, or a named queue. Nobody is accepted without a place. */
export const AcceptForm = ({ referral, who, refused, onClose }: ActFormProps) => {
  const words = useDeskWords()
  const acts = useHeldActs()
  const [draft, change] = useDraft<AcceptDraft>(referral.id, 'accept', {
    place: firstPlace(referral),
    pool: null,
    queue: '',
    note: '',
  })
  const { appointment, receiver, specialty } = referral
  const submit = () => {
    const note = draft.note.trim()
    acts.hold({
      act: 'accept',
      who,
      input: {
        referral: referral.id,
        ...(draft.place === 'other' && draft.pool !== null ? { unit: { org: receiver.id, pool: draft.pool } } : {}),
        ...(draft.place === 'queue' ? { queue: draft.queue.trim() } : {}),
        ...(note === '' ? {} : { note }),
      },
    })
    onClose()
  }
  const choices = [
    ...(appointment === null
      ? []
      : [{ value: 'held' as const, label: words.accept.held, note: spanOf(appointment.startsAt, appointment.endsAt) }]),
    ...(referral.direction === 'down' ? [{ value: 'home' as const, label: words.accept.home }] : []),
    { value: 'other' as const, label: words.accept.other },
    { value: 'queue' as const, label: words.accept.queue, note: words.accept.queueNote },
  ]
  return (
    <ActPanel
      title={words.accept.title}
      act={words.acts.accept}
      faults={acceptFaults(draft, words)}
      refused={refused}
      onSubmit={submit}
      onClose={onClose}
    >
      {({ idOf, faultOf }) => (
        <>
          <RadioCards label={words.accept.place} choices={choices} value={draft.place} onChange={(place) => change({ place })} />
          {draft.place === 'other' && (
            <>
              <SlotPicker
                org={receiver.id}
                specialty={specialty}
                pool={draft.pool}
                id={idOf('unit')}
                error={faultOf('unit')}
                onPick={(pool) => change({ pool })}
              />
              <BookingAdvice referral={referral} org={receiver.id} specialty={specialty} pool={draft.pool} />
            </>
          )}
          {draft.place === 'queue' && (
            <TextField
              id={idOf('queue')}
              label={words.accept.queueName}
              hint={words.accept.queueHint}
              error={faultOf('queue')}
              required
              maxLength={100}
              value={draft.queue}
              onChange={(queue) => change({ queue })}
            />
          )}
          <TextField
            id={idOf('note')}
            label={words.accept.note}
            error={faultOf('note')}
            maxLength={500}
            value={draft.note}
            onChange={(note) => change({ note })}
          />
        </>
      )}
    </ActPanel>
  )
}

/** Returning: a coded reason and the way on are both required, because nobody may be dropped by it. */
export const RejectForm = ({ referral, who, refused, onClose }: ActFormProps) => {
  const words = useDeskWords()
  const acts = useHeldActs()
  const [draft, change] = useDraft<RejectDraft>(referral.id, 'reject', { why: '', wayOn: '' })
  const faults = faultsOfReject(draft, words)
  const submit = () => {
    if (draft.why === '') return
    acts.hold({ act: 'reject', who, input: { referral: referral.id, why: draft.why, wayOn: draft.wayOn.trim() } })
    onClose()
  }
  return (
    <ActPanel
      title={words.reject.title}
      lead={words.reject.consequence}
      act={words.acts.reject}
      danger
      faults={faults}
      refused={refused}
      onSubmit={submit}
      onClose={onClose}
    >
      {(help) => <RejectFields help={help} draft={draft} change={change} />}
    </ActPanel>
  )
}

/** Giving an accepted patient a time, or another one. */
export const ScheduleForm = ({ referral, who, refused, onClose }: ActFormProps) => {
  const words = useDeskWords()
  const acts = useHeldActs()
  const [draft, change] = useDraft<{ pool: string | null }>(referral.id, 'schedule', { pool: null })
  const faults: Fault[] = draft.pool === null ? [{ field: 'unit', text: words.schedule.missing }] : []
  const submit = () => {
    if (draft.pool === null) return
    acts.hold({ act: 'schedule', who, input: { referral: referral.id, unit: { org: referral.receiver.id, pool: draft.pool } } })
    onClose()
  }
  return (
    <ActPanel
      title={words.schedule.title}
      act={words.acts.schedule}
      faults={faults}
      refused={refused}
      onSubmit={submit}
      onClose={onClose}
    >
      {({ idOf, faultOf }) => (
        <>
          <SlotPicker
            org={referral.receiver.id}
            specialty={referral.specialty}
            pool={draft.pool}
            id={idOf('unit')}
            error={faultOf('unit')}
            onPick={(pool) => change({ pool })}
          />
          <BookingAdvice referral={referral} org={referral.receiver.id} specialty={referral.specialty} pool={draft.pool} />
        </>
      )}
    </ActPanel>
  )
}

/** Recording that somebody did not come: asks once, because the sender is told at once. */
export const MissForm = ({ referral, who, refused, onClose }: ActFormProps) => {
  const words = useDeskWords()
  const acts = useHeldActs()
  const submit = () => {
    acts.hold({ act: 'miss', who, input: { referral: referral.id } })
    onClose()
  }
  return (
    <ActPanel
      title={words.miss.title}
      lead={words.miss.consequence}
      act={words.acts.miss}
      danger
      faults={[]}
      refused={refused}
      onSubmit={submit}
      onClose={onClose}
    >
      {() => null}
    </ActPanel>
  )
}
