import type { ReactNode } from 'react'
import { WorkedOut, type WorkedStep } from '../worked-out.tsx'
import { useBudgetWords } from './words.ts'

/** A number of the budget that opens the steps which led to it. */
export const Explained = ({ steps, children }: { steps: readonly WorkedStep[]; children: ReactNode }) => {
  const words = useBudgetWords()
  return (
    <WorkedOut steps={steps} names={words.inputs} shares={words.rates}>
      {children}
    </WorkedOut>
  )
}
