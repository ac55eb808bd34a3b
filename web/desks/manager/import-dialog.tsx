import { useState } from 'react'
import { useCommand } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field as Labelled, TextArea } from '../../ui/field.tsx'
import { useToast } from '../../ui/toast.tsx'
import { usePick } from '../../words/language.tsx'
import { download } from '../referral-desk/download.ts'
import { commandOf, type Field, type RegisterName } from './registers.ts'
import { useManagerWords } from './words.ts'

type Tried = {
  row: number
  entry: string | null
  does: 'add' | 'correct' | 'nothing' | 'refused'
  column: string | null
  zh: string | null
  en: string | null
}

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`
const byteOrderMark = '\uFEFF'

/** The sheet of faults, to be put right beside the file itself. */
export const sheetOf = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  byteOrderMark + [head, ...rows].map((row) => row.map(quoted).join(',')).join('\r\n')

const columnsOf = (fields: readonly Field[], path = ''): string[] =>
  fields.flatMap(({ name, kind, parts }) => (kind === 'group' ? columnsOf(parts, `${path}${name}.`) : [`${path}${name}`]))

/** Import in three steps: a file or pasted text, what each row would do, and, when nothing is wrong, the import itself. */
export const ImportDialog = ({
  name,
  fields,
  open,
  onClose,
}: {
  name: RegisterName
  fields: readonly Field[]
  open: boolean
  onClose: () => void
}) => {
  const words = useManagerWords()
  const toast = useToast()
  const [csv, setCsv] = useState('')
  const [tried, setTried] = useState<readonly Tried[] | null>(null)
  const run = useCommand(commandOf(name, 'import'))
  const change = (text: string) => {
    setCsv(text)
    setTried(null)
  }
  const close = () => {
    change('')
    run.reset()
    onClose()
  }
  const tryFirst = () => run.mutate({ csv, dryRun: true }, { onSuccess: (answer) => setTried(answer.tried ?? []) })
  const confirm = () =>
    run.mutate({ csv, dryRun: false }, {
      onSuccess: ({ added, unchanged }) => {
        toast({ text: words.imports.done(added, unchanged) })
        close()
      },
    }) // prettier-ignore
  const isGood = tried !== null && tried.length > 0 && tried.every(({ does }) => does !== 'refused')
  return (
    <Dialog
      title={words.imports.title}
      open={open}
      onClose={close}
      actions={
        <>
          <Button onClick={close}>{words.close}</Button>
          {isGood ? (
            <Button tone="primary" busy={run.isPending} onClick={confirm}>
              {words.imports.confirm}
            </Button>
          ) : (
            <Button tone="primary" busy={run.isPending} disabled={csv.trim() === ''} onClick={tryFirst}>
              {words.imports.tryFirst}
            </Button>
          )}
        </>
      }
    >
      <div className="stack">
        <p className="soft small">{words.imports.lead}</p>
        <p className="small">
          <code>{['from', 'until', ...columnsOf(fields)].join(',')}</code>
        </p>
        <Labelled label={words.imports.file}>
          {(wiring) => (
            <input
              type="file"
              accept=".csv,text/csv"
              {...wiring}
              onChange={(event) => void event.target.files?.[0]?.text().then(change)}
            />
          )}
        </Labelled>
        <TextArea label={words.imports.text} value={csv} onChange={change} />
        {run.error !== null && <ErrorNote error={run.error} />}
        {tried !== null && <TriedRows tried={tried} name={name} />}
      </div>
    </Dialog>
  )
}

const tones = { add: 'good', correct: 'calm', nothing: 'quiet', refused: 'danger' } as const

const TriedRows = ({ tried, name }: { tried: readonly Tried[]; name: RegisterName }) => {
  const words = useManagerWords()
  const pick = usePick()
  const faults = tried.filter(({ does }) => does === 'refused')
  const said = ({ zh, en }: Tried) => (zh === null ? '' : pick({ zh, en }))
  const save = () => {
    const rows = faults.map((one) => [String(one.row), one.column ?? '', said(one)])
    download([sheetOf([words.imports.row, words.imports.column, words.imports.fault], rows)], `${name}-errors.csv`, 'text/csv')
  }
  return (
    <div className="stack tight">
      <output>
        {faults.length === 0
          ? words.imports.allGood(tried.length)
          : words.imports.faults(new Set(faults.map(({ row }) => row)).size)}
      </output>
      {faults.length > 0 && (
        <div className="along">
          <Button small onClick={save}>
            {words.imports.errorSheet}
          </Button>
        </div>
      )}
      <DataTable
        caption={words.imports.result}
        columns={[
          { key: 'row', title: words.imports.row, numeric: true, width: '4rem', cell: ({ row }) => row },
          {
            key: 'does',
            title: words.imports.does,
            cell: ({ does }) => <Chip tone={tones[does]}>{words.imports.doing[does]}</Chip>,
          },
          { key: 'entry', title: words.imports.entry, cell: (one) => one.entry ?? said(one) },
        ]}
        rows={tried}
        idOf={({ row, column, zh }) => `${row}-${column}-${zh}`}
      />
    </div>
  )
}
