import type { ReactNode } from 'react'
import { showable } from '../api/api-error.ts'
import { usePick, useWords } from '../words/language.tsx'
import { Button } from './button.tsx'
import './error-note.css'
import { Icon } from './icon.tsx'

/** What went wrong, why, by which clause, and what next; with the request number to tell the administrator. */
export const ErrorNote = ({ error, onRetry, action }: { error: unknown; onRetry?: () => void; action?: ReactNode }) => {
  const words = useWords()
  const pick = usePick()
  const { body } = showable(error)
  // The first reason leads the answer; it is not said twice.
  const others = body.reasons.filter(({ zh }) => zh !== body.zh)
  return (
    <div className="error-note" role="alert">
      <Icon name="warning" />
      <div className="stack tight">
        <p className="error-what">{pick(body)}</p>
        {others.length > 0 && (
          <div>
            <p className="small">{words.ui.why}</p>
            <ul className="error-reasons">
              {others.map((reason) => (
                <li key={reason.zh}>
                  {pick(reason)}
                  {reason.basis !== null && <span className="small"> · {reason.basis}</span>}
                </li>
              ))}
            </ul>
          </div>
        )}
        {body.basis !== null && (
          <p className="small">
            {words.ui.basis} {body.basis}
          </p>
        )}
        {body.request !== null && (
          <p className="small">
            {words.ui.request} <code>{body.request}</code>
          </p>
        )}
        {(onRetry !== undefined || action !== undefined) && (
          <div className="along">
            {onRetry !== undefined && (
              <Button small onClick={onRetry}>
                {words.ui.retry}
              </Button>
            )}
            {action}
          </div>
        )}
      </div>
    </div>
  )
}
