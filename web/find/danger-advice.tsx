import type { ReactNode } from 'react'
import { Icon } from '../ui/icon.tsx'
import { usePick, useWordsOf } from '../words/language.tsx'
import { findWords } from './find-words.ts'
import type { Triage } from './use-find.ts'

/** What cannot wait, before everything else and over the whole width: what to do now, 120, and where it can be treated. */
export const DangerAdvice = ({ signs, children }: { signs: Triage['dangerSigns']; children?: ReactNode }) => {
  const words = useWordsOf(findWords)
  const pick = usePick()
  const isEmergency = signs.some(({ urgency }) => urgency === 'emergency')
  return (
    <section className="danger-advice" role="alert" aria-labelledby="danger-title">
      <h2 id="danger-title" className="along">
        <Icon name="warning" />
        <span>{words.danger}</span>
      </h2>
      <ul className="stack tight">
        {signs.map((sign) => (
          <li key={sign.key}>
            <strong>{pick(sign)}</strong>
            <p>{pick(sign.now)}</p>
          </li>
        ))}
      </ul>
      {isEmergency && (
        <>
          <a className="button danger wide-button" href="tel:120">
            <Icon name="phone" />
            <span>{words.call120}</span>
          </a>
          <p>{words.notByYourself}</p>
        </>
      )}
      {children}
    </section>
  )
}
