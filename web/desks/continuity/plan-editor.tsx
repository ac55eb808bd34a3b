import { STEP_KINDS, type StepKind } from '../../../src/modules/continuity/continuity.ts'
import { newKey } from '../../api/client.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/choice.tsx'
import { Select, TextField } from '../../ui/field.tsx'
import { usePick } from '../../words/language.tsx'
import './continuity.css'
import { emptyStep, retold, type StepDraft } from './plan-draft.ts'
import { useContinuityWords } from './words.ts'

/** The steps of a plan as rows that can be changed, added and taken out. */
export const PlanEditor = ({
  id,
  error,
  steps,
  today,
  onChange,
}: {
  id: string
  error: string | undefined
  steps: readonly StepDraft[]
  today: string
  onChange: (steps: StepDraft[]) => void
}) => {
  const { plan: words } = useContinuityWords()
  const change = (key: string, part: Partial<StepDraft>) =>
    onChange(steps.map((step) => (step.key === key ? { ...step, ...part } : step)))
  return (
    <fieldset id={id} tabIndex={-1} className={error === undefined ? 'choice-group stack' : 'choice-group wrong stack'}>
      <legend>{words.title}</legend>
      {error !== undefined && <p className="field-error">{error}</p>}
      {steps.map((step) => (
        <StepRow
          key={step.key}
          step={step}
          today={today}
          onChange={(part) => change(step.key, part)}
          onRemove={() => onChange(steps.filter(({ key }) => key !== step.key))}
        />
      ))}
      <div>
        <Button small icon="plus" onClick={() => onChange([...steps, emptyStep(newKey(), today)])}>
          {words.addStep}
        </Button>
      </div>
    </fieldset>
  )
}

const StepRow = ({
  step,
  today,
  onChange,
  onRemove,
}: {
  step: StepDraft
  today: string
  onChange: (part: Partial<StepDraft>) => void
  onRemove: () => void
}) => {
  const { plan: words } = useContinuityWords()
  const pick = usePick()
  const kinds = STEP_KINDS.map((value: StepKind) => ({ value, label: words.kinds[value] }))
  return (
    <div className="step-edit stack tight">
      <div className="step-edit-row with-words">
        <TextField
          label={words.what}
          maxLength={200}
          value={pick(step.words)}
          onChange={(text) => onChange({ words: retold(step.words, text) })}
        />
        <TextField
          label={words.day}
          type="date"
          {...(step.id === null ? { min: today } : {})}
          value={step.dueOn}
          onChange={(dueOn) => onChange({ dueOn })}
        />
        <Select label={words.kind} choices={kinds} value={step.kind} onChange={(kind) => onChange({ kind })} />
      </div>
      <div className="step-edit-row with-words last">
        <TextField
          label={words.plain}
          maxLength={200}
          value={pick(step.plain)}
          onChange={(text) => onChange({ plain: retold(step.plain, text) })}
        />
        <Checkbox label={words.atHome} checked={step.atHome} onChange={(atHome) => onChange({ atHome })} />
        <IconButton icon="cross" label={words.remove(pick(step.words))} onClick={onRemove} />
      </div>
    </div>
  )
}
