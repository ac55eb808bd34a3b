import { useState, type FormEvent } from 'react'
import { BOUND_BY_ONESELF } from '../../../src/modules/health-card/health-card.ts'
import { useCommand } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { RadioCards } from '../../ui/choice.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextField } from '../../ui/field.tsx'
import { List, PlainRow } from '../../ui/list.tsx'
import { formatDay } from '../../ui/time-format.ts'
import { useToast } from '../../ui/toast.tsx'
import { usePick, useWords, useWordsOf } from '../../words/language.tsx'
import { CancelDialog } from './cancel-dialog.tsx'
import type { Holder } from './card-page.tsx'
import { cardWords } from './card-words.ts'
import { useInstitution } from './institution.ts'

type Binding = Holder['bound'][number]

/** What else the person is known by, and what was bound before. */
export const CardBound = ({ holder }: { holder: Holder }) => {
  const words = useWordsOf(cardWords)
  const [adds, setAdds] = useState(false)
  const held = holder.bound.filter(({ endedAt }) => endedAt === null)
  const ended = holder.bound.filter(({ endedAt }) => endedAt !== null)
  return (
    <Card title={words.bound}>
      <div className="stack">
        {held.length === 0 ? (
          <EmptyState kind="none" title={words.boundNone} why={words.boundNoneWhy} />
        ) : (
          <List label={words.bound}>
            {held.map((one) => (
              <BoundRow key={one.id} person={holder.person} binding={one} />
            ))}
          </List>
        )}
        <Button wide icon="plus" onClick={() => setAdds(true)}>
          {words.add}
        </Button>
        <p className="soft small">{words.addDesk}</p>
        {ended.length > 0 && (
          <details>
            <summary>{words.history}</summary>
            <List label={words.history}>
              {ended.map((one) => (
                <BoundRow key={one.id} person={holder.person} binding={one} />
              ))}
            </List>
          </details>
        )}
        <AddDialog person={holder.person} open={adds} onClose={() => setAdds(false)} />
      </div>
    </Card>
  )
}

const BoundRow = ({ person, binding }: { person: string; binding: Binding }) => {
  const words = useWordsOf(cardWords)
  const pick = usePick()
  const toast = useToast()
  const { data } = useInstitution(binding.issuer)
  const [asks, setAsks] = useState(false)
  const unbind = useCommand('health-card.unbind')
  const { endedAt, endedBecause, since } = binding
  const lines = [
    words.tail(binding.tail),
    data === undefined ? null : pick(data.institution.name),
    endedAt !== null
      ? words.unboundOn(formatDay(endedAt), endedBecause ?? '')
      : since === null
        ? null
        : words.boundOn(formatDay(since)),
  ]
  const finish = (reason: string) =>
    unbind.mutate(
      { person, binding: binding.id, reason },
      {
        onSuccess: () => {
          setAsks(false)
          toast({ text: words.unbound })
        },
      },
    )
  return (
    <PlainRow
      title={words.kinds[binding.kind]}
      lines={lines.filter(Boolean).join(' · ')}
      aside={
        endedAt === null && (
          <>
            <Button
              small
              onClick={() => setAsks(true)}
              aria-label={`${words.unbind}：${words.kinds[binding.kind]} ${words.tail(binding.tail)}`}
            >
              {words.unbind}
            </Button>
            <CancelDialog
              words={words.unbindDialog}
              open={asks}
              busy={unbind.isPending}
              error={unbind.error}
              onCancel={finish}
              onClose={() => setAsks(false)}
            />
          </>
        )
      }
    />
  )
}

type OwnKind = 'bank' | 'commercial'
const ownKinds = BOUND_BY_ONESELF as readonly OwnKind[]

const AddDialog = ({ person, open, onClose }: { person: string; open: boolean; onClose: () => void }) => {
  const words = useWordsOf(cardWords)
  const shared = useWords()
  const toast = useToast()
  const bind = useCommand('health-card.bind')
  const [kind, setKind] = useState<OwnKind>('bank')
  const [number, setNumber] = useState('')
  const [tried, setTried] = useState(false)
  // Four characters are the least that a number may have.
  const isMissing = number.trim().length < 4
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (isMissing) return
    bind.mutate(
      { person, kind, number: number.trim() },
      {
        onSuccess: () => {
          setNumber('')
          setTried(false)
          onClose()
          toast({ text: words.addDone })
        },
      },
    )
  }
  return (
    <Dialog title={words.addTitle} open={open} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <RadioCards
          label={words.addKind}
          choices={ownKinds.map((value) => ({ value, label: words.kinds[value] }))}
          value={kind}
          onChange={setKind}
        />
        <TextField
          label={words.addNumber}
          hint={words.addHint}
          required
          maxLength={40}
          error={tried && isMissing ? words.addMissing : undefined}
          value={number}
          onChange={setNumber}
        />
        {bind.error !== null && <ErrorNote error={bind.error} />}
        <div className="along">
          <Button onClick={onClose}>{shared.ui.cancel}</Button>
          <Button submit tone="primary" busy={bind.isPending}>
            {words.bind}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
