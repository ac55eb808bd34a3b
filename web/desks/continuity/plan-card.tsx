import type { ReactNode } from 'react'
import type { ShownPlan, ShownPlanStep } from '../../../src/modules/continuity/contract.ts'
import { Chip, type ChipTone } from '../../ui/chip.tsx'
import type { IconName } from '../../ui/icon.tsx'
import { formatInstant } from '../../ui/time-format.ts'
import { usePick } from '../../words/language.tsx'
import './continuity.css'
import { useContinuityWords } from './words.ts'

const looks: Record<ShownPlanStep['state'], { tone: ChipTone; icon: IconName }> = {
  planned: { tone: 'quiet', icon: 'calendar' },
  done: { tone: 'good', icon: 'check' },
  'not-done': { tone: 'warning', icon: 'cross' },
  overdue: { tone: 'danger', icon: 'clock' },
}

/** A plan with what became of each step; `actOf` draws what the reader may do with a step. */
export const PlanSteps = ({ plan, actOf }: { plan: ShownPlan; actOf?: (step: ShownPlanStep) => ReactNode }) => {
  const { plan: words } = useContinuityWords()
  const pick = usePick()
  const recorded = plan.steps.filter(({ state }) => state === 'done' || state === 'not-done').length
  return (
    <div className="stack tight">
      <p className="soft">
        {words.lead(pick(plan.author.name), pick(plan.care.name))} · {words.versions(plan.version)} ·{' '}
        {words.progress(recorded, plan.steps.length)}
      </p>
      {plan.endedAt !== null && <Chip tone="quiet">{words.ended}</Chip>}
      <ul className="plan-steps" aria-label={words.title}>
        {plan.steps.map((step) => (
          <li key={step.id} className={`stack tight ${step.state}`} data-step={step.kind}>
            <div className="criterion-head">
              <span>
                <span className="figures">{step.dueOn}</span> <strong>{pick(step.words)}</strong>{' '}
                <span className="soft small">{words.kinds[step.kind]}</span>
              </span>
              <Chip {...looks[step.state]}>{words.states[step.state]}</Chip>
            </div>
            <Ticks step={step} />
            {actOf?.(step)}
          </li>
        ))}
      </ul>
      {plan.versions.length > 1 && (
        <details>
          <summary>{words.history}</summary>
          <ul>
            {plan.versions.map(({ version, at, by, reason }) => (
              <li key={version} className="soft small">
                {`${words.versions(version)} · ${formatInstant(at)} · ${pick(by)} · ${reason}`}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}

const Ticks = ({ step }: { step: ShownPlanStep }) => {
  const { plan: words } = useContinuityWords()
  const pick = usePick()
  const side = { 'primary-care': words.byCare, self: words.bySelf, house: words.told }
  if (step.ticks.length === 0) return null
  return (
    <ul>
      {step.ticks.map((tick) => (
        <li key={tick.id} className="soft small">
          {[
            side[tick.side],
            tick.state === 'overdue' ? null : words.states[tick.state as 'done' | 'not-done'],
            tick.value,
            tick.why,
            tick.side === 'primary-care' ? pick(tick.by) : null,
            formatInstant(tick.at),
          ]
            .filter(Boolean)
            .join(' · ')}
        </li>
      ))}
    </ul>
  )
}
