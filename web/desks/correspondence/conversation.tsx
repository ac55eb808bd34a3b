import { useEffect, useEffectEvent, useRef } from 'react'
import { useCommand } from '../../api/use-api.ts'
import type { Queries } from '../../api/api-types.ts'
import { useActor } from '../../shell/session.tsx'
import { formatDay, formatInstant } from '../../ui/time-format.ts'
import { useLanguage, usePick, useWordsOf } from '../../words/language.tsx'
import type { CaseInSight } from '../case-panels.tsx'
import { returnReason } from '../return-reasons.ts'
import { MessageItem } from './message-item.tsx'
import { threadWords } from './words.ts'

export type Thread = Queries['correspondence.thread']['answer']
export type ShownMessage = Thread['messages'][number]
type Step = CaseInSight['trace'][number]
type Line = { key: string; at: string } & ({ message: ShownMessage } | { step: Step })

const toldSteps: readonly string[] = ['referral.more-asked', 'referral.supplemented']

/** A question that is still open stands above the form that answers it, and not twice. */
const isOpenQuestion = (step: Step, { trace, state }: CaseInSight): boolean =>
  state === 'asked' && step === trace.findLast(({ type }) => type === 'referral.more-asked')

/** Messages and the questions for more, in the order in which they happened. */
const linesOf = (messages: readonly ShownMessage[], referral: CaseInSight, isSupplementing: boolean): Line[] =>
  [
    ...messages.map((message) => ({ key: message.id, at: message.at, message })),
    ...referral.trace
      .filter((step) => toldSteps.includes(step.type) && !(isSupplementing && isOpenQuestion(step, referral)))
      // What came with a message is said by the message.
      .map((step) => (messages.some(({ text }) => text !== null && text === step.reason) ? { ...step, reason: null } : step))
      .map((step) => ({ key: `step-${step.seq}`, at: step.at, step })),
  ].toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at))

/** The thread of a case as a conversation: one's own institution at the end of the line, the others at its beginning. */
export const Conversation = ({ referral, thread }: { referral: CaseInSight; thread: Thread }) => {
  const words = useWordsOf(threadWords)
  const { institution } = useActor()
  const end = useReadMark(referral.id, thread.messages)
  const lines = linesOf(thread.messages, referral, referral.sender.id === institution?.id)
  if (lines.length === 0)
    return (
      <p className="soft">
        <strong>{words.empty}</strong> {words.emptyWhy}
      </p>
    )
  return (
    <>
      <ol className="thread" aria-label={words.list} aria-live="polite">
        {lines.map((line, at) => (
          <Day key={line.key} at={line.at} before={lines[at - 1]?.at ?? null}>
            {'message' in line ? (
              <MessageItem
                referral={referral.id}
                message={line.message}
                isOwn={line.message.author.institution.id === institution?.id}
                isErased={thread.isErased}
              />
            ) : (
              <StepLine step={line.step} />
            )}
          </Day>
        ))}
      </ol>
      <div ref={end} className="thread-end" />
    </>
  )
}

/** One line, under the day when another day begins. */
const Day = ({ at, before, children }: { at: string; before: string | null; children: React.ReactNode }) => (
  <li>
    {(before === null || formatDay(before) !== formatDay(at)) && <p className="thread-day figures">{formatDay(at)}</p>}
    {children}
  </li>
)

const StepLine = ({ step }: { step: Step }) => {
  const words = useWordsOf(threadWords)
  const language = useLanguage()
  const pick = usePick()
  const what = returnReason(step.why, language)
  return (
    <p className="thread-step">
      <strong>
        {step.type === 'referral.more-asked'
          ? words.asked(pick(step.institution ?? { zh: '' }))
          : words.supplemented(pick(step.institution ?? { zh: '' }))}
      </strong>
      {what !== null && <span>{what}</span>}
      {step.reason !== null && <span>{step.reason}</span>}
      <time className="figures soft" dateTime={step.at}>
        {formatInstant(step.at).slice(11)}
      </time>
    </p>
  )
}

/** Tells the others that this account has read up to the newest message, once it has stood on the screen. */
const useReadMark = (referral: string, messages: readonly ShownMessage[]) => {
  const { mutate } = useCommand('correspondence.read-until')
  const end = useRef<HTMLDivElement>(null)
  const told = useRef<string | null>(null)
  const newest = messages.findLast(({ isNew }) => isNew)?.id ?? null
  const seen = useEffectEvent(() => {
    if (newest === null || told.current === newest || document.visibilityState !== 'visible') return
    told.current = newest
    mutate({ referral, message: newest }, { onError: () => (told.current = null) })
  })
  useEffect(() => {
    const { current } = end
    if (newest === null || current === null) return
    const watcher = new IntersectionObserver((entries) => entries.some(({ isIntersecting }) => isIntersecting) && seen())
    watcher.observe(current)
    return () => watcher.disconnect()
  }, [newest])
  return end
}
