import { useState } from 'react'
import { useApi, useCommand } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { RadioCards } from '../../ui/choice.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field, Select, TextField } from '../../ui/field.tsx'
import { List, PressRow } from '../../ui/list.tsx'
import { useToast } from '../../ui/toast.tsx'
import { usePick } from '../../words/language.tsx'
import { NeedsPanel } from './needs-panel.tsx'
import { grades, kinds, type Grade, type Kind, type Told, type Version } from './said.ts'
import { useCapabilityWords } from './words.ts'

type Subject = { key: string; zh: string; en?: string | null }
const sourceLeast = 2

/** A new word of the institution, or another instead of one that stands. */
export const DeclareDialog = ({ told, before, onClose }: { told: Told; before: Version | null; onClose: () => void }) => {
  const words = useCapabilityWords()
  const pick = usePick()
  const toast = useToast()
  const declare = useCommand('navigation.declare-capability')
  const [about, setAbout] = useState<Kind>(before?.about ?? 'specialty')
  const [subject, setSubject] = useState<Subject | null>(before ? { key: before.key, ...before.name } : null)
  const [grade, setGrade] = useState<Grade | ''>(before?.grade ?? '')
  const [source, setSource] = useState(before?.source ?? '')
  const [note, setNote] = useState(before?.note ?? '')
  const [from, setFrom] = useState<string>(told.day)
  const [tried, setTried] = useState(false)
  const { dialog } = words
  const isShort = source.trim().length < sourceLeast
  const submit = () => {
    setTried(true)
    if (subject === null || grade === '' || isShort) return
    declare.mutate(
      {
        institution: told.institution.id,
        about,
        key: subject.key,
        grade,
        source: source.trim(),
        note: note.trim() === '' ? null : note.trim(),
        ...(from === '' ? {} : { from }),
      },
      {
        onSuccess: () => {
          toast({ text: dialog.saved })
          onClose()
        },
      },
    )
  }
  const gradeWords = about === 'specialty' || about === 'condition' ? words.grades : words.thingGrades
  return (
    <Dialog
      title={before ? dialog.changeTitle(pick(before.name)) : dialog.title}
      open
      onClose={onClose}
      actions={
        <Button tone="primary" busy={declare.isPending} onClick={submit}>
          {dialog.save}
        </Button>
      }
    >
      {before === null && (
        <>
          <RadioCards
            label={dialog.kind}
            choices={kinds.map((kind) => ({ value: kind, label: words.kinds[kind] }))}
            value={about}
            onChange={(kind) => {
              setAbout(kind)
              setSubject(null)
            }}
          />
          <SubjectField
            told={told}
            about={about}
            value={subject}
            error={tried && subject === null ? dialog.keyMissing : undefined}
            onPick={setSubject}
          />
        </>
      )}
      {subject !== null && <NeedsPanel institution={told.institution.id} about={about} subject={subject.key} />}
      <RadioCards
        label={dialog.grade}
        required
        error={tried && grade === '' ? dialog.gradeMissing : undefined}
        choices={grades.map((one) => ({ value: one, label: gradeWords[one], note: dialog.gradeNotes[one] }))}
        value={grade}
        onChange={setGrade}
      />
      <TextField
        label={dialog.source}
        hint={dialog.sourceHint}
        required
        maxLength={200}
        error={tried && isShort ? dialog.sourceMissing : undefined}
        value={source}
        onChange={setSource}
      />
      <TextField label={dialog.note} hint={dialog.noteHint} maxLength={300} value={note} onChange={setNote} />
      <TextField label={dialog.from} type="date" value={from} onChange={setFrom} />
      {declare.error !== null && <ErrorNote error={declare.error} />}
    </Dialog>
  )
}

type SubjectProps = {
  told: Told
  about: Kind
  value: Subject | null
  error: string | undefined
  onPick: (subject: Subject | null) => void
}

const SubjectField = (props: SubjectProps) => {
  const { told, about, value, error, onPick } = props
  const { dialog } = useCapabilityWords()
  const pick = usePick()
  if (about === 'condition') return <ConditionField {...props} />
  const list =
    about === 'specialty'
      ? told.specialties.map(({ code, printed, isOffered, ...name }) => ({
          key: code,
          ...name,
          label: `${printed} ${pick(name)}${isOffered ? dialog.offered : ''}`,
        }))
      : told.things.filter(({ kind }) => kind === about).map((one) => ({ ...one, label: pick(one) }))
  return (
    <Select
      label={about === 'specialty' ? dialog.specialty : dialog.thing}
      required
      error={error}
      choices={list.map(({ key, label }) => ({ value: key, label }))}
      value={value?.key ?? ''}
      onChange={(key) => onPick(list.find((one) => one.key === key) ?? null)}
    />
  )
}

const ConditionField = ({ value, error, onPick }: SubjectProps) => {
  const { dialog } = useCapabilityWords()
  const pick = usePick()
  const [text, setText] = useState('')
  const asked = useApi(
    'navigation.conditions',
    { text: text.trim(), limit: 6 },
    { enabled: value === null && text.trim() !== '' },
  )
  if (value !== null)
    return (
      <p className="along apart">
        <span>
          <span className="soft small">{dialog.condition}</span> <strong>{pick(value)}</strong>
        </span>
        <Button small onClick={() => onPick(null)}>
          {dialog.other}
        </Button>
      </p>
    )
  const found = asked.data?.conditions
  return (
    <div className="stack tight">
      <Field label={dialog.condition} hint={dialog.conditionHint} error={error} required>
        {(wiring) => (
          <input {...wiring} type="search" autoComplete="off" value={text} onChange={(event) => setText(event.target.value)} />
        )}
      </Field>
      {asked.error !== null && <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />}
      {found?.length === 0 && <p className="soft">{dialog.noCondition}</p>}
      {found !== undefined && found.length > 0 && (
        <List label={dialog.condition}>
          {found.map(({ key, name }) => (
            <PressRow key={key} title={pick(name)} onPress={() => onPick({ key, ...name })} />
          ))}
        </List>
      )}
    </div>
  )
}
