import { useRef, useState, type FormEvent } from 'react'
import { BOUND_KIND_NAMES, SCENE_NAMES, type BoundKind, type Scene } from '../../../src/modules/health-card/health-card.ts'
import type { Commands } from '../../api/api-types.ts'
import { useCommand } from '../../api/use-api.ts'
import { Page } from '../../shell/desk-frame.tsx'
import { useActor } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Card, Facts } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Select, TextField } from '../../ui/field.tsx'
import { List, PlainRow } from '../../ui/list.tsx'
import { formatInstant } from '../../ui/time-format.ts'
import { useToast } from '../../ui/toast.tsx'
import { usePick, useWordsOf } from '../../words/language.tsx'
import { counterWords } from './counter-words.ts'
import { ScanField, useScanned } from './scan-field.tsx'
import './counter.css'

type Accepted = Commands['health-card.scan']['answer']
type Shown = 'card' | BoundKind

/** As many as a hand at the counter looks back over. */
const rememberedMost = 8

/** A counter that checks cards: one field that a scanner types into, one scan after the other. */
export const CounterPage = () => {
  const words = useWordsOf(counterWords)
  const [done, setDone] = useState<readonly Accepted[]>([])
  const [latest, ...before] = done
  return (
    <Page title={words.title} lead={words.lead}>
      <ScanForm onAccepted={(one) => setDone((all) => [one, ...all].slice(0, rememberedMost))} />
      <div aria-live="polite">{latest !== undefined && <AcceptedCard accepted={latest} />}</div>
      {latest !== undefined && <BindForm key={latest.use} person={latest.person} />}
      {before.length > 0 && (
        <Card title={words.today}>
          <List label={words.today}>
            {before.map((one) => (
              <AcceptedRow key={one.use} accepted={one} />
            ))}
          </List>
        </Card>
      )}
    </Page>
  )
}

const ScanForm = ({ onAccepted }: { onAccepted: (accepted: Accepted) => void }) => {
  const words = useWordsOf(counterWords)
  const scan = useCommand('health-card.scan')
  const [scene, setScene] = useState<Scene>('registration')
  const [by, setBy] = useState<Shown>('card')
  const form = useRef<HTMLFormElement>(null)
  const scanned = useScanned((text, done) =>
    scan.mutate(by === 'card' ? { text, scene } : { text, scene, kind: by }, {
      onSuccess: onAccepted,
      // The next one is scanned at once, whatever became of this one.
      onSettled: () => {
        done()
        form.current?.querySelector<HTMLInputElement>('input[type=search]')?.focus()
      },
    }),
  )
  return (
    <Card>
      <form ref={form} className="stack" onSubmit={scanned.submit}>
        <div className="counter-choices">
          <Select
            label={words.scene}
            choices={SCENE_NAMES.map((value) => ({ value, label: words.scenes[value] }))}
            value={scene}
            onChange={setScene}
          />
          <Select<Shown>
            label={words.by}
            choices={[
              { value: 'card', label: words.card },
              ...BOUND_KIND_NAMES.map((value) => ({ value, label: words.kinds[value] })),
            ]}
            value={by}
            onChange={setBy}
          />
        </div>
        <ScanField words={words} scanned={scanned} error={scan.error} isPending={scan.isPending} icon="search" />
      </form>
    </Card>
  )
}

const AcceptedCard = ({ accepted }: { accepted: Accepted }) => {
  const words = useWordsOf(counterWords)
  const pick = usePick()
  return (
    <Card title={pick(accepted.name)} aside={<Chip tone="good">{words.accepted}</Chip>} held>
      <Facts
        facts={[
          [words.sex, words.sexes[accepted.sex]],
          [words.bornOn, accepted.bornOn ?? '—'],
          [words.insurance, words.insurances[accepted.insurance]],
          [words.what, words.scenes[accepted.scene]],
          [words.how, words.shown[accepted.shown]],
          [words.at, formatInstant(accepted.at)],
        ]}
      />
    </Card>
  )
}

const AcceptedRow = ({ accepted }: { accepted: Accepted }) => {
  const words = useWordsOf(counterWords)
  const pick = usePick()
  return (
    <PlainRow
      title={pick(accepted.name)}
      lines={`${words.scenes[accepted.scene]} · ${words.shown[accepted.shown]} · ${formatInstant(accepted.at)}`}
    />
  )
}

/** Binds a card that was seen to the person who stands here; wards look and do not bind. */
const BindForm = ({ person }: { person: string }) => {
  const { role } = useActor()
  return role === 'referral-desk' ? <BindFields person={person} /> : null
}

const BindFields = ({ person }: { person: string }) => {
  const words = useWordsOf(counterWords)
  const toast = useToast()
  const bind = useCommand('health-card.bind')
  const [kind, setKind] = useState<BoundKind>('hospital-card')
  const [number, setNumber] = useState('')
  const [tried, setTried] = useState(false)
  const isMissing = number.trim().length < 4
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (isMissing) return
    bind.mutate(
      { person, kind, number: number.trim() },
      {
        onSuccess: ({ tail }) => {
          setNumber('')
          setTried(false)
          toast({ text: words.bound(words.kinds[kind], tail) })
        },
      },
    )
  }
  return (
    <Card title={words.bindTitle}>
      <form className="stack" onSubmit={submit}>
        <p className="soft">{words.bindWhy}</p>
        <div className="counter-choices">
          <Select
            label={words.bindKind}
            choices={BOUND_KIND_NAMES.map((value) => ({ value, label: words.kinds[value] }))}
            value={kind}
            onChange={setKind}
          />
          <TextField
            label={words.bindNumber}
            autoComplete="off"
            maxLength={40}
            error={tried && isMissing ? words.bindMissing : undefined}
            value={number}
            onChange={setNumber}
          />
        </div>
        {bind.error !== null && <ErrorNote error={bind.error} />}
        <div className="along">
          <Button submit busy={bind.isPending}>
            {words.bind}
          </Button>
        </div>
      </form>
    </Card>
  )
}
