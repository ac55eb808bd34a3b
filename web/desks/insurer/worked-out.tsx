import type { ReactNode } from 'react'
import { usePick, useWordsOf } from '../../words/language.tsx'
import './worked-out.css'

type Step = {
  readonly zh: string
  readonly en: string
  readonly rule: string
  readonly of: Readonly<Record<string, number>>
  readonly is: number
  readonly unit: string
}
export type WorkedStep = Step

const FEN_A_YUAN = 100
const POINTS_A_PERCENT = 100
/** Scores are kept in ten-thousandths of a point. */
const PARTS_OF_A_POINT = 10_000

const words = {
  zh: {
    how: '怎么算的',
    yuan: (fen: number) =>
      `${(fen / FEN_A_YUAN).toLocaleString('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 })} 元`,
    count: (value: number) => value.toLocaleString('zh-CN', { maximumFractionDigits: 2 }),
  },
  en: {
    how: 'How it was worked out',
    yuan: (fen: number) => `¥${(fen / FEN_A_YUAN).toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`,
    count: (value: number) => value.toLocaleString('en', { maximumFractionDigits: 2 }),
  },
}

/** How amounts of the fund are written in the reader's language, by their units. */
export const useAmounts = () => {
  const { yuan, count, how } = useWordsOf(words)
  const percent = (points: number): string => `${(points / POINTS_A_PERCENT).toFixed(2)}%`
  const amount = (value: number, unit: string): string =>
    unit === 'fen' ? yuan(value) : unit === 'bp' ? percent(value) : count(unit === 'points' ? value / PARTS_OF_A_POINT : value)
  return { yuan, count, percent, amount, how }
}

/** Names of a step's numbers in the reader's language. Amounts end in `Fen`, scores in `E4`; those that are shares are named in `shares`. */
export type StepNames = Readonly<Record<string, string>> | ((name: string) => string)

/** A number that opens the steps which led to it, each with its own numbers by name and the rule that it follows. */
export const WorkedOut = ({
  steps,
  names,
  shares = [],
  open = false,
  children,
}: {
  steps: readonly Step[]
  names: StepNames
  shares?: readonly string[]
  open?: boolean
  children: ReactNode
}) => {
  const pick = usePick()
  const { amount, how } = useAmounts()
  const called = typeof names === 'function' ? names : (name: string) => names[name] ?? name
  const unitOf = (name: string): string => {
    if (name.endsWith('Fen')) return 'fen'
    if (name.endsWith('E4')) return 'points'
    return shares.includes(name) ? 'bp' : 'count'
  }
  const given = ([name, value]: readonly [string, number]) => `${called(name)} ${amount(value, unitOf(name))}`
  return (
    <details className="worked-out" open={open}>
      <summary title={how}>{children}</summary>
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
