import { useEffect, useRef, useState, type FormEvent } from 'react'
import { useCommand } from '../../api/use-api.ts'
import { useActor } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Card, Facts } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextField } from '../../ui/field.tsx'
import { formatInstant } from '../../ui/time-format.ts'
import { useToast } from '../../ui/toast.tsx'
import { useServerNow } from '../../ui/use-server-now.ts'
import { usePick } from '../../words/language.tsx'
import { afterwards } from './afterwards.ts'
import { FieldValue } from './field-value.tsx'
import type { NameOf } from './names.tsx'
import { commandOf, type Entry, type Listed, type RegisterName } from './registers.ts'
import { Versions } from './versions.tsx'
import { useManagerWords } from './words.ts'

type Props = { name: RegisterName; listed: Listed; entry: Entry; nameOf: NameOf; onCorrect: () => void; onDone: () => void }

/** One entry whole: its text, what may be done with it, and its versions side by side. */
export const EntryDetail = (props: Props) => {
  const { name, listed, entry, nameOf } = props
  const words = useManagerWords()
  const pick = usePick()
  const [showsVersions, setShowsVersions] = useState(false)
  const place = useRef<HTMLDivElement>(null)
  // On narrow screens the entry stands below the list: whoever opened it wants to see it.
  useEffect(() => {
    // Newer browsers answer a promise, which is nothing for React to call when the entry closes.
    void place.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  const lines = listed.fields.filter(({ kind, means }) => kind !== 'list' && means !== 'long-text')
  const blocks = listed.fields.filter((field) => !lines.includes(field) && entry.body[field.name])
  return (
    <div ref={place}>
      <Card
        title={pick(listed.words)}
        aside={<Chip tone={entry.state === 'proposed' ? 'warning' : 'good'}>{words.states[entry.state]}</Chip>}
      >
        <div className="stack">
          <Facts
            facts={[
              ...lines.map(
                (field) =>
                  [
                    pick(field.words),
                    <FieldValue key={field.name} field={field} value={entry.body[field.name]} nameOf={nameOf} />,
                  ] as const,
              ),
              [
                words.periodWord,
                <span key="period" className="figures">
                  {words.period(entry.from, entry.until)}
                </span>,
              ],
              [words.owner, entry.org === '0' ? words.region : nameOf('institution', entry.org)],
              [
                words.key,
                <span key="key" className="small">
                  {entry.entry}
                </span>,
              ],
            ]}
          />
          {blocks.map((field) => (
            <div key={field.name}>
              <h3>{pick(field.words)}</h3>
              <FieldValue field={field} value={entry.body[field.name]} nameOf={nameOf} />
            </div>
          ))}
          <Acts {...props} />
          <div className="along">
            <Button small icon="record" aria-expanded={showsVersions} onClick={() => setShowsVersions(!showsVersions)}>
              {showsVersions ? words.versions.hide : words.versions.show}
            </Button>
          </div>
          {showsVersions && <Versions name={name} listed={listed} entry={entry} nameOf={nameOf} />}
        </div>
      </Card>
    </div>
  )
}

const Acts = (props: Props) => {
  const { listed, entry, onCorrect } = props
  const words = useManagerWords()
  const [retires, setRetires] = useState(false)
  if (!listed.mayWrite) return null
  if (entry.org !== listed.writesFor) return <p className="soft small">{words.acts.notYours}</p>
  if (entry.state === 'proposed') return <Verdict {...props} />
  return (
    <div className="along">
      <Button tone="primary" onClick={onCorrect}>
        {words.acts.correct}
      </Button>
      <Button onClick={() => setRetires(true)}>{words.acts.retire}</Button>
      <RetireDialog {...props} open={retires} onClose={() => setRetires(false)} />
    </div>
  )
}

const Verdict = ({ name, entry, onDone }: Props) => {
  const words = useManagerWords()
  const { account } = useActor()
  const toast = useToast()
  const approve = useCommand(commandOf(name, 'approve'))
  if (entry.recordedBy === account) return <p className="soft small">{words.acts.ownProposal}</p>
  const decide = (verdict: 'approve' | 'reject') => {
    const done = () => {
      toast({ text: verdict === 'approve' ? words.acts.approved : words.acts.rejected })
      onDone()
    }
    void afterwards(approve.mutateAsync({ entry: entry.entry, version: entry.version, verdict }), done)
  }
  return (
    <div className="stack tight">
      {approve.error !== null && <ErrorNote error={approve.error} />}
      <div className="along">
        <Button tone="primary" busy={approve.isPending} onClick={() => decide('approve')}>
          {words.acts.approve}
        </Button>
        <Button busy={approve.isPending} onClick={() => decide('reject')}>
          {words.acts.reject}
        </Button>
      </div>
    </div>
  )
}

const RetireDialog = ({ name, entry, onDone, open, onClose }: Props & { open: boolean; onClose: () => void }) => {
  const words = useManagerWords()
  const toast = useToast()
  const [on, setOn] = useState(formatInstant(useServerNow()).slice(0, 10))
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const retire = useCommand(commandOf(name, 'retire'))
  const isMissing = reason.trim().length < 2
  const submit = (event?: FormEvent) => {
    event?.preventDefault()
    setTried(true)
    const done = () => {
      toast({ text: words.acts.retired })
      onClose()
      onDone()
    }
    if (!isMissing) void afterwards(retire.mutateAsync({ entry: entry.entry, on, reason: reason.trim() }), done)
  }
  return (
    <Dialog
      title={words.acts.retireTitle}
      open={open}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{words.close}</Button>
          <Button tone="danger" busy={retire.isPending} onClick={() => submit()}>
            {words.acts.retire}
          </Button>
        </>
      }
    >
      <form className="stack" noValidate onSubmit={submit}>
        {retire.error !== null && <ErrorNote error={retire.error} />}
        <TextField label={words.acts.retireOn} type="date" required value={on} onChange={setOn} />
        <TextField
          label={words.form.reason}
          required
          maxLength={200}
          value={reason}
          error={tried && isMissing ? words.form.reasonMissing : undefined}
          onChange={setReason}
        />
      </form>
    </Dialog>
  )
}
