import type { ReactNode } from 'react'
import { useWords } from '../words/language.tsx'
import { Icon } from './icon.tsx'
import { When } from './countdown.tsx'
import './timeline.css'

export type TimelineStep = {
  id: string
  state: 'done' | 'now' | 'next'
  title: ReactNode
  /** ISO instant when it happened or shall happen. */
  at?: string | undefined
  detail?: ReactNode
}

/** What happened and what comes, in order: the baton stands at the step that is now. */
export const Timeline = ({ label, steps }: { label: string; steps: readonly TimelineStep[] }) => {
  const words = useWords()
  const stateWords = { done: words.ui.stepDone, now: words.ui.stepNow, next: words.ui.stepNext }
  return (
    <ol className="timeline" aria-label={label}>
      {steps.map(({ id, state, title, at, detail }) => (
        <li key={id} className={state} aria-current={state === 'now' ? 'step' : undefined}>
          <span className="timeline-mark">{state !== 'next' && <Icon name={state === 'done' ? 'check' : 'baton'} />}</span>
          <div>
            <p className="timeline-title">
              {title} <span className="timeline-state">{stateWords[state]}</span>
            </p>
            {at !== undefined && (
              <p className="soft small">
                <When at={at} exact />
              </p>
            )}
            {detail !== undefined && <div className="small">{detail}</div>}
          </div>
        </li>
      ))}
    </ol>
  )
}
