import { useId, type ReactNode } from 'react'
import { useWords } from '../words/language.tsx'
import { FieldNotes, type Choice, type FieldProps } from './field.tsx'
import './field.css'

/** One of a few, each laid out with its note, so that nothing hides in a drop-down. */
export const RadioCards = <V extends string>({
  label,
  hint,
  error,
  required = false,
  id: given,
  choices,
  value,
  onChange,
}: FieldProps & { choices: Choice<V>[]; value: V | ''; onChange: (value: V) => void }) => {
  const made = useId()
  const id = given ?? made
  const words = useWords()
  const notes = `${hint === undefined ? '' : `${id}-hint`} ${error === undefined ? '' : `${id}-error`}`.trim()
  return (
    <fieldset
      id={id}
      tabIndex={-1}
      className={error === undefined ? 'choice-group' : 'choice-group wrong'}
      aria-describedby={notes === '' ? undefined : notes}
    >
      <legend>
        {label}
        {required && <span className="field-required">{words.ui.required}</span>}
      </legend>
      <FieldNotes id={id} hint={hint} error={error} />
      <div className="choice-cards">
        {choices.map((choice) => (
          <label key={choice.value} className="choice-card">
            <input
              type="radio"
              name={id}
              value={choice.value}
              checked={choice.value === value}
              disabled={choice.disabled}
              onChange={() => onChange(choice.value)}
            />
            <span>
              <span className="choice-label">{choice.label}</span>
              {choice.note !== undefined && <span className="choice-note">{choice.note}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** A yes or no that takes effect with the form. */
export const Checkbox = ({
  label,
  note,
  checked,
  onChange,
  disabled = false,
}: {
  label: ReactNode
  note?: string
  checked: boolean
  onChange: (checked: boolean) => void
  disabled?: boolean
}) => (
  <label className="checkbox">
    <input type="checkbox" checked={checked} disabled={disabled} onChange={(event) => onChange(event.target.checked)} />
    <span>
      {label}
      {note !== undefined && <span className="choice-note">{note}</span>}
    </span>
  </label>
)
