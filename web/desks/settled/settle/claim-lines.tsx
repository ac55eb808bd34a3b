import { useDeferredValue, useState, type FormEvent } from 'react'
import { useApi } from '../../../api/use-api.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { Field, Select, TextField } from '../../../ui/field.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { usePick } from '../../../words/language.tsx'
import '../../cashier/cashier.css'
import { useSettledWords } from '../words.ts'
import { EMPTY_LINE, lineOfTyped, linesOfFile, type ClaimLine, type TypedLine } from './draft.ts'
import { useSettleWords } from './settle-words.ts'

const FOUND_MOST = 8
const HUNDREDTHS = 100

/** The lines of the bill so far, with their sum. */
export const ChosenLines = ({ lines, onRemove }: { lines: readonly ClaimLine[]; onRemove: (at: number) => void }) => {
  const words = useSettleWords()
  const shared = useSettledWords()
  const detailOf = ({ code, list, selfShareBp, priceFen, count }: ClaimLine): string =>
    [
      list === undefined ? null : (shared.classes[list] ?? list),
      (selfShareBp ?? 0) > 0 ? `${shared.preSelf} ${Number(selfShareBp) / HUNDREDTHS}%` : null,
      priceFen !== undefined && count !== undefined ? `${shared.yuan(priceFen)} × ${count}` : null,
      code,
    ]
      .filter(Boolean)
      .join(' · ')
  return (
    <Card title={words.lines}>
      {lines.length === 0 && <p className="soft">{words.noLines}</p>}
      {lines.length > 0 && (
        <ul className="receipt" aria-label={words.lines}>
          {lines.map((line, at) => {
            const name = line.zh ?? line.name ?? line.category ?? String(at + 1)
            return (
              <li key={`${at} ${name}`}>
                <span>
                  {name}
                  <span className="soft small breaks">{detailOf(line)}</span>
                </span>
                <span className="along">
                  <span className="figures">{shared.yuan(line.amountFen)}</span>
                  <IconButton label={words.removeLine(name)} icon="cross" onClick={() => onRemove(at)} />
                </span>
              </li>
            )
          })}
          <li className="receipt-sum">
            <span>{words.total}</span>
            <span className="figures">{shared.yuan(lines.reduce((sum, { amountFen }) => sum + amountFen, 0))}</span>
          </li>
        </ul>
      )}
    </Card>
  )
}

type EntryProps = { onAdd: (line: ClaimLine) => void; onReplace: (lines: readonly ClaimLine[]) => void }

/** A line looked up or typed, or all of them from a file. */
export const LineEntry = ({ onAdd, onReplace }: EntryProps) => {
  const words = useSettleWords()
  const shared = useSettledWords()
  const [typed, setTyped] = useState<TypedLine>(EMPTY_LINE)
  const [tried, setTried] = useState(false)
  const change = (part: Partial<TypedLine>) => setTyped((before) => ({ ...before, ...part }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    const line = lineOfTyped(typed)
    if (line === null) return
    onAdd(line)
    setTyped({ ...EMPTY_LINE, list: typed.list })
    setTried(false)
  }
  const classes = Object.entries(shared.classes).map(([value, label]) => ({ value, label }))
  return (
    <Card title={words.line}>
      <div className="stack">
        <form className="stack" onSubmit={submit}>
        <Catalogue onTake={(code, name) => change({ code, name })} />
        <div className="line-fields">
          <TextField label={words.lineName} maxLength={120} value={typed.name} onChange={(name) => change({ name })} />
          <TextField label={words.lineCode} maxLength={40} value={typed.code} onChange={(code) => change({ code })} />
          <Select label={words.list} choices={classes} value={typed.list} onChange={(list) => change({ list })} />
          <TextField label={words.price} inputMode="decimal" maxLength={11} value={typed.price} onChange={(price) => change({ price })} />
          <TextField label={words.count} inputMode="numeric" maxLength={4} value={typed.count} onChange={(count) => change({ count })} />
          {typed.list === 'B' && (
            <TextField label={words.selfShare} inputMode="decimal" maxLength={6} value={typed.selfShare} onChange={(selfShare) => change({ selfShare })} />
          )}
        </div>
        {tried && lineOfTyped(typed) === null && <p className="field-error">{words.lineWrong}</p>}
        <div className="along">
          <Button submit icon="plus">
            {words.line}
          </Button>
        </div>
      </form>
      <FileField onReplace={onReplace} />
      </div>
    </Card>
  )
} // prettier-ignore

/** The insurer's catalogue, searched by name or code. */
const Catalogue = ({ onTake }: { onTake: (code: string, name: string) => void }) => {
  const words = useSettleWords()
  const pick = usePick()
  const [text, setText] = useState('')
  const search = useDeferredValue(text.trim())
  const { data } = useApi('audit-rules.items', { search }, { enabled: search !== '' })
  const found = search === '' ? [] : (data?.items ?? []).slice(0, FOUND_MOST)
  return (
    <div className="stack tight">
      <Field label={words.search} hint={words.searchHint}>
        {(wiring) => (
          <input {...wiring} type="search" autoComplete="off" value={text} onChange={(event) => setText(event.target.value)} />
        )}
      </Field>
      {search !== '' && data !== undefined && found.length === 0 && <p className="soft small">{words.searchNone}</p>}
      {found.length > 0 && (
        <div className="usual-lines">
          {found.map(({ code, zh, en }) => (
            <Button
              key={code}
              small
              onClick={() => {
                onTake(code, zh)
                setText('')
              }}
            >
              {`${pick({ zh, ...(en === null ? {} : { en }) })} · ${code}`}
            </Button>
          ))}
        </div>
      )}
    </div>
  )
}

const FileField = ({ onReplace }: Pick<EntryProps, 'onReplace'>) => {
  const words = useSettleWords()
  const toast = useToast()
  const [isWrong, setWrong] = useState(false)
  const read = async (file: File | undefined) => {
    if (file === undefined) return
    const lines = linesOfFile(await file.text())
    setWrong(lines === null)
    if (lines === null) return
    onReplace(lines)
    toast({ text: words.fileRead(lines.length) })
  }
  return (
    <Field label={words.file} hint={words.fileHint} error={isWrong ? words.fileWrong : undefined}>
      {(wiring) => <input {...wiring} type="file" accept=".json,application/json" onChange={(event) => void read(event.target.files?.[0])} />}
    </Field>
  )
} // prettier-ignore
