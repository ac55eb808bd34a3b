import { useState } from 'react'
import { useCommand } from '../../api/use-api.ts'
import { Page } from '../../shell/desk-frame.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ActPanel } from './act-panel.tsx'
import { ConditionPicker } from './condition-picker.tsx'
import { downFaults, emptyDown, type DownDraft } from './down-draft.ts'
import { useDraft } from './held-acts-context.tsx'
import { LetterFields } from './letter-fields.tsx'
import { PersonPicker } from './person-picker.tsx'
import { PlacePicker } from './place-picker.tsx'
import { SpecialtySelect } from './redirect-form.tsx'
import { SentList } from './sent-list.tsx'
import { useDeskWords } from './words.ts'

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
  const [draft, change] = useDraft<DownDraft>('new', 'down', emptyDown)
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
          change(emptyDown)
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
      faults={downFaults(draft, words.down.missing)}
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
