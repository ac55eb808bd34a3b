import { useState } from 'react'
import type { ShownPlan, ShownPlanStep } from '../../../src/modules/continuity/contract.ts'
import { useApi, useCommand } from '../../api/use-api.ts'
import { Page } from '../../shell/desk-frame.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { formatDay } from '../../ui/time-format.ts'
import { useServerNow } from '../../ui/use-server-now.ts'
import { useLanguage, usePick, useWordsOf } from '../../words/language.tsx'
import { CallLink } from './call-link.tsx'
import { plainDay } from './plain-date.ts'
import { planWords } from './plan-words.ts'

/** My plan after the hospital, in plain words: what, on which day, and what I did at home myself. */
export const PlanPage = () => {
  const words = useWordsOf(planWords)
  const { data, error, isPending, refetch } = useApi('continuity.my-plan', {})
  return (
    <Page title={words.title} lead={words.lead}>
      {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {isPending && error === null && <Skeleton lines={5} />}
      {data?.plans.length === 0 && <EmptyState kind="none" title={words.none} why={words.noneWhy} />}
      {data?.plans.map((plan) => (
        <PlanForMe key={plan.id} plan={plan} today={data.today} />
      ))}
    </Page>
  )
}

const isOpen = ({ state }: ShownPlanStep): boolean => state === 'planned' || state === 'overdue'

const PlanForMe = ({ plan, today }: { plan: ShownPlan; today: string }) => {
  const words = useWordsOf(planWords)
  const pick = usePick()
  const open = plan.steps.filter(isOpen)
  const over = plan.steps.filter((step) => !isOpen(step))
  return (
    <>
      <Card title={`${words.after}${pick(plan.disease)}`} held>
        <div className="stack">
          <p className="soft">{words.madeBy(pick(plan.author.name), pick(plan.care.name))}</p>
          {open.length === 0 && <p>{words.allDone}</p>}
          <ul className="stack" aria-label={words.toDo}>
            {open.map((step) => (
              <li key={step.id} className="plan-step stack tight" data-step={step.kind}>
                <StepForMe plan={plan} step={step} today={today} />
              </li>
            ))}
          </ul>
          <CallLink who={pick(plan.care.name)} phone={plan.care.phone} />
        </div>
      </Card>
      {over.length > 0 && (
        <Card title={words.over}>
          <ul className="stack tight">
            {over.map((step) => (
              <li key={step.id} className="along apart">
                <span>{pick(step.plain)}</span>
                {step.state === 'done' ? <Chip tone="good">{words.done}</Chip> : <Chip tone="quiet">{words.notDone}</Chip>}
              </li>
            ))}
          </ul>
        </Card>
      )}
    </>
  )
}

const StepForMe = ({ plan, step, today }: { plan: ShownPlan; step: ShownPlanStep; today: string }) => {
  const words = useWordsOf(planWords)
  const pick = usePick()
  const language = useLanguage()
  const now = useServerNow()
  const report = useCommand('continuity.report-step')
  const [sent, setSent] = useState(false)
  const mine = step.ticks.filter(({ side }) => side === 'self')
  const isReported = sent || mine.some(({ at }) => formatDay(at) === today)
  const day = plainDay(`${step.dueOn}T04:00:00.000Z`, now, language)
  return (
    <>
      <p>
        <span className="soft">{step.atHome ? words.until(day) : words.on(day)}</span>
        <br />
        <strong>{pick(step.plain)}</strong>
      </p>
      {step.state === 'overdue' && <Chip tone="warning">{words.late}</Chip>}
      {step.atHome &&
        (isReported ? (
          <p>
            <Chip tone="good">{words.reported}</Chip>
          </p>
        ) : (
          <div>
            <Button
              busy={report.isPending}
              aria-label={`${words.report}: ${pick(step.plain)}`}
              onClick={() => report.mutate({ plan: plan.id, step: step.id }, { onSuccess: () => setSent(true) })}
            >
              {words.report}
            </Button>
          </div>
        ))}
      {mine.length > 0 && <p className="soft small">{words.times(mine.length)}</p>}
      {report.error !== null && <ErrorNote error={report.error} />}
    </>
  )
}
