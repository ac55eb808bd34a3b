import type { Queries } from '../../api/api-types.ts'
import { Button } from '../../ui/button.tsx'
import { TextArea } from '../../ui/field.tsx'
import { formatDay } from '../../ui/time-format.ts'
import { useServerNow } from '../../ui/use-server-now.ts'
import { usePick } from '../../words/language.tsx'
import type { Fault } from '../referral-desk/act-panel.tsx'
import { draftOfTemplate, faultsOfSteps, sentSteps, type StepDraft } from './plan-draft.ts'
import { PlanEditor } from './plan-editor.tsx'
import { ReadinessCard } from './readiness-card.tsx'
import { useContinuityWords } from './words.ts'

type Candidate = Queries['continuity.candidate']['answer']
type Question = Candidate['questions'][number]

/** What a hand over holds besides its letter: why it does not wait for an answer, and the plan; null is no plan. */
export type HomeDraft = { withoutAnswer: string; steps: readonly StepDraft[] | null }

/** A hand over begins with the plan of the disease. */
export const homeDraftOf = (candidate: Candidate | null): HomeDraft => ({
  withoutAnswer: '',
  steps: candidate === null || candidate.template.length === 0 ? null : draftOfTemplate(candidate.template),
})

/** The newest answer of the place that takes the person, or of the clinic below it; a good one before an open one. */
export const questionFor = (candidate: Candidate | null, receiver: string | null): Question | null => {
  const asked =
    candidate?.questions.filter((one) => one.receiver.id === receiver || one.receiver.id === candidate.clinic?.id) ?? []
  return asked.find(({ state, isReady }) => state === 'answered' && isReady) ?? asked[0] ?? null
}

const isGood = (question: Question | null): boolean => question !== null && question.state === 'answered' && question.isReady

/** What is still missing of the way home. */
export const useHomeFaults = () => {
  const words = useContinuityWords()
  const today = formatDay(new Date(useServerNow()).toISOString())
  return (draft: HomeDraft, question: Question | null): Fault[] => {
    const { lacksWords, lacksDay } = faultsOfSteps(draft.steps ?? [], today)
    return [
      ...(isGood(question) || draft.withoutAnswer.trim() !== ''
        ? []
        : [{ field: 'withoutAnswer', text: words.readiness.withoutMissing }]),
      ...(lacksWords || lacksDay ? [{ field: 'steps', text: lacksWords ? words.plan.whatMissing : words.plan.dayMissing }] : []),
    ]
  }
}

/** The way home as it is sent with a hand back or a referral down. */
export const sentHome = (draft: HomeDraft, question: Question | null) => ({
  ...(question === null ? {} : { readiness: question.id }),
  ...(isGood(question) || draft.withoutAnswer.trim() === '' ? {} : { withoutAnswer: draft.withoutAnswer.trim() }),
  ...(draft.steps === null || draft.steps.length === 0 ? {} : { steps: sentSteps(draft.steps) }),
})

/** The fields of the way home in the form of a hand over: the answer or the reason, and the plan. */
export const HomeFields = ({
  candidate,
  question,
  draft,
  change,
  idOf,
  faultOf,
}: {
  candidate: Candidate | null
  question: Question | null
  draft: HomeDraft
  change: (part: Partial<HomeDraft>) => void
  idOf: (field: string) => string
  faultOf: (field: string) => string | undefined
}) => {
  const words = useContinuityWords()
  const pick = usePick()
  const today = formatDay(new Date(useServerNow()).toISOString())
  const along = question?.items.filter(({ supply }) => supply?.by === 'hospital').map((item) => pick(item.words)) ?? []
  return (
    <>
      {question !== null && <ReadinessCard question={question} />}
      {along.length > 0 && <p className="open-now">{words.readiness.sendAlong(along.join('、'))}</p>}
      {!isGood(question) && (
        <TextArea
          id={idOf('withoutAnswer')}
          label={words.readiness.without}
          hint={words.readiness.withoutHint}
          error={faultOf('withoutAnswer')}
          required
          rows={2}
          maxLength={500}
          value={draft.withoutAnswer}
          onChange={(withoutAnswer) => change({ withoutAnswer })}
        />
      )}
      {draft.steps === null ? (
        candidate !== null && (
          <div>
            <Button small icon="plus" onClick={() => change({ steps: draftOfTemplate(candidate.template) })}>
              {words.plan.add}
            </Button>
          </div>
        )
      ) : (
        <>
          <PlanEditor
            id={idOf('steps')}
            error={faultOf('steps')}
            steps={draft.steps}
            today={today}
            onChange={(steps) => change({ steps })}
          />
          <div>
            <Button small tone="quiet" onClick={() => change({ steps: null })}>
              {words.plan.drop}
            </Button>
          </div>
        </>
      )}
    </>
  )
}
