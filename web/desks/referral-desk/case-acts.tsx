import type { ReactNode } from 'react'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { useActor } from '../../shell/session.tsx'
import { AcceptForm, MissForm, RejectForm, ScheduleForm, type ActFormProps } from './answer-forms.tsx'
import { AskForm } from './ask-form.tsx'
import { HandBackForm } from './hand-back-form.tsx'
import { useDeskKeys } from './desk-keys-context.tsx'
import { deskActs, type DeskAct, type HeldAct } from './held-acts.ts'
import { useHeldActs } from './held-acts-context.tsx'
import { RedirectForm } from './redirect-form.tsx'
import type { Referral } from './use-case.ts'
import { useDeskWords } from './words.ts'

/** Acts that ask for something first; the others are one press and can be undone. */
const forms: Partial<Record<DeskAct, (props: ActFormProps) => ReactNode>> = {
  accept: AcceptForm,
  'ask-more': AskForm,
  reject: RejectForm,
  redirect: RedirectForm,
  schedule: ScheduleForm,
  miss: MissForm,
  'hand-back': HandBackForm,
}

/** Acts with a key of their own; every other one is reached by the key for whatever comes next on the patient's way. */
const keyed = ['accept', 'ask-more', 'reject', 'redirect', 'schedule'] as const

/** The key of an act as a person chose it, as it is shown on the act's button. */
const useShownKey = () => {
  const { keys } = useDeskKeys()
  return (act: DeskAct, isNext: boolean): string | undefined => {
    const own = keyed.find((one) => one === act)
    return (own === undefined ? (isNext ? keys.next : undefined) : keys[own])?.toUpperCase()
  }
}

const onTheWay: readonly DeskAct[] = ['accept', 'arrive', 'begin', 'discharge', 'hand-back']

/** What this reader may do with a case now: moves that its state has, for the receiving side and this role. */
export const actsOf = (referral: Referral, actor: ReturnType<typeof useActor>): DeskAct[] => {
  if (referral.receiver.id !== actor.institution?.id) return []
  return deskActs.filter((act) => referral.moves.includes(act) && (act !== 'miss' || actor.role === 'referral-desk'))
}

/** The next step on the patient's way, if it is in these hands. Somebody accepted without a time first needs one. */
export const nextActOf = (referral: Referral, acts: readonly DeskAct[]): DeskAct | null => {
  if (referral.state === 'accepted' && referral.urgency === 'ordinary') return acts.find((act) => act === 'schedule') ?? null
  if (referral.state === 'arrived') return acts.find((act) => act === 'begin') ?? null
  return onTheWay.find((act) => acts.includes(act)) ?? null
}

/** Whether an act needs its form: accepting does not, while a unit is held for the patient. */
export const needsForm = (act: DeskAct, referral: Referral): boolean =>
  forms[act] !== undefined && !(act === 'accept' && referral.appointment !== null)

type Panel = { referral: Referral; who: string; open: DeskAct | null; onOpen: (act: DeskAct | null) => void }

/** Starts an act: at once with time to undo it, or by opening its form. */
export const useStartAct = () => {
  const acts = useHeldActs()
  return (act: DeskAct, { referral, who, onOpen }: Omit<Panel, 'open'>) => {
    if (needsForm(act, referral)) onOpen(act)
    else if (act === 'accept' || act === 'arrive' || act === 'begin' || act === 'discharge') {
      acts.hold({ act, who, input: { referral: referral.id } })
    }
  }
}

/** The acts of a case: buttons with their keys, the open form, or what is being held back or was refused. */
export const CaseActs = ({ referral, who, open, onOpen }: Panel) => {
  const words = useDeskWords()
  const actor = useActor()
  const start = useStartAct()
  const shownKey = useShownKey()
  const { held: all } = useHeldActs()
  const held = all.get(referral.id)
  const acts = actsOf(referral, actor)
  const next = nextActOf(referral, acts)
  if (held !== undefined && held.state !== 'refused') return <Held act={held} referral={referral.id} />
  const shown = open !== null && acts.includes(open) ? open : null
  const Form = shown === null ? undefined : forms[shown]
  const refused = held?.state === 'refused' ? held : null
  return (
    <div className="stack">
      {refused !== null && refused.act !== shown && <Refused act={refused} referral={referral} onOpen={onOpen} />}
      {acts.length > 0 && (
        <div className="along case-buttons">
          {acts.map((act) => (
            <Button
              key={act}
              tone={act === next ? 'primary' : act === 'reject' ? 'danger' : 'plain'}
              shortcut={shownKey(act, act === next)}
              aria-expanded={needsForm(act, referral) ? act === shown : undefined}
              onClick={() => start(act, { referral, who, onOpen })}
            >
              {act === 'schedule' && referral.state === 'scheduled' ? words.reschedule : words.acts[act]}
            </Button>
          ))}
          {acts.includes('accept') && !needsForm('accept', referral) && (
            <Button aria-expanded={shown === 'accept'} onClick={() => onOpen('accept')}>
              {words.acceptOther}
            </Button>
          )}
        </div>
      )}
      {Form !== undefined && (
        <Form
          key={shown}
          referral={referral}
          who={who}
          refused={refused !== null && refused.act === shown ? refused.error : null}
          onClose={() => onOpen(null)}
        />
      )}
    </div>
  )
}

const Held = ({ act, referral }: { act: HeldAct; referral: string }) => {
  const words = useDeskWords()
  const acts = useHeldActs()
  const { keys } = useDeskKeys()
  return (
    <div className="held-act along apart">
      <p>
        <strong>
          {act.state === 'held' ? words.held.will(words.acts[act.act], act.who) : words.held.sending(words.acts[act.act])}
        </strong>
        {act.state === 'held' && <span className="soft small"> {words.held.note}</span>}
      </p>
      {act.state === 'held' && (
        <div className="along">
          <Button small shortcut={keys.undo.toUpperCase()} onClick={() => void acts.undo(referral)}>
            {words.held.undo}
          </Button>
          <Button small tone="quiet" onClick={() => void acts.sendNow(referral)}>
            {words.held.now}
          </Button>
        </div>
      )}
    </div>
  )
}

const Refused = ({
  act,
  referral,
  onOpen,
}: {
  act: HeldAct & { state: 'refused' }
  referral: Referral
  onOpen: (act: DeskAct) => void
}) => {
  const words = useDeskWords()
  const acts = useHeldActs()
  return (
    <ErrorNote
      error={act.error}
      onRetry={() => {
        acts.hold(act)
        void acts.sendNow(referral.id)
      }}
      action={
        <>
          {forms[act.act] !== undefined && (
            <Button small onClick={() => onOpen(act.act)}>
              {words.held.change}
            </Button>
          )}
          <Button small tone="quiet" onClick={() => acts.forget(referral.id)}>
            {words.form.close}
          </Button>
        </>
      }
    />
  )
}
