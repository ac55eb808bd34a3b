import { useState } from 'react'
import { useApi, useCommand } from '../../api/use-api.ts'
import { Page } from '../../shell/desk-frame.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Checkbox, RadioCards } from '../../ui/choice.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Field, TextArea, TextField } from '../../ui/field.tsx'
import { List, PlainRow, PressRow } from '../../ui/list.tsx'
import { Countdown } from '../../ui/countdown.tsx'
import { usePick } from '../../words/language.tsx'
import { ActPanel, type Fault } from './act-panel.tsx'
import { StateChip } from './case-words.tsx'
import { useDraft } from './held-acts-context.tsx'
import { PersonPicker, type Chosen } from './person-picker.tsx'
import { PlacePicker, type Place } from './place-picker.tsx'
import { SpecialtySelect } from './redirect-form.tsx'
import { useWorklist } from './worklist.ts'
import { useDeskWords } from './words.ts'

type Condition = { key: string; zh: string; en: string }
type Draft = {
  person: Chosen | null
  condition: Condition | null
  receiver: Place | null
  specialty: string
  impression: string
  reason: string
  treatment: string
  pastHistory: string
  attention: string
  consented: boolean
  by: 'patient' | 'family'
  relation: string
}
const empty: Draft = {
  person: null,
  condition: null,
  receiver: null,
  specialty: '',
  impression: '',
  reason: '',
  treatment: '',
  pastHistory: '',
  attention: '',
  consented: false,
  by: 'patient',
  relation: '',
}

const faultsOf = (draft: Draft, missing: ReturnType<typeof useDeskWords>['down']['missing']): Fault[] => {
  const faults: Fault[] = []
  if (draft.person === null) faults.push({ field: 'person', text: missing.person })
  if (draft.condition === null) faults.push({ field: 'condition', text: missing.condition })
  if (draft.receiver === null) faults.push({ field: 'receiver', text: missing.receiver })
  else if (draft.specialty === '') faults.push({ field: 'specialty', text: missing.specialty })
  if (draft.impression.trim() === '') faults.push({ field: 'letter.impression', text: missing.impression })
  if (draft.reason.trim() === '') faults.push({ field: 'letter.reason', text: missing.reason })
  if (!draft.consented) faults.push({ field: 'consent', text: missing.consent })
  return faults
}

/** A new referral down to primary care, from the ward or the desk; below, what this institution has sent and is still open. */
export const ReferDownPage = () => {
  const words = useDeskWords()
  const [round, setRound] = useState(0)
  const [sent, setSent] = useState<string | null>(null)
  return (
    <Page title={words.down.title} lead={words.down.lead}>
      <div className="beside down-halves">
        {sent === null ? (
          <DownForm key={round} onSent={setSent} />
        ) : (
          <Card>
            <output className="stack">
              <p>
                <strong>{words.down.sent(sent)}</strong>
              </p>
              <div>
                <Button
                  tone="primary"
                  onClick={() => {
                    setSent(null)
                    setRound((before) => before + 1)
                  }}
                >
                  {words.down.another}
                </Button>
              </div>
            </output>
          </Card>
        )}
        <SentList />
      </div>
    </Page>
  )
}

const DownForm = ({ onSent }: { onSent: (slip: string) => void }) => {
  const words = useDeskWords()
  const send = useCommand('referral.send')
  const [draft, change] = useDraft<Draft>('new', 'down', empty)
  const submit = () => {
    const { person, condition, receiver } = draft
    if (person === null || condition === null || receiver === null) return
    const letter = {
      impression: draft.impression.trim(),
      reason: draft.reason.trim(),
      treatment: draft.treatment.trim(),
      pastHistory: draft.pastHistory.trim(),
      attention: draft.attention.trim() === '' ? null : draft.attention.trim(),
    }
    const consent = {
      by: draft.by,
      relation: draft.by === 'family' && draft.relation.trim() !== '' ? draft.relation.trim() : null,
    }
    send.mutate(
      { person: person.id, receiver: receiver.id, specialty: draft.specialty, condition, letter, consent },
      {
        onSuccess: ({ slipNo }) => {
          change(empty)
          onSent(slipNo)
        },
      },
    )
  }
  return (
    <ActPanel
      title={words.down.form}
      level={2}
      act={words.down.send}
      busy={send.isPending}
      faults={faultsOf(draft, words.down.missing)}
      refused={send.error}
      onSubmit={submit}
    >
      {({ idOf, faultOf }) => (
        <>
          <PersonPicker
            id={idOf('person')}
            error={faultOf('person')}
            value={draft.person}
            onPick={(person) => change({ person, ...(person?.care == null ? {} : { receiver: person.care }) })}
          />
          <ConditionPicker
            id={idOf('condition')}
            error={faultOf('condition')}
            value={draft.condition}
            onPick={(condition) => change({ condition })}
          />
          <PlacePicker
            label={words.down.step3}
            id={idOf('receiver')}
            error={faultOf('receiver')}
            value={draft.receiver}
            isWanted={({ tier }) => ['village', 'township', 'regional-centre'].includes(tier)}
            onPick={(receiver) => change({ receiver, specialty: '' })}
          />
          {draft.receiver !== null && (
            <SpecialtySelect
              org={draft.receiver.id}
              id={idOf('specialty')}
              error={faultOf('specialty')}
              value={draft.specialty}
              onPick={(specialty) => change({ specialty })}
            />
          )}
          <LetterFields draft={draft} change={change} idOf={idOf} faultOf={faultOf} />
        </>
      )}
    </ActPanel>
  )
}

