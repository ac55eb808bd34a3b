import { lazy, Suspense, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { usePick } from '../../words/language.tsx'
import type { Row } from './case-row.tsx'
import { maskedName } from './people.ts'
import { useWaitingWords } from './waiting-words.ts'

const RebookDialog = lazy(() => import('./rebook-dialog.tsx').then((part) => ({ default: part.RebookDialog })))

/** The person whose promised unit is gone is called and gets another time: the draft goes on its way with it. */
export const RebookButton = ({ referral }: { referral: Row }) => {
  const words = useWaitingWords()
  const pick = usePick()
  const [open, setOpen] = useState(false)
  const lost = {
    referral: referral.id,
    receiver: referral.receiver.id,
    specialty: referral.specialty,
    person: referral.person.id,
    alternatives: [],
  }
  return (
    <>
      <Button small tone="primary" aria-label={words.rebookFor(pick(referral.person.name))} onClick={() => setOpen(true)}>
        {words.rebook}
      </Button>
      <Suspense fallback={null}>
        {open && <RebookDialog lost={lost} name={maskedName(referral.person.name.zh)} onClose={() => setOpen(false)} />}
      </Suspense>
    </>
  )
}
