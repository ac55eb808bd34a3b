import { useEffect, useRef } from 'react'
import { useWords } from '../words/language.tsx'
import './error-note.css'

/** One field to put right: the id of its control and the sentence beside it. */
export type FieldFault = { fieldId: string; text: string }

/**
 * The faults of a form in one place. It takes the focus after each try (`attempt` counts them), and each line
 * leads to its field, so that nobody has to hunt for what is wrong.
 */
export const ErrorSummary = ({ faults, attempt }: { faults: readonly FieldFault[]; attempt: number }) => {
  const words = useWords()
  const box = useRef<HTMLDivElement>(null)
  const any = faults.length > 0
  useEffect(() => {
    if (any && attempt > 0) box.current?.focus()
  }, [any, attempt])
  if (!any) return null
  return (
    <div ref={box} className="error-summary" role="alert" tabIndex={-1}>
      <h2>{words.ui.fixThese(faults.length)}</h2>
      <ul>
        {faults.map(({ fieldId, text }) => (
          <li key={fieldId}>
            <a
              href={`#${fieldId}`}
              onClick={(event) => {
                event.preventDefault()
                document.getElementById(fieldId)?.focus()
              }}
            >
              {text}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}
