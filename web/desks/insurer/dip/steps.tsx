import type { ReactNode } from 'react'
import { WorkedOut, type WorkedStep } from '../worked-out.tsx'
import { useDipWords } from './words.ts'

const YEAR = /^\d{4}$/
const WEIGHT = /^weight(\d{4})$/
const SHARES = [
  'hospital',
  'lowBelow',
  'highAbove',
  'comorbidity',
  'severity',
  'tumour',
  'age',
  'intensiveCare',
  'lowest',
  'highest',
  'keepFrom',
  'overrunShare',
  'shareUntil',
  'assessment',
  'fundShare',
  'uplift',
  'bound',
  'mark',
]

/** A number of payment by disease that opens the steps which led to it. */
export const Explained = ({
  steps,
  open = false,
  children,
}: {
  steps: readonly WorkedStep[]
  open?: boolean
  children: ReactNode
}) => {
  const words = useDipWords()
  const called = (name: string): string => {
    const [, weighed] = WEIGHT.exec(name) ?? []
    if (weighed !== undefined) return words.inputWeight(weighed)
    return YEAR.test(name) ? words.inputYear(name) : (words.inputs[name] ?? name)
  }
  return (
    <WorkedOut steps={steps} names={called} shares={SHARES} open={open}>
      {children}
    </WorkedOut>
  )
}
