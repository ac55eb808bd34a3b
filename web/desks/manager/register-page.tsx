import { useState } from 'react'
import { showable } from '../../api/api-error.ts'
import { fetchQuery } from '../../api/client.ts'
import { useApi } from '../../api/use-api.ts'
import { Page } from '../../shell/desk-frame.tsx'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { DataTable, type Column } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Select, TextField } from '../../ui/field.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { formatInstant } from '../../ui/time-format.ts'
import { useToast } from '../../ui/toast.tsx'
import { useServerNow } from '../../ui/use-server-now.ts'
import { usePick } from '../../words/language.tsx'
import { download } from '../referral-desk/download.ts'
import { EntryDetail } from './entry-detail.tsx'
import { EntryForm } from './entry-form.tsx'
import { FieldValue } from './field-value.tsx'
import { ImportDialog } from './import-dialog.tsx'
import { useNames, type NameOf } from './names.tsx'
import { queryOf, type Entry, type Listed, type RegisterName } from './registers.ts'
import { useManagerWords } from './words.ts'

type Whose = 'own' | 'all'
type Doing = { does: 'reads'; id: string | null } | { does: 'proposes' } | { does: 'corrects'; id: string }

const idOf = ({ org, entry, version }: Entry): string => `${org}/${entry}/${version}`
const shownMost = 300

/** One register, whichever it is: what stands on a day and what waits, one entry beside, and every act that it knows. */
export const RegisterPage = ({ name }: { name: RegisterName }) => {
  const words = useManagerWords()
  const [day, setDay] = useState('')
  const [whose, setWhose] = useState<Whose>('all')
  const [doing, setDoing] = useState<Doing>({ does: 'reads', id: null })
  const looked = { ...(day === '' ? {} : { day }), ...(whose === 'all' ? { org: 'all' } : {}) }
  const asked = useApi(queryOf(name, 'list'), looked)
  const listed = asked.data as Listed | undefined
  const now = formatInstant(useServerNow()).slice(0, 10)
  const isClosed = asked.error?.status === 403 || asked.error?.status === 404
  return (
    <Page
      title={words.registers[name]}
      {...(listed === undefined ? {} : { lead: words.basis(listed.basis) })}
      acts={
        listed !== undefined && (
          <PageActs name={name} listed={listed} looked={looked} onPropose={() => setDoing({ does: 'proposes' })} />
        )
      }
    >
      {/* A form that is open stays open: nothing else is looked at meanwhile. */}
      <div className="register-tools" hidden={doing.does !== 'reads'}>
        <TextField label={words.asOf} type="date" value={day === '' ? now : day} onChange={setDay} />
        <Select
          label={words.whose}
          choices={[
            { value: 'all', label: words.everybodys },
            { value: 'own', label: words.ownAndRegion },
          ]}
          value={whose}
          onChange={setWhose}
        />
      </div>
      {isClosed && <EmptyState kind="no-right" />}
      {asked.error !== null && !isClosed && <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />}
      {listed === undefined && asked.error === null && <Skeleton lines={8} />}
      {listed !== undefined && <Opened name={name} listed={listed} doing={doing} onDo={setDoing} />}
    </Page>
  )
}

type Looked = { day?: string; org?: string }
type PageActsProps = { name: RegisterName; listed: Listed; looked: Looked; onPropose: () => void }

const PageActs = ({ name, listed, looked, onPropose }: PageActsProps) => {
  const words = useManagerWords()
  const toast = useToast()
  const pick = usePick()
  const [imports, setImports] = useState(false)
  const save = async () => {
    try {
      const { csv } = await fetchQuery(queryOf(name, 'export'), { format: 'csv', ...looked })
      download([csv ?? ''], `${name}-${listed.day}.csv`, 'text/csv')
    } catch (thrown) {
      toast({ text: pick(showable(thrown).body), tone: 'danger' })
    }
  }
  return (
    <>
      {listed.mayWrite && (
        <Button tone="primary" icon="plus" onClick={onPropose}>
          {words.acts.propose}
        </Button>
      )}
      {listed.mayWrite && <Button onClick={() => setImports(true)}>{words.acts.import}</Button>}
      <Button onClick={() => void save()}>{words.acts.export}</Button>
      <ImportDialog name={name} fields={listed.fields} open={imports} onClose={() => setImports(false)} />
    </>
  )
}

type OpenedProps = { name: RegisterName; listed: Listed; doing: Doing; onDo: (doing: Doing) => void }

