import { lazy, Suspense, useEffect, useEffectEvent, useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { Commands } from '../../api/api-types.ts'
import { Page } from '../../shell/desk-frame.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { SavedChip } from '../../ui/saved-chip.tsx'
import { useWords, useWordsOf } from '../../words/language.tsx'
import { maskedName } from './people.ts'
import { PromiseOutcome } from './promise-outcome.tsx'
import { useWaitingWords } from './waiting-words.ts'
import { caseWords, offlineWords, villageWords } from './words.ts'

const RebookDialog = lazy(() => import('./rebook-dialog.tsx').then((part) => ({ default: part.RebookDialog })))

/** After sending: it has arrived, with its slip number; or it lies safely on this device. */
export const ReferDone = ({
  answer,
  asked,
  name,
  onLeave,
}: {
  answer: Commands['referral.send']['answer'] | null
  /** What was asked for, while there is no answer yet. */
  asked: Commands['referral.send']['input'] | undefined
  name: string
  onLeave: () => void
}) => {
  const shared = useWords()
  const words = useWordsOf(caseWords)
  const village = useWordsOf(villageWords)
  const offline = useWordsOf(offlineWords)
  const isSent = answer !== null
  const promise = (isSent && answer.promise) || null
  const isLost = promise?.kept === false
  // The typed values are forgotten once, when the server has them.
  const forget = useEffectEvent(onLeave)
  useEffect(() => {
    if (isSent) forget()
  }, [isSent])
  return (
    <Page title={isLost ? offline.promise.lost : isSent ? words.refer.sent : words.refer.kept}>
      <Card title={name} aside={isLost ? <LostChip /> : <SavedChip state={isSent ? 'sent' : 'saved'} />}>
        <div className="stack">
          {!isLost && <p>{isSent ? words.refer.sentWhy(answer.slipNo) : village.savedHere}</p>}
          {!isSent && <Asked asked={asked} />}
          {promise !== null && <PromiseOutcome promise={promise} />}
          {isLost && isSent && asked !== undefined && <Rebook answer={answer} asked={asked} name={name} />}
          <div className="along">
            {isSent ? (
              <Link className={isLost ? 'button plain' : 'button primary'} to={`/village/cases/${answer.referral}`}>
                {words.refer.seeCase}
              </Link>
            ) : (
              <Link className="button primary" to="/village/outbox">
                {shared.outbox.title}
              </Link>
            )}
            <Link className="button plain" to="/village/refer">
              {words.refer.another}
            </Link>
          </div>
        </div>
      </Card>
    </Page>
  )
}

const LostChip = () => <Chip tone="danger">{useWaitingWords().lostChip}</Chip>

type Sent = { answer: Commands['referral.send']['answer']; asked: Commands['referral.send']['input']; name: string }

/** The way on after a lost promise: another time, and then the case. */
const Rebook = ({ answer: { referral, promise }, asked: { receiver, specialty, person }, name }: Sent) => {
  const words = useWaitingWords()
  const [open, setOpen] = useState(false)
  const [, go] = useLocation()
  const lost = { referral, receiver, specialty, person, alternatives: promise?.alternatives ?? [] }
  return (
    <div>
      <Button tone="primary" onClick={() => setOpen(true)}>
        {words.rebook}
      </Button>
      <Suspense fallback={null}>
        {open && (
          <RebookDialog
            lost={lost}
            name={maskedName(name)}
            onClose={() => setOpen(false)}
            onDone={() => go(`/village/cases/${referral}`)}
          />
        )}
      </Suspense>
    </div>
  )
}

/** What a form saved without a network has asked for: a promise only where a voucher stands behind it. */
const Asked = ({ asked }: { asked: Commands['referral.send']['input'] | undefined }) => {
  const { promise: words } = useWordsOf(offlineWords)
  if (asked?.voucher != null)
    return (
      <p className="along">
        <Chip tone="good">{words.promised}</Chip> <span>{words.promisedWhy}</span>
      </p>
    )
  return (
    <p className="along">
      <Chip tone="warning">{words.asked}</Chip> <span>{words.askedWhy}</span>
    </p>
  )
}
