import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { usePick, useWordsOf } from '../words/language.tsx'
import { questionsMost } from './find-entry.ts'
import { findWords } from './find-words.ts'
import type { Triage } from './use-find.ts'

type Question = Triage['questions'][number]
type Props = { question: Question; at: number; busy: boolean; onAnswer: (option: string | null) => void }

/** One question whose answer would change the place or the haste. One tap answers it. */
export const AskStep = ({ question, at, busy, onAnswer }: Props) => {
  const words = useWordsOf(findWords)
  const pick = usePick()
  return (
    <Card title={pick(question)} aside={<span className="soft small">{words.ask(at, questionsMost)}</span>}>
      <div className="stack">
        <p className="field-hint">{words.askWhy}</p>
        <div className="find-options">
          {question.options.map((option) => (
            <Button key={option.key} wide busy={busy} onClick={() => onAnswer(option.key)}>
              {pick(option)}
            </Button>
          ))}
          <Button tone="quiet" wide busy={busy} onClick={() => onAnswer(null)}>
            {words.cannotSay}
          </Button>
        </div>
      </div>
    </Card>
  )
}
