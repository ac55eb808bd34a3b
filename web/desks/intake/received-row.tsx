import { useState } from 'react'
import type { Queries } from '../../api/api-types.ts'
import { useCommand } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { When } from '../../ui/countdown.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { useToast } from '../../ui/toast.tsx'
import { usePick } from '../../words/language.tsx'
import { RawDialog, SolveDialog } from './reason-dialogs.tsx'
import { useIntakeWords } from './words.ts'

/** A received message as the list gives it. */
export type Received = Queries['intake.list']['answer']['messages'][number]

const toneOf = { kept: 'quiet', taken: 'good', stuck: 'warning', solved: 'quiet' } as const
const LINES_SHOWN = 10
/** A kept message is taken by the house a moment later. */
const LOOK_AGAIN_MS = 1_500

/** One message: from whom, what became of it and why, and what may be done. */
export const ReceivedRow = ({ one, onChanged }: { one: Received; onChanged: () => void }) => {
  const words = useIntakeWords()
  const pick = usePick()
  const state = one.state as keyof typeof toneOf
  return (
    <li className="list-row intake-row" data-received={one.id}>
      <div className="stack tight">
        <div className="along apart">
          <span className="along">
            <strong>{one.institution === null ? words.unknownSender : pick(one.institution)}</strong>
            <Chip tone={toneOf[state]}>{words.states[state]}</Chip>
            <span>{typeWords(one, words)}</span>
          </span>
          <span className="soft small">
            <When at={one.receivedAt} />
          </span>
        </div>
        {one.why !== null && <p>{pick(one.why)}</p>}
        <p className="soft small">{marksOf(one, words).join(' · ')}</p>
        {one.report !== null && <Lines report={one.report} />}
        {one.solvedBecause !== null && <p className="small">{words.because(one.solvedBecause)}</p>}
      </div>
      <Acts one={one} onChanged={onChanged} />
    </li>
  )
}

/** What kind of message it is, in words, and with the code that its sender gave it. */
const typeWords = ({ kind, messageType }: Received, words: ReturnType<typeof useIntakeWords>): string => {
  const name = words.events[messageType] ?? words.kinds[kind as keyof typeof words.kinds]
  return kind === 'front-page' || messageType === '' ? name : words.typed(name, messageType)
}

const marksOf = (one: Received, words: ReturnType<typeof useIntakeWords>): string[] => [
  words.channels[one.channel as keyof typeof words.channels],
  ...(one.facility === '' ? [] : [words.facility(one.facility)]),
  ...(one.controlId === '' ? [] : [words.control(one.controlId)]),
  ...(one.place === null || one.place === '' ? [] : [words.place(one.place)]),
  ...(one.resources === 0 ? [] : [words.resources(one.resources)]),
  ...(one.tries === 0 ? [] : [words.tries(one.tries)]),
  words.bytes(one.bytes),
]

const Lines = ({ report }: { report: NonNullable<Received['report']> }) => {
  const words = useIntakeWords()
  const pick = usePick()
  return (
    <div className="small">
      <p className="soft">{words.lines(report.lines, report.taken)}</p>
      <ul className="intake-lines">
        {report.refused.slice(0, LINES_SHOWN).map((fault, at) => (
          <li key={`${fault.line}-${fault.column}-${at}`}>
            <span className="figures">{words.line(fault.line, fault.column)}</span> {pick(fault)}
          </li>
        ))}
      </ul>
      {report.refused.length > LINES_SHOWN && <p className="soft">{words.moreLines(report.refused.length - LINES_SHOWN)}</p>}
    </div>
  )
}

const Acts = ({ one, onChanged }: { one: Received; onChanged: () => void }) => {
  const words = useIntakeWords()
  const toast = useToast()
  const retry = useCommand('intake.retry')
  const [opened, setOpened] = useState<'raw' | 'solve' | null>(null)
  const again = () =>
    void retry.mutateAsync({ org: one.org, id: one.id }).then(
      () => {
        toast({ text: words.retried })
        setTimeout(onChanged, LOOK_AGAIN_MS)
      },
      () => undefined,
    )
  return (
    <div className="stack tight">
      <div className="along">
        {one.state === 'stuck' && (
          <Button small tone="primary" busy={retry.isPending} onClick={again}>
            {words.retry}
          </Button>
        )}
        <Button small onClick={() => setOpened('raw')}>
          {words.raw}
        </Button>
        {one.state === 'stuck' && (
          <Button small onClick={() => setOpened('solve')}>
            {words.solve}
          </Button>
        )}
      </div>
      {retry.error !== null && <ErrorNote error={retry.error} />}
      {opened === 'raw' && <RawDialog one={one} onClose={() => setOpened(null)} />}
      {opened === 'solve' && <SolveDialog one={one} onClose={() => setOpened(null)} onDone={onChanged} />}
    </div>
  )
}
