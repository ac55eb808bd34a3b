import { useState } from 'react'
import { DISCHARGE_COLUMNS, partsOfTable } from '../../../../src/modules/fund/contract.ts'
import type { Commands } from '../../../api/api-types.ts'
import { useCommand } from '../../../api/use-api.ts'
import { Button } from '../../../ui/button.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { Field } from '../../../ui/field.tsx'
import { FormDialog } from '../../../ui/form-dialog.tsx'
import { List, PlainRow } from '../../../ui/list.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { useLanguage, usePick } from '../../../words/language.tsx'
import { download } from '../../referral-desk/download.ts'
import { useTableWords } from './send-table-words.ts'

type Answer = Commands['fund.import-discharges']['answer']
type Fault = Answer['faults'][number]
type Checked = {
  readonly text: string
  readonly taken: number
  readonly known: number
  readonly bad: number
  readonly faults: readonly Fault[]
}
type Progress = { readonly isSending: boolean; readonly done: number; readonly all: number }

const FAULTS_SHOWN = 50

/** The text of a file as spreadsheets write it; null where it is none. */
const textOf = async (file: File): Promise<string | null> => {
  const bytes = await file.arrayBuffer()
  for (const encoding of ['utf-8', 'gb18030'])
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes)
    } catch {
      continue
    }
  return null
}

/** Discharges from a table: checked whole before anything is taken, part by part, so that a long file fits. */
export const SendTable = () => {
  const words = useTableWords()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button icon="plus" onClick={() => setOpen(true)}>
        {words.open}
      </Button>
      {isOpen && <TableDialog onClose={() => setOpen(false)} />}
    </>
  )
}

const TableDialog = ({ onClose }: { onClose: () => void }) => {
  const words = useTableWords()
  const language = useLanguage()
  const toast = useToast()
  const send = useCommand('fund.import-discharges')
  const [progress, setProgress] = useState<Progress | null>(null)
  const [checked, setChecked] = useState<Checked | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  /** Sends every part of a table, one after the other; what they came to together. */
  const each = async (text: string, isSending: boolean): Promise<Checked> => {
    const parts = partsOfTable(text)
    const whole = { text, taken: 0, known: 0, bad: 0, faults: [] as Fault[] }
    for (const [at, part] of parts.entries()) {
      setProgress({ isSending, done: at + 1, all: parts.length })
      const { taken, known, bad, faults } = await send.mutateAsync({ ...part, dryRun: !isSending, goodRows: isSending })
      whole.taken += taken
      whole.known += known
      whole.bad += bad
      whole.faults.push(...faults)
    }
    return whole
  }
  const check = async (file: File | undefined) => {
    setChecked(null)
    if (file === undefined) return
    const text = await textOf(file)
    setProblem(text === null ? words.notText : null)
    if (text !== null) await each(text, false).then(setChecked, () => {})
    setProgress(null)
  }
  const take = async () => {
    if (checked === null || checked.taken === 0) return setProblem(checked === null ? words.choose : words.nothing)
    await each(checked.text, true).then(
      ({ taken }) => {
        toast({ text: words.taken(taken) })
        onClose()
      },
      () => {},
    )
    setProgress(null)
  }
  const isBad = (checked?.bad ?? 0) > 0
  const heading = DISCHARGE_COLUMNS.map((column) => column[language]).join(',')
  return (
    <FormDialog
      title={words.title}
      cancel={words.cancel}
      act={isBad ? words.takeGood(checked?.taken ?? 0) : words.take(checked?.taken ?? 0)}
      busy={progress !== null}
      onAct={() => void take()}
      onClose={onClose}
    >
      <div className="stack">
        <p className="soft">{words.why}</p>
        <div className="along">
          <Button small onClick={() => download([`\uFEFF${heading}\r\n`], words.templateName, 'text/csv')}>
            {words.template}
          </Button>
        </div>
        <Field label={words.file} hint={words.fileHint} error={problem ?? undefined}>
          {(wiring) => <input {...wiring} type="file" accept=".csv,.txt,text/csv" onChange={(event) => void check(event.target.files?.[0])} />}
        </Field>
        {send.error !== null && <ErrorNote error={send.error} />}
        <div aria-live="polite">
          {progress !== null && <p className="soft">{(progress.isSending ? words.sending : words.checking)(progress.done, progress.all)}</p>}
          {checked !== null && progress === null && (
            <div className="stack">
              <p>{words.found(checked.taken, checked.known)}</p>
              {isBad && <p className="field-error">{words.bad(checked.bad)}</p>}
              {checked.faults.length > 0 && <Faults faults={checked.faults} />}
            </div>
          )}
        </div>
      </div>
    </FormDialog>
  )
} // prettier-ignore

const Faults = ({ faults }: { faults: readonly Fault[] }) => {
  const words = useTableWords()
  const pick = usePick()
  return (
    <>
      <List label={words.faults}>
        {faults.slice(0, FAULTS_SHOWN).map((fault) => (
          <PlainRow key={`${fault.line} ${fault.column} ${fault.zh}`} title={words.line(fault.line)} lines={pick(fault)} />
        ))}
      </List>
      {faults.length > FAULTS_SHOWN && <p className="soft small">{words.more(faults.length - FAULTS_SHOWN)}</p>}
    </>
  )
}
