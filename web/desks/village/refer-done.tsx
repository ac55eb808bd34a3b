import { useEffect, useEffectEvent } from 'react'
import { Link } from 'wouter'
import type { Commands } from '../../api/api-types.ts'
import { Page } from '../../shell/desk-frame.tsx'
import { Card } from '../../ui/card.tsx'
import { SavedChip } from '../../ui/saved-chip.tsx'
import { useWords, useWordsOf } from '../../words/language.tsx'
import { caseWords, villageWords } from './words.ts'

/** After sending: it has arrived, with its slip number; or it lies safely on this device. */
export const ReferDone = ({
  answer,
  name,
  onLeave,
}: {
  answer: Commands['referral.send']['answer'] | null
  name: string
  onLeave: () => void
}) => {
  const shared = useWords()
  const words = useWordsOf(caseWords)
  const village = useWordsOf(villageWords)
  const isSent = answer !== null
  // The typed values are forgotten once, when the server has them.
  const forget = useEffectEvent(onLeave)
  useEffect(() => {
    if (isSent) forget()
  }, [isSent])
  return (
    <Page title={isSent ? words.refer.sent : words.refer.kept}>
      <Card title={name} aside={<SavedChip state={isSent ? 'sent' : 'saved'} />}>
        <div className="stack">
          <p>{isSent ? words.refer.sentWhy(answer.slipNo) : village.savedHere}</p>
          <div className="along">
            {isSent ? (
              <Link className="button primary" to={`/village/cases/${answer.referral}`}>
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
