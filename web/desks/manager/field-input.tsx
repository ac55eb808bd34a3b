import { useState } from 'react'
import { useApi } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/choice.tsx'
import { Select, TextArea, TextField } from '../../ui/field.tsx'
import { usePick } from '../../words/language.tsx'
import { emptyDraft, type Draft } from './draft.ts'
import { useConsortia, type NameOf } from './names.tsx'
import type { Field } from './registers.ts'
import { useManagerWords } from './words.ts'

type InputProps = {
  field: Field
  value: unknown
  path: string
  nameOf: NameOf
  idOf: (path: string) => string
  faultOf: (path: string) => string | undefined
  onChange: (value: unknown) => void
}

/** The control of one field, whatever its kind; a group and a list hold those of their parts. */
export const FieldInput = (props: InputProps) => {
  const { field } = props
  switch (field.kind) {
    case 'group':
      return <GroupInput {...props} />
    case 'list':
      return <ListInput {...props} />
    case 'choices':
      return <ChoicesInput {...props} />
    case 'yes-no':
      return <YesNoInput {...props} />
    case 'choice':
      return <ChoiceInput {...props} />
    case 'texts':
    case 'text':
    case 'number':
      return <TextInput {...props} />
  }
}

const useShared = ({ field, path, idOf, faultOf }: InputProps) => {
  const pick = usePick()
  return { label: pick(field.words), required: field.isRequired, id: idOf(path), error: faultOf(path) }
}

const TextInput = (props: InputProps) => {
  const words = useManagerWords()
  const shared = useShared(props)
  const { field, value, onChange } = props
  if (field.means === 'institution') return <InstitutionInput {...props} />
  if (field.means === 'consortium') return <ConsortiumInput {...props} />
  if (field.kind === 'texts')
    return (
      <TextArea
        {...shared}
        hint={words.form.lineEach}
        value={(value as string[]).join('\n')}
        onChange={(text) => onChange(text.split('\n'))}
      />
    )
  const most = field.lengthMost === null ? {} : { maxLength: field.lengthMost }
  if (field.means === 'long-text') return <TextArea {...shared} {...most} value={String(value)} onChange={onChange} />
  const kind = field.means === 'day' ? { type: 'date' } : field.kind === 'number' ? { inputMode: 'decimal' as const } : most
  return <TextField {...shared} {...kind} value={String(value)} onChange={onChange} />
}

const ChoiceInput = (props: InputProps) => {
  const pick = usePick()
  const shared = useShared(props)
  const choices = props.field.choices.map(({ value, words }) => ({ value, label: pick(words) }))
  return <Select {...shared} choices={choices} value={String(props.value)} onChange={props.onChange} />
}

const YesNoInput = (props: InputProps) => {
  const { label } = useShared(props)
  return <Checkbox label={label} checked={props.value === true} onChange={props.onChange} />
}

const ChoicesInput = (props: InputProps) => {
  const pick = usePick()
  const { label, id, error } = useShared(props)
  const chosen = props.value as string[]
  return (
    <fieldset id={id} tabIndex={-1} className={error === undefined ? 'choice-group' : 'choice-group wrong'}>
      <legend>{label}</legend>
      {error !== undefined && <p className="field-error">{error}</p>}
      <div className="along">
        {props.field.choices.map(({ value, words }) => (
          <Checkbox
            key={value}
            label={pick(words)}
            checked={chosen.includes(value)}
            onChange={(isChosen) => props.onChange(isChosen ? [...chosen, value] : chosen.filter((one) => one !== value))}
          />
        ))}
      </div>
    </fieldset>
  )
}

const ConsortiumInput = (props: InputProps) => {
  const pick = usePick()
  const shared = useShared(props)
  const { list } = useConsortia()
  const choices = list.map(({ id, name }) => ({ value: id, label: pick(name) }))
  return <Select {...shared} choices={choices} value={String(props.value)} onChange={props.onChange} />
}

const InstitutionInput = (props: InputProps) => {
  const words = useManagerWords()
  const pick = usePick()
  const shared = useShared(props)
  const [text, setText] = useState('')
  const found = useApi('organisations.search', { text, limit: 20 }, { enabled: text.trim().length > 0 })
  const chosen = String(props.value)
  const listed = (found.data?.institutions ?? []).map(({ id, name }) => ({ value: id as string, label: pick(name) }))
  const choices =
    chosen === '' || listed.some(({ value }) => value === chosen)
      ? listed
      : [{ value: chosen, label: props.nameOf('institution', chosen) }, ...listed]
  return (
    <div className="institution-input">
      <TextField label={words.form.findFor(shared.label)} value={text} onChange={setText} />
      <Select {...shared} choices={choices} value={chosen} onChange={props.onChange} />
    </div>
  )
}

const Parts = ({ field, value, path, onChange, ...rest }: InputProps) => {
  const draft = value as Draft
  return (
    <div className="register-grid">
      {field.parts.map((part) => (
        <FieldInput
          key={part.name}
          {...rest}
          field={part}
          value={draft[part.name]}
          path={`${path}.${part.name}`}
          onChange={(one) => onChange({ ...draft, [part.name]: one })}
        />
      ))}
    </div>
  )
}

const GroupInput = (props: InputProps) => {
  const pick = usePick()
  return (
    <fieldset className="register-group">
      <legend>{pick(props.field.words)}</legend>
      <Parts {...props} />
    </fieldset>
  )
}

const ListInput = (props: InputProps) => {
  const words = useManagerWords()
  const pick = usePick()
  const { field, value, path, onChange } = props
  const rows = value as Draft[]
  const label = pick(field.words)
  return (
    <fieldset className="register-group" id={props.idOf(path)} tabIndex={-1}>
      <legend>{label}</legend>
      {props.faultOf(path) !== undefined && <p className="field-error">{props.faultOf(path)}</p>}
      {rows.map((row, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- rows of a form have no other name than their place
        <fieldset key={at} className="register-row">
          <legend className="unseen">{`${label} ${at + 1}`}</legend>
          <Parts
            {...props}
            value={row}
            path={`${path}.${at}`}
            onChange={(one) => onChange(rows.map((other, index) => (index === at ? one : other)))}
          />
          <Button small tone="quiet" onClick={() => onChange(rows.filter((_other, index) => index !== at))}>
            {words.form.removeRow(at + 1)}
          </Button>
        </fieldset>
      ))}
      <div className="along">
        <Button small icon="plus" onClick={() => onChange([...rows, emptyDraft(field.parts)])}>
          {words.form.addRow(label)}
        </Button>
      </div>
    </fieldset>
  )
}
