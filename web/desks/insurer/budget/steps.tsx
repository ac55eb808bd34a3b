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
  const given = ([name, value]: readonly [string, number]) => {
    const unit = name.endsWith('Fen') ? 'fen' : words.rates.includes(name) ? 'bp' : 'count'
    return `${words.inputs[name] ?? name} ${amount(value, unit)}`
  }
  return (
    <details className="budget-steps">
      <summary title={words.steps}>{children}</summary>
      <ol>
        {steps.map((step) => (
          <li key={`${step.rule} ${step.zh}`}>
            {pick(step)}: <strong className="figures">{amount(step.is, step.unit)}</strong>
            <small className="figures">{Object.entries(step.of).map(given).join(' · ')}</small>
            <small>{step.rule}</small>
          </li>
        ))}
      </ol>
    </details>
  )
}
