import { useState, type FormEvent } from 'react'
import { SUPPLIERS, type Supplier } from '../../../src/modules/continuity/continuity.ts'
import type { ShownReadiness } from '../../../src/modules/continuity/contract.ts'
import { Button } from '../../ui/button.tsx'
import { RadioCards } from '../../ui/choice.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Countdown } from '../../ui/countdown.tsx'
import { Select, TextArea, TextField } from '../../ui/field.tsx'
import { formatDay } from '../../ui/time-format.ts'
import { useServerNow } from '../../ui/use-server-now.ts'
import { usePick } from '../../words/language.tsx'
import { SavedNote } from '../village/saved-note.tsx'
import { useSaved } from '../village/use-saved.ts'
import { useContinuityWords } from './words.ts'

type Item = ShownReadiness['items'][number]
type Said = { answer: 'there' | 'missing' | ''; by: Supplier | ''; on: string }
const unsaid: Said = { answer: '', by: '', on: '' }

const faultOf = (said: Said): 'item' | 'supplier' | 'day' | null => {
  if (said.answer === '') return 'item'
  if (said.answer === 'there') return null
  if (said.by === '') return 'supplier'
  return said.by !== 'nobody' && said.on === '' ? 'day' : null
}

/** Primary care answers item by item; what registers know is answered already. Saved on this device first. */
export const AnswerForm = ({ question }: { question: ShownReadiness }) => {
  const { readiness: words } = useContinuityWords()
  const pick = usePick()
  const saved = useSaved('continuity.answer-readiness', ({ readiness }) => readiness === question.id)
  const [said, setSaid] = useState<Readonly<Record<string, Said>>>({})
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const open = question.items.filter(({ answer }) => answer === null)
  const known = question.items.filter(({ answer }) => answer !== null)
  const saidOf = (item: Item): Said => said[item.id] ?? unsaid
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (saved.isUnderway || open.some((item) => faultOf(saidOf(item)) !== null)) return
    const items = open.map((item) => {
      const { answer, by, on } = saidOf(item)
      if (answer !== 'missing') return { item: item.id, answer: 'there' as const }
      return { item: item.id, answer, ...(by === '' ? {} : { by }), ...(on === '' || by === 'nobody' ? {} : { on }) }
    })
    void saved.save(
      { readiness: question.id, items, ...(note.trim() === '' ? {} : { note: note.trim() }) },
      `${words.answer} · ${pick(question.asker.name)}`,
    )
  }
  return (
    <form className="stack" noValidate onSubmit={submit} data-readiness={question.id}>
      <div className="along apart">
        <p>{words.answerLead(pick(question.asker.name))}</p>
        {question.dueAt !== null && <Countdown until={question.dueAt} soonMinutes={240} />}
      </div>
      {known.length > 0 && (
        <p className="along">
          {known.map((item) => (
            <Chip key={item.id} tone="good">
              {pick(item.words)}
            </Chip>
          ))}
          <span className="soft small">{words.by(known[0]?.knownFrom ? pick(known[0].knownFrom) : '')}</span>
        </p>
      )}
      {open.map((item) => (
        <AnswerItem
          key={item.id}
          item={item}
          said={saidOf(item)}
          fault={tried ? faultOf(saidOf(item)) : null}
          onSay={(part) => setSaid((before) => ({ ...before, [item.id]: { ...(before[item.id] ?? unsaid), ...part } }))}
        />
      ))}
      <TextArea label={words.note} maxLength={500} rows={2} value={note} onChange={setNote} />
      <SavedNote saved={saved} />
      <div>
        <Button tone="primary" submit busy={saved.isUnderway}>
          {words.submit}
        </Button>
      </div>
    </form>
  )
}

const AnswerItem = ({
  item,
  said,
  fault,
  onSay,
}: {
  item: Item
  said: Said
  fault: ReturnType<typeof faultOf>
  onSay: (part: Partial<Said>) => void
}) => {
  const { readiness: words } = useContinuityWords()
  const pick = usePick()
  const today = formatDay(new Date(useServerNow()).toISOString())
  const what = pick(item.words)
  return (
    <div className="answer-item stack tight" data-item={item.code}>
      <RadioCards
        label={`${what} · ${words.kinds[item.kind]}`}
        required
        error={fault === 'item' ? words.itemMissing(what) : undefined}
        value={said.answer}
        onChange={(answer) => onSay({ answer })}
        choices={[
          { value: 'there', label: words.there },
          { value: 'missing', label: words.missing },
        ]}
      />
      {said.answer === 'missing' && (
        <div className="step-edit-row">
          <Select
            label={words.who}
            required
            error={fault === 'supplier' ? words.supplierMissing(what) : undefined}
            value={said.by}
            onChange={(by) => onSay({ by })}
            choices={SUPPLIERS.map((value) => ({ value, label: words.supply[value] }))}
          />
          {said.by !== 'nobody' && (
            <TextField
              label={words.when}
              type="date"
              required
              min={today}
              error={fault === 'day' ? words.dayMissing(what) : undefined}
              value={said.on}
              onChange={(on) => onSay({ on })}
            />
          )}
        </div>
      )}
    </div>
  )
}
