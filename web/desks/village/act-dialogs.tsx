import { useEffect, useEffectEvent, useState, type FormEvent, type ReactNode } from 'react'
import { REJECT_REASONS, type RejectReason } from '../../../src/modules/referral/referral.ts'
import type { CommandName } from '../../api/api-types.ts'
import { Button } from '../../ui/button.tsx'
import { RadioCards } from '../../ui/choice.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextArea, TextField } from '../../ui/field.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useWordsOf } from '../../words/language.tsx'
import { returnReasons } from '../return-reasons.ts'
import type { Case } from './case-row.tsx'
import { maskedName } from './people.ts'
import { SavedNote } from './saved-note.tsx'
import { useSaved, type Saved } from './use-saved.ts'
import { caseWords } from './words.ts'

export type ActWindow = { one: Case; open: boolean; onClose: () => void }

export const labelOf = (act: string, one: Case) => `${act} · ${maskedName(one.person.name.zh)}`

/** A small form in a window: closes with a note when the server took it, stays with all reasons when it did not. */
export const ActDialog = <N extends CommandName>({
  title,
  act,
  danger = false,
  open,
  onClose,
  saved,
  onSubmit,
  children,
}: {
  title: string
  act: string
  danger?: boolean
  open: boolean
  onClose: () => void
  saved: Saved<N>
  onSubmit: () => void
  children: ReactNode
}) => {
  const words = useWordsOf(caseWords)
  const toast = useToast()
  const isDone = open && saved.entry?.state === 'sent'
  const finish = useEffectEvent(() => {
    toast({ text: `${act}：${words.acts.done}` })
    saved.leave()
    onClose()
  })
  useEffect(() => {
    if (isDone) finish()
  }, [isDone])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!saved.isUnderway) onSubmit()
  }
  return (
    <Dialog title={title} open={open} onClose={onClose}>
      <form className="stack" onSubmit={submit} noValidate>
        {children}
        <SavedNote saved={saved} />
        <Button tone={danger ? 'danger' : 'primary'} wide submit busy={saved.isUnderway && navigator.onLine}>
          {act}
        </Button>
      </form>
    </Dialog>
  )
}

/** Cancels before arrival, with a reason, after saying what it does. */
export const CancelDialog = ({ one, open, onClose }: ActWindow) => {
  const { acts: words } = useWordsOf(caseWords)
  const saved = useSaved('referral.cancel')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const submit = () => {
    setTried(true)
    if (reason.trim() !== '')
      void saved.save({ referral: one.id, reason: reason.trim() }, labelOf(words.cancel, one), one.person.id)
  }
  return (
    <ActDialog title={words.cancelTitle} act={words.cancel} danger open={open} onClose={onClose} saved={saved} onSubmit={submit}>
      <p>{words.cancelWhat}</p>
      <TextArea
        label={words.reason}
        required
        error={tried && reason.trim() === '' ? words.reasonMissing : undefined}
        value={reason}
        onChange={setReason}
      />
    </ActDialog>
  )
}

/** Records how the person is after the hand back. */
export const FollowUpDialog = ({ one, open, onClose }: ActWindow) => {
  const { acts: words } = useWordsOf(caseWords)
  const saved = useSaved('referral.follow-up')
  const [way, setWay] = useState<keyof typeof words.ways>('clinic')
  const [outcome, setOutcome] = useState<keyof typeof words.outcomes>('good')
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const submit = () => {
    setTried(true)
    if (note.trim() !== '')
      void saved.save({ referral: one.id, way, outcome, note: note.trim() }, labelOf(words.followUp, one), one.person.id)
  }
  return (
    <ActDialog title={words.followUp} act={words.save} open={open} onClose={onClose} saved={saved} onSubmit={submit}>
      <RadioCards
        label={words.way}
        value={way}
        onChange={setWay}
        choices={(['clinic', 'home', 'phone'] as const).map((one_) => ({ value: one_, label: words.ways[one_] }))}
      />
      <RadioCards
        label={words.outcome}
        value={outcome}
        onChange={setOutcome}
        choices={(['good', 'fair', 'poor'] as const).map((one_) => ({ value: one_, label: words.outcomes[one_] }))}
      />
      <TextArea
        label={words.note}
        required
        error={tried && note.trim() === '' ? words.noteMissing : undefined}
        value={note}
        onChange={setNote}
      />
    </ActDialog>
  )
}

/** Takes a person sent to this institution: into its named queue, or into the unit that was held. */
export const AcceptDialog = ({ one, open, onClose }: ActWindow) => {
  const { acts: words } = useWordsOf(caseWords)
  const saved = useSaved('referral.accept')
  const [queue, setQueue] = useState('')
  const [tried, setTried] = useState(false)
  const needsQueue = one.appointment === null && one.direction !== 'down'
  const submit = () => {
    setTried(true)
    if (needsQueue && queue.trim() === '') return
    void saved.save(
      { referral: one.id, queue: queue.trim() === '' ? null : queue.trim() },
      labelOf(words.accept, one),
      one.person.id,
    )
  }
  return (
    <ActDialog title={words.accept} act={words.accept} open={open} onClose={onClose} saved={saved} onSubmit={submit}>
      <TextField
        label={words.acceptQueue}
        hint={words.acceptQueueHint}
        required={needsQueue}
        error={tried && needsQueue && queue.trim() === '' ? words.queueMissing : undefined}
        value={queue}
        onChange={setQueue}
      />
    </ActDialog>
  )
}

/** Returns a request with a coded reason and a way on. */
export const RejectDialog = ({ one, open, onClose }: ActWindow) => {
  const { acts: words } = useWordsOf(caseWords)
  const saved = useSaved('referral.reject')
  const whys = useWordsOf(returnReasons)
  const [why, setWhy] = useState<RejectReason>('beyond-capability')
  const [wayOn, setWayOn] = useState('')
  const [tried, setTried] = useState(false)
  const submit = () => {
    setTried(true)
    if (wayOn.trim() !== '')
      void saved.save({ referral: one.id, why, wayOn: wayOn.trim() }, labelOf(words.reject, one), one.person.id)
  }
  return (
    <ActDialog title={words.reject} act={words.reject} danger open={open} onClose={onClose} saved={saved} onSubmit={submit}>
      <RadioCards
        label={words.rejectWhy}
        value={why}
        onChange={setWhy}
        choices={REJECT_REASONS.map((reason) => ({ value: reason, label: whys[reason] }))}
      />
      <TextArea
        label={words.wayOn}
        hint={words.wayOnHint}
        required
        error={tried && wayOn.trim() === '' ? words.wayOnMissing : undefined}
        value={wayOn}
        onChange={setWayOn}
      />
    </ActDialog>
  )
}
