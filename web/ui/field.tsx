import { useId, type ComponentProps, type ReactNode } from 'react'
import { useWords } from '../words/language.tsx'
import './field.css'
import { Icon } from './icon.tsx'

/** What every field says about itself. An `error` names what is wrong and how to put it right. */
export type FieldProps = {
  label: string
  hint?: ReactNode
  error?: string | undefined
  required?: boolean
  /** The element's id, so that an error summary can lead here. */
  id?: string
}

/** The attributes that tie a native control to its label, hint and error. */
export type FieldWiring = {
  id: string
  required: boolean
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

const describedBy = (id: string, hint: ReactNode, error: string | undefined): string | undefined => {
  const parts = [hint === undefined ? null : `${id}-hint`, error === undefined ? null : `${id}-error`].filter(Boolean)
  return parts.length === 0 ? undefined : parts.join(' ')
}

/** The words under a label and the error beside the control. */
export const FieldNotes = ({ id, hint, error }: { id: string; hint?: ReactNode; error?: string | undefined }) => (
  <>
    {hint !== undefined && (
      <p className="field-hint" id={`${id}-hint`}>
        {hint}
      </p>
    )}
    {error !== undefined && (
      <p className="field-error" id={`${id}-error`}>
        <Icon name="warning" />
        <span>{error}</span>
      </p>
    )}
  </>
)

/** A label, a hint and an error around any native control; the control is given as a function of its wiring. */
export const Field = ({
  label,
  hint,
  error,
  required = false,
  id: given,
  children,
}: FieldProps & { children: (wiring: FieldWiring) => ReactNode }) => {
  const made = useId()
  const id = given ?? made
  const words = useWords()
  return (
    <div className={error === undefined ? 'field' : 'field wrong'}>
      <label htmlFor={id}>
        {label}
        {required && <span className="field-required">{words.ui.required}</span>}
      </label>
      <FieldNotes id={id} hint={hint} error={error} />
      {children({
        id,
        required,
        'aria-describedby': describedBy(id, hint, error),
        'aria-invalid': error === undefined ? undefined : true,
      })}
    </div>
  )
}

type Native<E extends 'input' | 'textarea' | 'select'> = Omit<ComponentProps<E>, 'onChange' | 'id' | 'required'>

/** One line of text. */
export const TextField = ({
  label,
  hint,
  error,
  required,
  id,
  onChange,
  ...rest
}: FieldProps & Native<'input'> & { value: string; onChange: (value: string) => void }) => (
  <Field {...fieldPropsOf({ label, hint, error, required, id })}>
    {(wiring) => (
      <input type="text" autoComplete="off" {...rest} {...wiring} onChange={(event) => onChange(event.target.value)} />
    )}
  </Field>
)

/** Several lines of text; it grows with what is typed where the browser can. */
export const TextArea = ({
  label,
  hint,
  error,
  required,
  id,
  onChange,
  ...rest
}: FieldProps & Native<'textarea'> & { value: string; onChange: (value: string) => void }) => (
  <Field {...fieldPropsOf({ label, hint, error, required, id })}>
    {(wiring) => <textarea rows={3} {...rest} {...wiring} onChange={(event) => onChange(event.target.value)} />}
  </Field>
)

export type Choice<V extends string = string> = { value: V; label: string; note?: string | undefined; disabled?: boolean }

/** One of a list that is too long to lay out; for up to about six choices use `RadioCards`. */
export const Select = <V extends string>({
  label,
  hint,
  error,
  required,
  id,
  choices,
  value,
  onChange,
  ...rest
}: FieldProps & Omit<Native<'select'>, 'value'> & { choices: Choice<V>[]; value: V | ''; onChange: (value: V) => void }) => {
  const words = useWords()
  return (
    <Field {...fieldPropsOf({ label, hint, error, required, id })}>
      {(wiring) => (
        <select {...rest} {...wiring} value={value} onChange={(event) => onChange(event.target.value as V)}>
          <option value="" disabled>
            {words.ui.choose}
          </option>
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value} disabled={choice.disabled}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

/** Drops what was not given, as exact optional properties ask. */
const fieldPropsOf = (given: {
  label: string
  hint: ReactNode
  error: string | undefined
  required: boolean | undefined
  id: string | undefined
}): FieldProps => ({
  label: given.label,
  error: given.error,
  ...(given.hint === undefined ? {} : { hint: given.hint }),
  ...(given.required === undefined ? {} : { required: given.required }),
  ...(given.id === undefined ? {} : { id: given.id }),
})
