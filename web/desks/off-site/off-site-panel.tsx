import { useState } from 'react'
import type { Queries } from '../../api/api-types.ts'
import { useApi, useCommand } from '../../api/use-api.ts'
import { useActor } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Checkbox } from '../../ui/choice.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { formatDay } from '../../ui/time-format.ts'
import { useWordsOf } from '../../words/language.tsx'
import { offSiteWords } from './words.ts'

type Referral = Queries['referral.get']['answer']

const SENDERS = ['village-doctor', 'family-doctor', 'referral-desk', 'ward']
const overOrNotSent = ['draft', 'not-agreed', 'cancelled', 'closed']

/** Filing care away from home from a referral that leads there; nothing for one that stays in the home area. */
export const OffSitePanel = ({ referral }: { referral: Referral }) => {
  const { role, institution } = useActor()
  const isSender = referral.sender.id === institution?.id && SENDERS.includes(role)
  const isReceiver = referral.receiver.id === institution?.id && role === 'referral-desk'
  const mayFile = (isSender || isReceiver) && !overOrNotSent.includes(referral.state)
  const { data: costs } = useApi(
    'settlement.expected',
    {
      person: referral.person.id,
      condition: referral.conditionKey,
      specialty: referral.specialty,
      places: [referral.receiver.id],
    },
    { enabled: mayFile },
  )
  const region = costs?.places[0]?.region ?? null
  if (!mayFile || region === null || region === 'in-town') return null
  return <FromReferral referral={referral} />
}

const FromReferral = ({ referral }: { referral: Referral }) => {
  const words = useWordsOf(offSiteWords)
  const { data } = useApi('settlement.filings', { person: referral.person.id }, { follows: ['settlement', 'referral'] })
  const file = useCommand('referral.file-off-site')
  const [isPledged, pledge] = useState(false)
  const [tried, setTried] = useState(false)
  const own = data?.filings.find((one) => one.referral === referral.id && one.state === 'filed')
  const submit = () => {
    setTried(true)
    if (isPledged) file.mutate({ referral: referral.id, isPledged: true })
  }
  if (data === undefined) return null
  return (
    <Card title={words.title}>
      <div className="stack tight">
        {own !== undefined ? (
          <p>{words.panelDone(own.ends === null ? '' : formatDay(own.ends))}</p>
        ) : (
          <>
            <p>{words.panelWhy}</p>
            <Checkbox label={words.panelPledge} note={words.pledgeNote} checked={isPledged} onChange={pledge} />
            {tried && !isPledged && (
              <p className="field-error" role="alert">
                {words.faults.pledge}
              </p>
            )}
            {file.error !== null && <ErrorNote error={file.error} />}
            <div>
              <Button tone="primary" busy={file.isPending} onClick={submit}>
                {words.file}
              </Button>
            </div>
          </>
        )}
        <p className="soft small">{words.panelKept}</p>
      </div>
    </Card>
  )
}