type LetterProps = {
  draft: Draft
  change: (part: Partial<Draft>) => void
  idOf: (field: string) => string
  faultOf: (field: string) => string | undefined
}

const letterFields = ['impression', 'reason', 'treatment', 'pastHistory', 'attention'] as const
const requiredFields: readonly string[] = ['impression', 'reason']

const LetterFields = ({ draft, change, idOf, faultOf }: LetterProps) => {
  const { down } = useDeskWords()
  return (
    <>
      {letterFields.map((field) => (
        <TextArea
          key={field}
          id={idOf(`letter.${field}`)}
          label={down[field]}
          error={faultOf(`letter.${field}`)}
          required={requiredFields.includes(field)}
          rows={2}
          maxLength={field === 'impression' || field === 'attention' ? 500 : 2000}
          value={draft[field]}
          onChange={(text) => change({ [field]: text })}
        />
      ))}
      <Field label={down.consent} id={idOf('consent')} error={faultOf('consent')}>
        {(wiring) => (
          <div id={wiring.id} tabIndex={-1}>
            <Checkbox
              label={down.consentBy[draft.by]}
              checked={draft.consented}
              onChange={(consented) => change({ consented })}
            />
          </div>
        )}
      </Field>
      <RadioCards
        label={down.consent}
        choices={[
          { value: 'patient', label: down.consentBy.patient },
          { value: 'family', label: down.consentBy.family },
        ]}
        value={draft.by}
        onChange={(by) => change({ by })}
      />
      {draft.by === 'family' && (
        <TextField
          id={idOf('consent.relation')}
          label={down.relation}
          error={faultOf('consent.relation')}
          maxLength={20}
          value={draft.relation}
          onChange={(relation) => change({ relation })}
        />
      )}
    </>
  )
}

const ConditionPicker = ({
  id,
  error,
  value,
  onPick,
}: {
  id: string
  error: string | undefined
  value: Condition | null
  onPick: (condition: Condition | null) => void
}) => {
  const words = useDeskWords()
  const pick = usePick()
  const [text, setText] = useState('')
  const asked = useApi(
    'navigation.conditions',
    { text: text.trim(), limit: 6 },
    { enabled: value === null && text.trim() !== '' },
  )
  if (value !== null) {
    return (
      <div className="along apart picked-place">
        <span>
          <span className="soft small">{words.down.step2} </span>
          <strong>{pick(value)}</strong>
        </span>
        <Button small onClick={() => onPick(null)}>
          {words.pick.change}
        </Button>
      </div>
    )
  }
  const found = asked.data?.conditions
  return (
    <div className="stack tight">
      <Field label={words.down.step2} hint={words.down.findCondition} id={id} error={error}>
        {(wiring) => (
          <input {...wiring} type="search" autoComplete="off" value={text} onChange={(event) => setText(event.target.value)} />
        )}
      </Field>
      {found !== undefined && text.trim() !== '' && found.length === 0 && (
        <EmptyState kind="filtered" title={words.down.noCondition} />
      )}
      {found !== undefined && found.length > 0 && (
        <List label={words.down.step2}>
          {found.map((one) => (
            <PressRow
              key={one.key}
              title={pick(one.name)}
              lines={one.key}
              onPress={() => onPick({ key: one.key, zh: one.name.zh, en: one.name.en ?? '' })}
            />
          ))}
        </List>
      )}
    </div>
  )
}

const SentList = () => {
  const words = useDeskWords()
  const pick = usePick()
  const { rows } = useWorklist('open', 'sender')
  return (
    <Card title={words.down.sentList}>
      {rows === undefined || rows.length === 0 ? (
        <p className="soft">{words.down.sentNone}</p>
      ) : (
        <List label={words.down.sentList}>
          {rows.map((row) => (
            <PlainRow
              key={row.id}
              title={pick(row.person.name)}
              lines={`${pick(row.condition)} · ${pick(row.receiver.name)} · ${row.slipNo}`}
              aside={
                <>
                  <StateChip state={row.state} />
                  {row.waitUntil !== null && <Countdown until={row.waitUntil} />}
                </>
              }
            />
          ))}
        </List>
      )}
    </Card>
  )
}
