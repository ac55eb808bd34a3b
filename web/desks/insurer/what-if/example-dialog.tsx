import type { ComparedBill, SettledStep } from '../../../../src/modules/settlement/what-if.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { usePick } from '../../../words/language.tsx'
import { useWhatIfWords } from './words.ts'

/** A bill by both sets of rules, step beside step. */
export const ExampleDialog = ({ bill, onClose }: { bill: ComparedBill | null; onClose: () => void }) => {
  const words = useWhatIfWords()
  return (
    <Dialog
      title={words.example}
      open={bill !== null}
      onClose={onClose}
      actions={<Button onClick={onClose}>{words.closeExample}</Button>}
    >
      {bill !== null && (
        <div className="stack">
          <p className="soft">
            {words.exampleIs(
              words.insured[bill.insured],
              words.care[bill.claim.care],
              words.levels[bill.claim.level],
              bill.claim.day,
            )}
            {' · '}
            {words.total} {words.yuan(bill.before.totalFen)}
          </p>
          <div className="what-if-sides">
            <Steps title={words.steps(words.before, words.yuan(bill.before.personalFen))} steps={bill.before.steps} />
            <Steps title={words.steps(words.after, words.yuan(bill.after.personalFen))} steps={bill.after.steps} />
          </div>
        </div>
      )}
    </Dialog>
  )
}

const Steps = ({ title, steps }: { title: string; steps: readonly SettledStep[] }) => {
  const words = useWhatIfWords()
  const pick = usePick()
  return (
    <section className="stack tight">
      <h3>{title}</h3>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long list in a window that scrolls must be reachable by keyboard */}
      <ol className="what-if-steps" aria-label={title} tabIndex={0}>
        {steps.map((step, at) => (
          <li key={`${step.step}-${at}`}>
            <span>
              {pick(step)}
              {step.basis !== null && <small className="soft">{step.basis}</small>}
            </span>
            <span className="figures">{words.yuan(step.amountFen)}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
