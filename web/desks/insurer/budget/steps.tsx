import type { ReactNode } from 'react'
import { usePick } from '../../../words/language.tsx'
import { useBudgetWords } from './words.ts'

type Step = {
  readonly zh: string
  readonly en: string
  readonly rule: string
  readonly of: Readonly<Record<string, number>>
  readonly is: number
  readonly unit: string
}

/** A number that opens the steps which led to it. */
export const Explained = ({ steps, children }: { steps: readonly Step[]; children: ReactNode }) => {
  const words = useBudgetWords()
  const pick = usePick()
  const amount = (value: number, unit: string) =>
    unit === 'fen' ? words.yuan(value) : unit === 'bp' ? `${value / 100} %` : String(value)
  return (
    <details className="budget-steps">
      <summary title={words.steps}>{children}</summary>
      <ol>
        {steps.map((step) => (
          <li key={`${step.rule} ${step.zh}`}>
            {pick(step)}: <strong className="figures">{amount(step.is, step.unit)}</strong>
            <small className="figures">
              {step.rule}
              {Object.entries(step.of).map(([name, value]) => ` · ${name} ${name.endsWith('Fen') ? words.yuan(value) : value}`)}
            </small>
          </li>
        ))}
      </ol>
    </details>
  )
}
