import { useState } from 'react'
import type { ShownCandidate, ShownCriterion } from '../../../src/modules/continuity/contract.ts'
import { useCommand } from '../../api/use-api.ts'
import { useActor } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { RadioCards } from '../../ui/choice.tsx'
import { Chip, type ChipTone } from '../../ui/chip.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextArea } from '../../ui/field.tsx'
import type { IconName } from '../../ui/icon.tsx'
import { formatInstant } from '../../ui/time-format.ts'
import { useToast } from '../../ui/toast.tsx'
import { usePick } from '../../words/language.tsx'
import './continuity.css'
import { useContinuityWords } from './words.ts'

type State = ShownCriterion['state']
const looks: Record<State, { tone: ChipTone; icon: IconName }> = {
  met: { tone: 'good', icon: 'check' },
  'not-met': { tone: 'danger', icon: 'cross' },
  unknown: { tone: 'warning', icon: 'info' },
}

/** A criterion's state by shape, word and colour. */
export const StateOfCriterion = ({ state }: { state: State }) => {
  const words = useContinuityWords()
  return <Chip {...looks[state]}>{words.states[state]}</Chip>
}

/** How many criteria stand in each state. */
export const CriteriaCounts = ({ progress }: { progress: ShownCandidate['progress'] }) => {
  const { list } = useContinuityWords()
  if (progress.isReady) return <Chip {...looks.met}>{list.ready}</Chip>
  return (
    <span className="along">
      <Chip {...looks.met}>{list.counts.met(progress.met)}</Chip>
      {progress.notMet > 0 && <Chip {...looks['not-met']}>{list.counts.notMet(progress.notMet)}</Chip>}
      {progress.unknown > 0 && <Chip {...looks.unknown}>{list.counts.unknown(progress.unknown)}</Chip>}
    </span>
  )
}

/** Each criterion with its state, the fact that decided it or what is missing, and a way to state what only a doctor can. */
export const CriteriaList = ({ person, criteria }: { person: string; criteria: readonly ShownCriterion[] }) => {
  const words = useContinuityWords()
  const actor = useActor()
  const pick = usePick()
  const [stated, setStated] = useState<ShownCriterion | null>(null)
  return (
    <>
      {groupsOf(criteria).map(({ basis, grade, ones }) => (
        <section key={basis} className="stack tight">
          <p className="soft small">{[basis, words.grades[grade] ?? ''].filter(Boolean).join(' · ')}</p>
          <ul className="criterion-list" aria-label={basis}>
            {ones.map((one) => (
              <li key={one.id} className="stack tight" data-criterion={one.id}>
                <div className="criterion-head">
                  <span>
                    <strong>{pick(one.words)}</strong>
                    {one.isOptional && <span className="soft">{words.optional}</span>}
                  </span>
                  <span className="along">
                    <StateOfCriterion state={one.state} />
                    {one.mayAttest && actor.role === 'ward' && (
                      <Button
                        small
                        tone="quiet"
                        aria-label={`${words.attest}: ${pick(one.words)}`}
                        onClick={() => setStated(one)}
                      >
                        {words.attest}
                      </Button>
                    )}
                  </span>
                </div>
                <p className="soft small">
                  <Ground one={one} />
                </p>
              </li>
            ))}
          </ul>
        </section>
      ))}
      <AttestDialog key={stated?.id} person={person} criterion={stated} onClose={() => setStated(null)} />
    </>
  )
}

/** Criteria of one clause stand together under it. */
const groupsOf = (criteria: readonly ShownCriterion[]): { basis: string; grade: string; ones: ShownCriterion[] }[] => {
  const groups = new Map<string, { basis: string; grade: string; ones: ShownCriterion[] }>()
  for (const one of criteria) {
    const group = groups.get(one.basis) ?? { basis: one.basis, grade: one.grade, ones: [] }
    group.ones.push(one)
    groups.set(one.basis, group)
  }
  return [...groups.values()]
}

const Ground = ({ one }: { one: ShownCriterion }) => {
  const words = useContinuityWords()
  const pick = usePick()
  const { fact, missing } = one
  const from = fact && [
    fact.from === 'record' ? words.fromRecord : words.fromDoctor,
    fact.by && pick(fact.by),
    fact.at && formatInstant(fact.at),
  ]
  return (
    <>
      {fact !== null && (
        <>
          <span>{pick(fact.words)}</span> <span className="figures">{from?.filter(Boolean).join(' · ')}</span>
        </>
      )}
      {missing !== null && <span>{pick(missing)}</span>}
    </>
  )
}

const AttestDialog = ({
  person,
  criterion,
  onClose,
}: {
  person: string
  criterion: ShownCriterion | null
  onClose: () => void
}) => {
  const words = useContinuityWords()
  const pick = usePick()
  const toast = useToast()
  const attest = useCommand('continuity.attest')
  const [state, setState] = useState<'met' | 'not-met'>('met')
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const submit = () => {
    setTried(true)
    if (criterion === null || note.trim() === '') return
    const onSuccess = () => {
      toast({ text: words.attestDone })
      onClose()
    }
    attest.mutate({ person, criterion: criterion.id, state, note: note.trim() }, { onSuccess })
  }
  return (
    <Dialog
      title={criterion === null ? '' : pick(criterion.words)}
      open={criterion !== null}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button tone="primary" busy={attest.isPending} onClick={submit}>
            {words.save}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p className="soft">{words.attestWhat}</p>
        {attest.error !== null && <ErrorNote error={attest.error} />}
        <RadioCards
          label={words.attestState}
          value={state}
          onChange={setState}
          choices={(['met', 'not-met'] as const).map((value) => ({ value, label: words.states[value] }))}
        />
        <TextArea
          label={words.attestNote}
          required
          maxLength={500}
          error={tried && note.trim() === '' ? words.attestNoteMissing : undefined}
          value={note}
          onChange={setNote}
        />
      </div>
    </Dialog>
  )
}
