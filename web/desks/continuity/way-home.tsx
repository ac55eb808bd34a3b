import { useState } from 'react'
import { Link } from 'wouter'
import type { Queries } from '../../api/api-types.ts'
import { useApi } from '../../api/use-api.ts'
import { useActor } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import type { CaseInSight } from '../case-panels.tsx'
import { AnswerForm } from './answer-form.tsx'
import { ChangePlan } from './change-plan.tsx'
import { PlanSteps } from './plan-card.tsx'
import { ReadinessCard } from './readiness-card.tsx'
import { StepActs } from './step-acts.tsx'
import { useContinuityWords } from './words.ts'

type Home = Queries['continuity.of-case']['answer']
const primary: readonly string[] = ['village-doctor', 'family-doctor']
const hospital: readonly string[] = ['ward', 'referral-desk']

/** The way home of one case: can the receiver take the person, and what is done there afterwards. */
export const WayHome = ({ referral }: { referral: CaseInSight }) => {
  const { role } = useActor()
  const isStaff = primary.includes(role) || hospital.includes(role)
  const asked = useApi('continuity.of-case', { referral: referral.id }, { enabled: isStaff })
  if (asked.data === undefined)
    return asked.error === null || asked.error.status === 404 ? null : (
      <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />
    )
  return (
    <>
      <ReadinessPart referral={referral} home={asked.data} />
      <PlanPart referral={referral} home={asked.data} />
    </>
  )
}

const ReadinessPart = ({ referral, home }: { referral: CaseInSight; home: Home }) => {
  const { readiness: words } = useContinuityWords()
  const { role, institution } = useActor()
  const mayAsk =
    hospital.includes(role) &&
    institution?.id === referral.receiver.id &&
    ['arrived', 'in-treatment', 'discharged'].includes(referral.state)
  const without = home.handOver?.withoutAnswer ?? null
  if (home.questions.length === 0 && without === null && !mayAsk) return null
  const ask = mayAsk ? (
    <Link className="button plain small-button" to={`/desk/down?person=${referral.person.id}`}>
      {words.ask}
    </Link>
  ) : undefined
  return (
    <Card title={words.title} aside={ask} held={home.questions.some(({ isMine, state }) => isMine && state === 'asked')}>
      <div className="stack">
        {without !== null && <p>{words.wentWithout(without)}</p>}
        {home.questions.length === 0 && without === null && <p className="soft">{words.none}</p>}
        {home.questions.map((question) =>
          question.isMine && question.state === 'asked' && primary.includes(role) ? (
            <AnswerForm key={question.id} question={question} />
          ) : (
            <ReadinessCard key={question.id} question={question} />
          ),
        )}
      </div>
    </Card>
  )
}

const isHome = ({ state, direction }: CaseInSight): boolean =>
  ['handed-back', 'received', 'followed-up'].includes(state) || (direction === 'down' && state !== 'draft')

const PlanPart = ({ referral, home }: { referral: CaseInSight; home: Home }) => {
  const { plan: words } = useContinuityWords()
  const { role, institution } = useActor()
  const [changes, setChanges] = useState(false)
  const { plan } = home
  const author = referral.direction === 'down' ? referral.sender.id : referral.receiver.id
  const mayMake = plan === null && hospital.includes(role) && institution?.id === author && isHome(referral)
  if (plan === null && !mayMake) return null
  const mayChange = (home.mayChangePlan && hospital.includes(role)) || mayMake
  return (
    <Card
      title={words.title}
      aside={
        mayChange && !changes ? (
          <Button small onClick={() => setChanges(true)}>
            {plan === null ? words.make : words.change}
          </Button>
        ) : undefined
      }
    >
      {changes ? (
        <ChangePlan referral={referral.id} plan={plan} onClose={() => setChanges(false)} />
      ) : plan === null ? (
        <p className="soft">{words.none}</p>
      ) : (
        <PlanSteps
          plan={plan}
          // oxlint-disable-next-line react/no-unstable-nested-components -- a function that draws, not a component
          actOf={(step) =>
            primary.includes(role) && plan.endedAt === null && step.state !== 'done' ? <StepActs plan={plan} step={step} /> : null
          }
        />
      )}
    </Card>
  )
}