const Opened = ({ name, listed, doing, onDo }: OpenedProps) => {
  const nameOf = useNames(listed.fields, listed.entries)
  const close = () => onDo({ does: 'reads', id: null })
  if (doing.does === 'proposes') return <EntryForm name={name} listed={listed} nameOf={nameOf} entry={null} onClose={close} />
  return <Entries name={name} listed={listed} nameOf={nameOf} doing={doing} onDo={onDo} />
}

type EntriesProps = {
  name: RegisterName
  listed: Listed
  nameOf: NameOf
  doing: Exclude<Doing, { does: 'proposes' }>
  onDo: (doing: Doing) => void
}

const textOf = (entry: Entry, listed: Listed, nameOf: NameOf, pick: ReturnType<typeof usePick>): string => {
  const names = listed.fields.map(({ name, means, choices }) => {
    const value = entry.body[name]
    if (typeof value !== 'string') return ''
    const choice = choices.find((one) => one.value === value)
    return choice ? pick(choice.words) : nameOf(means, value)
  })
  return `${entry.entry} ${names.join(' ')} ${JSON.stringify(entry.body)}`.toLowerCase()
}

const Entries = ({ name, listed, nameOf, doing, onDo }: EntriesProps) => {
  const words = useManagerWords()
  const pick = usePick()
  const [tab, setTab] = useState<'in-force' | 'proposed'>('in-force')
  const [text, setText] = useState('')
  const ofTab = listed.entries.filter(({ state }) => state === tab)
  const wanted = text.trim().toLowerCase()
  const found = wanted === '' ? ofTab : ofTab.filter((entry) => textOf(entry, listed, nameOf, pick).includes(wanted))
  const open = found.find((entry) => idOf(entry) === doing.id)
  const count = (state: Entry['state']) => listed.entries.filter((one) => one.state === state).length
  const tabs = [
    { key: 'in-force', label: words.tabs.inForce, count: count('in-force') },
    ...(listed.fourEyes ? [{ key: 'proposed' as const, label: words.tabs.waiting, count: count('proposed') }] : []),
  ] as const
  const panel = (
    <div className="stack">
      <SearchBox label={words.filter} value={text} onChange={setText} />
      {found.length === 0 ? (
        <EmptyState kind={wanted === '' ? 'none' : 'filtered'} />
      ) : (
        <DataTable
          caption={words.registers[name]}
          columns={columnsOf(listed, nameOf, pick, words.periodWord, words.period)}
          rows={found.slice(0, shownMost)}
          idOf={idOf}
          openId={open === undefined ? null : idOf(open)}
          onOpen={(entry) => onDo({ does: 'reads', id: idOf(entry) })}
        />
      )}
      {found.length > shownMost && <p className="soft small">{words.more(found.length - shownMost)}</p>}
    </div>
  )
  return (
    <div className="register-beside">
      <Tabs label={words.registers[name]} tabs={tabs} shown={tab} onShow={setTab}>
        {panel}
      </Tabs>
      {open !== undefined && doing.does === 'corrects' && (
        <EntryForm
          key={idOf(open)}
          name={name}
          listed={listed}
          nameOf={nameOf}
          entry={open}
          onClose={() => onDo({ does: 'reads', id: idOf(open) })}
        />
      )}
      {open !== undefined && doing.does === 'reads' && (
        <EntryDetail
          key={idOf(open)}
          name={name}
          listed={listed}
          entry={open}
          nameOf={nameOf}
          onCorrect={() => onDo({ does: 'corrects', id: idOf(open) })}
          onDone={() => onDo({ does: 'reads', id: null })}
        />
      )}
    </div>
  )
}

const columnsMost = 4

/** The first fields that say something in a line; lists and long texts are read in the entry itself. */
const columnsOf = (
  listed: Listed,
  nameOf: NameOf,
  pick: ReturnType<typeof usePick>,
  periodTitle: string,
  period: (from: string, until: string | null) => string,
): Column<Entry>[] => [
  ...listed.fields
    .filter(({ kind, means }) => kind !== 'list' && means !== 'long-text')
    .slice(0, columnsMost)
    .map((field) => ({
      key: field.name,
      title: pick(field.words),
      numeric: field.kind === 'number',
      cell: ({ body }: Entry) =>
        field.kind === 'yes-no' ? (
          <Chip tone={body[field.name] === true ? 'good' : 'quiet'}>
            <FieldValue field={field} value={body[field.name]} nameOf={nameOf} />
          </Chip>
        ) : (
          <FieldValue field={field} value={body[field.name]} nameOf={nameOf} />
        ),
    })),
  { key: 'period', title: periodTitle, cell: ({ from, until }) => <span className="figures">{period(from, until)}</span> },
]
