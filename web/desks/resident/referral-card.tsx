import { lazy, Suspense } from 'react'
import type { ShownReferral } from '../../../src/modules/referral/contract.ts'
import { Card, Facts } from '../../ui/card.tsx'
import { Chip, type ChipTone } from '../../ui/chip.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Timeline } from '../../ui/timeline.tsx'
import { useServerNow } from '../../ui/use-server-now.ts'
import { useLanguage, usePick, useWordsOf } from '../../words/language.tsx'
import { BringList } from './bring-list.tsx'
import { addressOf, specialtyOf, useInstitution } from './institution.ts'
import { plainTime } from './plain-date.ts'
import { ReferralActs } from './referral-acts.tsx'
import { referralWords } from './referral-words.ts'
import { isAhead, isEnded, returnedBecause, stepsOf } from './steps.ts'
import { residentWords } from './words.ts'

// Drawing codes needs 10 kB that most visits of this page can do without.
const QrCode = lazy(() => import('./qr-code.tsx').then((part) => ({ default: part.QrCode })))

/** Whether the way led nowhere and the sender finds another. */
const isAstray = ({ state }: ShownReferral): boolean => ['rejected', 'expired', 'no-show'].includes(state)

const toneOf = (referral: ShownReferral): ChipTone => {
  if (isEnded(referral)) return 'quiet'
  if (isAstray(referral)) return 'warning'
  return referral.state === 'submitted' || referral.state === 'draft' ? 'calm' : 'good'
}

/** One referral as the resident needs it: where, when, what to bring, whom to call, and how far it has come. */
export const ReferralCard = ({ referral }: { referral: ShownReferral }) => {
  const words = useWordsOf(referralWords)
  const pick = usePick()
  const language = useLanguage()
  const now = useServerNow()
  const say = (instant: string) => plainTime(instant, now, language)
  const steps = stepsOf(referral, { words, pick, say })
  return (
    <>
      {/* Who is back home needs the plan first, not the way to the hospital. */}
      <HomePlan referral={referral} />
      <Card
        title={pick(referral.receiver.name)}
        held={!isEnded(referral)}
        aside={<Chip tone={toneOf(referral)}>{words.state[referral.state]}</Chip>}
      >
        <div className="stack wide">
          {isEnded(referral) ? <Ended referral={referral} /> : <WhenToGo referral={referral} say={say} />}
          {isAstray(referral) && <Elsewhere referral={referral} />}
          <WhereToGo referral={referral} />
          {isAhead(referral) && <Bring slipNo={referral.slipNo} />}
          <ReferralActs referral={referral} say={say} />
        </div>
      </Card>
      <Card title={words.timeLine}>
        <Timeline label={words.timeLine} steps={steps} />
      </Card>
    </>
  )
}

const Ended = ({ referral: { state, endedWhy } }: { referral: ShownReferral }) => {
  const words = useWordsOf(referralWords)
  return (
    <div className="stack tight">
      <p className="big-line">{words.ended[state as keyof typeof words.ended]}</p>
      {endedWhy !== null && (
        <p>
          {words.endedWhy}: {endedWhy}
        </p>
      )}
      <p className="soft">{words.endedNext}</p>
    </div>
  )
}

const Elsewhere = ({ referral: { sender, state, trace } }: { referral: ShownReferral }) => {
  const words = useWordsOf(referralWords)
  const pick = usePick()
  const step = state === 'rejected' ? trace.findLast(({ type }) => type === 'referral.rejected') : undefined
  const because = step === undefined ? null : returnedBecause(step, words)
  return (
    <div className="when-to-go">
      <p className="big-line">{words.now.elsewhere(pick(sender.name))}</p>
      {because !== null && <p>{because}</p>}
    </div>
  )
}

const WhenToGo = ({ referral, say }: { referral: ShownReferral; say: (instant: string) => string }) => {
  const shared = useWordsOf(residentWords)
  const words = useWordsOf(referralWords)
  const { appointment, queue, state, waitUntil } = referral
  if (!isAhead(referral)) return null
  return (
    <div className="when-to-go">
      <p className="soft small">{shared.when}</p>
      {appointment !== null && state === 'scheduled' ? (
        <p className="big-line">{words.arriveBy(say(appointment.startsAt))}</p>
      ) : (
        <p className="big-line">{queue === null ? words.notYet : words.queue(queue)}</p>
      )}
      {state === 'submitted' && waitUntil !== null && <p>{words.answerBy(say(waitUntil))}</p>}
    </div>
  )
}

const WhereToGo = ({ referral }: { referral: ShownReferral }) => {
  const shared = useWordsOf(residentWords)
  const words = useWordsOf(referralWords)
  const pick = usePick()
  const { data } = useInstitution(referral.receiver.id)
  const { appointment, condition, person, slipNo, specialty } = referral
  const department = data === undefined ? null : specialtyOf(data, specialty)
  const facts: (readonly [string, string])[] = []
  if (department !== null) facts.push([shared.department, pick(department)])
  if (appointment?.doctor) facts.push([shared.doctor, pick(appointment.doctor)])
  if (appointment?.place) facts.push([shared.room, pick(appointment.place)])
  if (data !== undefined && data.divisions.length > 0) facts.push([shared.address, addressOf(data)])
  facts.push([words.because, pick(condition)], [words.slipNo, slipNo])
  return (
    <div className="stack tight">
      <Facts facts={facts} />
      {person.synthetic && (
        <p>
          <Chip tone="quiet">{shared.synthetic}</Chip>
        </p>
      )}
    </div>
  )
}

const Bring = ({ slipNo }: { slipNo: string }) => {
  const shared = useWordsOf(residentWords)
  const words = useWordsOf(referralWords)
  return (
    <div className="bring">
      <BringList title={shared.bring} things={shared.bringThings} />
      <figure>
        <Suspense fallback={<Skeleton />}>
          <QrCode text={`jieli:referral:${slipNo}`} label={`${words.slipNo} ${slipNo}`} />
        </Suspense>
        <figcaption className="soft small">{words.qrHint}</figcaption>
      </figure>
    </div>
  )
}

const HomePlan = ({ referral: { returned } }: { referral: ShownReferral }) => {
  const words = useWordsOf(referralWords)
  if (returned === null) return null
  return (
    <Card title={words.plan}>
      <Facts
        facts={[
          [words.diagnosis, returned.diagnosis],
          [words.nextSteps, returned.plan],
          [words.medicine, returned.medication],
        ]}
      />
    </Card>
  )
}
