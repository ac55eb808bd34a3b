import type { ReactNode } from 'react'
import { usePick } from '../../../words/language.tsx'
import { useDipWords } from './words.ts'

export type Step = {
  readonly zh: string
  readonly en: string
  readonly rule: string
  readonly of: Readonly<Record<string, number>>
  readonly is: number
  readonly unit: string
}

const POINTS_A_PERCENT = 100
const YEAR = /^\d{4}$/
const WEIGHT = /^weight(\d{4})$/
/** Inputs that are counts; all others without a unit in their name are basis points. */
const COUNTS = ['base', 'cases']

const unitOf = (name: string): string =>
  name.endsWith('Fen') ? 'fen' : name.endsWith('E4') ? 'points' : COUNTS.includes(name) ? 'count' : 'bp'

/** The steps of a number, one under another: what was done, with which numbers, by which rule. */
export const Steps = ({ steps }: { steps: readonly Step[] }) => {
  const words = useDipWords()
  const pick = usePick()
  const amount = (value: number, unit: string): string => {
    if (unit === 'fen') return words.yuan(value)
    if (unit === 'points') return words.score(value)
    return unit === 'bp' ? `${value / POINTS_A_PERCENT}%` : value.toLocaleString()
  }
  const given = ([name, value]: readonly [string, number]): string => {
    const [, weighed] = WEIGHT.exec(name) ?? []
    if (weighed !== undefined) return `${words.inputWeight(weighed)} ${value}`
    if (YEAR.test(name)) return `${words.inputYear(name)} ${value.toLocaleString()}`
    return `${words.inputs[name] ?? name} ${amount(value, unitOf(name))}`
  }
  return (
    <ol className="dip-steps">
      {steps.map((step) => (
        <li key={`${step.rule} ${step.zh}`}>
          {pick(step)}: <strong className="figures">{amount(step.is, step.unit)}</strong>
          {Object.keys(step.of).length > 0 && <small className="figures">{Object.entries(step.of).map(given).join(' · ')}</small>}
          <small>{step.rule}</small>
        </li>
      ))}
    </ol>
  )
}

/** A number that opens the steps which led to it. */
export const Explained = ({ steps, open = false, children }: { steps: readonly Step[]; open?: boolean; children: ReactNode }) => (
  <details className="dip-explained" open={open}>
    <summary>{children}</summary>
    <Steps steps={steps} />
  </details>
)
