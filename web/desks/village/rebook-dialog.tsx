import { useEffect, useEffectEvent, useState } from 'react'
import { Link } from 'wouter'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useToast } from '../../ui/toast.tsx'
import type { LostPromise } from './lost-promise-of.ts'
import { SavedNote } from './saved-note.tsx'
import { slotOf, UnitChoice, useSlots, type Slot, type UnitChosen } from './unit-choice.tsx'
import { useSaved } from './use-saved.ts'
import { useWaitingWords } from './waiting-words.ts'

/** Free slots with those first that lie nearest to what was promised; without a network these alone are known. */
const nearestFirst = (free: readonly Slot[], nearest: readonly Slot[]): readonly Slot[] => {
  if (free.length === 0) return nearest
  const rank = new Map(nearest.map(({ pool }, at) => [pool, at]))
  const rankOf = ({ pool }: Slot) => rank.get(pool) ?? nearest.length
  return free.toSorted((one, other) => rankOf(one) - rankOf(other))
}

type Props = { lost: LostPromise; name: string; onClose: () => void; onDone?: () => void }

/** Another time for a person whose promised unit is gone: the draft goes on its way with what was agreed on the phone. */
export const RebookDialog = ({ lost, name, onClose, onDone = onClose }: Props) => {
  const words = useWaitingWords()
  const toast = useToast()
  const saved = useSaved('referral.submit', ({ referral }) => referral === lost.referral)
  const [chosen, setChosen] = useState<UnitChosen>(null)
  const live = useSlots(lost.receiver, lost.specialty)
  const slots = nearestFirst(live.slots, lost.alternatives)
  const isDone = saved.answer !== null
  const close = useEffectEvent(() => {
    toast({ text: words.rebookDone })
    onDone()
  })
  useEffect(() => {
    if (isDone) close()
  }, [isDone])
  const go = () => {
    if (saved.isUnderway) return
    const slot = slotOf(slots, chosen)
    const unit = slot && { org: slot.org, pool: slot.pool }
    void saved.save({ referral: lost.referral, unit }, `${words.rebook} · ${name}`, lost.person)
  }
  return (
    <Dialog
      title={words.rebookTitle}
      open
      onClose={onClose}
      actions={
        <>
          <Link className="button plain" to={`/village/cases/${lost.referral}/again`}>
            {words.otherPlace}
          </Link>
          <Button tone="primary" busy={saved.isUnderway && !saved.isWaiting} onClick={go}>
            {words.rebookGo}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p>{words.rebookWhat}</p>
        {!live.isPending && slots.length === 0 ? (
          <p>{words.noAlternatives}</p>
        ) : (
          <UnitChoice
            slots={slots}
            vouchers={[]}
            isPending={live.isPending}
            knownAt={live.knownAt}
            chosen={chosen}
            onChoose={setChosen}
          />
        )}
        <SavedNote saved={saved} />
      </div>
    </Dialog>
  )
}
