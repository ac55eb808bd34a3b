import { useState } from 'react'
import { useSearchParams } from 'wouter'
import { useApi, useCommand } from '../../api/use-api.ts'
import { Page } from '../../shell/desk-frame.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { AdvicePanel } from '../advice/advice-panel.tsx'
import { Candidates, type Candidate } from '../continuity/candidates.tsx'
import { HomeFields, homeDraftOf, questionFor, sentHome, useHomeFaults } from '../continuity/home-fields.tsx'
import { useContinuityWords } from '../continuity/words.ts'
import { ActPanel } from './act-panel.tsx'
import { ConditionPicker } from './condition-picker.tsx'
import { downFaults, downOf, emptyDown, letterOf, type DownDraft } from './down-draft.ts'
import { useDraft } from './held-acts-context.tsx'
import { LetterFields } from './letter-fields.tsx'
import { PersonPicker } from './person-picker.tsx'
import { PlacePicker } from './place-picker.tsx'
import { SpecialtySelect } from './redirect-form.tsx'
import { SentList } from './sent-list.tsx'
import { useDeskWords } from './words.ts'

type View = 'candidates' | 'form'

/** Who of this hospital can go down to primary care; and the slip of a new referral down, with what was sent and is open. */
export const ReferDownPage = () => {
  const words = useDeskWords()
  const { tabs } = useContinuityWords()
  const [search, setSearch] = useSearchParams()
  const shown: View = search.get('view') === 'form' ? 'form' : 'candidates'
  const [, change] = useDraft<DownDraft>('new', 'down', emptyDown)
  const show = (view: View) => setSearch(view === 'form' ? { view } : {})
  const write = (candidate: Candidate) => {
    change(downOf(candidate))
    show('form')
  }
  return (
    <Page title={words.down.title} lead={words.down.lead}>
      <Tabs
        label={tabs.label}
        tabs={[
          { key: 'candidates', label: tabs.candidates },
          { key: 'form', label: tabs.form },
        ]}
        shown={shown}
        onShow={show}
      >
        {shown === 'candidates' ? <Candidates onWrite={write} /> : <SlipView />}
      </Tabs>
    </Page>
  )
}

const SlipView = () => {
  const words = useDeskWords()
  const [round, setRound] = useState(0)
  const [sent, setSent] = useState<string | null>(null)
  return (
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
  )
}

/** Who lies here goes with the receiver's answer and a plan; anybody else goes by the slip alone. */
const useSendDown = () => {
  const plain = useCommand('referral.send')
  const home = useCommand('continuity.send-down')
  return { plain, home, busy: plain.isPending || home.isPending, error: home.error ?? plain.error }
}

/** What decision support is asked about, once person, condition and place are known. */
const questionOf = ({ person, condition, receiver }: DownDraft) =>
  person === null || condition === null || receiver === null
    ? null
    : { hook: 'order-sign' as const, person: person.id, place: receiver.id, condition: { key: condition.key, zh: condition.zh } }

const DownForm = ({ onSent }: { onSent: (slip: string) => void }) => {
  const words = useDeskWords()
  const homeFaults = useHomeFaults()
  const send = useSendDown()
  const [draft, change] = useDraft<DownDraft>('new', 'down', emptyDown)
  const asked = useApi('continuity.candidate', { person: draft.person?.id ?? '' }, { enabled: draft.person !== null })
  const candidate = draft.person === null ? null : (asked.data ?? null)
  const home = draft.home ?? homeDraftOf(candidate)
  const question = questionFor(candidate, draft.receiver?.id ?? null)
  const faults = [...downFaults(draft, words.down.missing), ...(candidate === null ? [] : homeFaults(home, question))]
  const submit = () => {
    const request = letterOf(draft)
    if (request === null) return
    const onSuccess = ({ slipNo }: { slipNo: string }) => {
      change(emptyDown)
      onSent(slipNo)
    }
    if (candidate === null) send.plain.mutate(request, { onSuccess })
    else send.home.mutate({ ...request, ...sentHome(home, question) }, { onSuccess })
  }
  return (
    <ActPanel
      title={words.down.form}
      level={2}
      act={words.down.send}
      busy={send.busy}
      faults={faults}
      refused={send.error}
      onSubmit={submit}
    >
      {({ idOf, faultOf }) => (
        <>
          <PersonPicker
            id={idOf('person')}
            error={faultOf('person')}
            value={draft.person}
            onPick={(person) => change({ person, home: null, ...(person?.care == null ? {} : { receiver: person.care }) })}
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
          <AdvicePanel question={questionOf(draft)} onPlace={(receiver) => change({ receiver, specialty: '' })} />
          <LetterFields draft={draft} change={change} idOf={idOf} faultOf={faultOf} />
          {candidate !== null && (
            <HomeFields
              candidate={candidate}
              question={question}
              draft={home}
              change={(part) => change({ home: { ...home, ...part } })}
              idOf={idOf}
              faultOf={faultOf}
            />
          )}
        </>
      )}
    </ActPanel>
  )
}
