import { useEffect, useRef } from 'react'
import { useSearchParams } from 'wouter'
import { useApi } from '../api/use-api.ts'
import { useSession } from '../shell/session.tsx'
import { Button } from '../ui/button.tsx'
import { ErrorNote } from '../ui/error-note.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { serverNow } from '../api/server-clock.ts'
import { useWords, useWordsOf } from '../words/language.tsx'
import { AnswerStep } from './answer-step.tsx'
import { AskStep } from './ask-step.tsx'
import { DangerAdvice } from './danger-advice.tsx'
import { nextQuestion, triageBody, type FindEntry, type KnownPerson } from './find-entry.ts'
import { findWords } from './find-words.ts'
import './find.css'
import { TellStep } from './tell-step.tsx'
import { useFindEntry, useTriage } from './use-find.ts'

const yearMs = 31_556_952_000

/** Who is signed in, as far as triage needs it: age in whole years and sex. Nobody, while no resident is signed in. */
const useMe = (): { me: KnownPerson | null; isPending: boolean } => {
  const { actor } = useSession()
  const resident = actor?.resident ?? null
  const { data, error } = useApi('residents.get', { person: resident ?? '' }, { enabled: resident !== null })
  if (data === undefined) return { me: null, isPending: resident !== null && error === null }
  const { bornOn, sex } = data
  const age = bornOn === null ? null : Math.floor((serverNow() - Date.parse(bornOn)) / yearMs)
  return { me: { age, sex: sex === 'male' || sex === 'female' ? sex : null }, isPending: false }
}

/** Finding the right place from one's own words. The steps stand in the address, so that the way back works. */
export const FindSteps = () => {
  const { me, isPending } = useMe()
  const { actor } = useSession()
  const [entry, change] = useFindEntry()
  const [search, setSearch] = useSearchParams()
  const step = search.get('step')
  const content = useRef<HTMLDivElement>(null)
  const shownStep = useRef(step)
  useEffect(() => {
    if (shownStep.current === step) return
    shownStep.current = step
    // A new question is a new page for those who listen or use keys.
    content.current?.focus({ preventScroll: true })
    window.scrollTo(0, 0)
  }, [step])
  return (
    <div ref={content} tabIndex={-1} className="stack wide find">
      {isPending ? (
        <Skeleton lines={5} />
      ) : step === null ? (
        <TellStep entry={entry} me={me} onChange={change} onDone={() => setSearch({ step: 'places' })} />
      ) : (
        <Answered entry={entry} me={me} resident={actor?.role === 'resident' ? actor.resident : null} onChange={change} />
      )}
    </div>
  )
}

type AnsweredProps = {
  entry: FindEntry
  me: KnownPerson | null
  /** Who is signed in. */
  resident: string | null
  onChange: (some: Partial<FindEntry>) => void
}

const Answered = ({ entry, me, resident, onChange }: AnsweredProps) => {
  const isSignedIn = resident !== null
  const words = useWordsOf(findWords)
  const [, setSearch] = useSearchParams()
  const body = triageBody(entry, me)
  const { data: triage, error, isFetching, refetch } = useTriage(body, isSignedIn)
  const back = () => setSearch({})
  useEffect(() => {
    if (body === null) setSearch({}, { replace: true })
  }, [body, setSearch])
  if (error !== null && triage === undefined) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (triage === undefined) return <Skeleton lines={6} />
  const isEmergency = triage.urgency === 'emergency'
  // Whoever is in danger is not asked, but told.
  const question = isEmergency ? null : nextQuestion(triage.questions, entry)
  return (
    <>
      {triage.dangerSigns.length > 0 && <DangerAdvice signs={triage.dangerSigns} />}
      {question === null ? (
        <AnswerStep
          triage={triage}
          chosen={entry.department}

          isSignedIn={isSignedIn}
          payer={entry.who === 'me' ? resident : null}
          onChoose={(department) => onChange({ department })}
        />
      ) : (
        <AskStep
          key={question.key}
          question={question}
          at={entry.answers.length + 1}
          busy={isFetching}
          onAnswer={(option) => onChange({ answers: [...entry.answers, [question.key, option]] })}
        />
      )}
      <Button tone="quiet" icon="back" onClick={back}>
        {words.again}
      </Button>
    </>
  )
}

/** The page for everybody: no account, nothing kept; booking leads to signing in. */
export const OpenFindPage = () => {
  const words = useWordsOf(findWords)
  const shared = useWords()
  return (
    <main id="content" tabIndex={-1} className="page">
      <title>{`${words.title} · ${shared.name}`}</title>
      <div className="stack wide find-open">
        <div>
          <h1>{words.title}</h1>
          <p className="soft">{words.lead}</p>
        </div>
        <FindSteps />
      </div>
    </main>
  )
}
