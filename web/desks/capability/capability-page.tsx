import { useState } from 'react'
import { useSearchParams } from 'wouter'
import { useApi } from '../../api/use-api.ts'
import { Page } from '../../shell/desk-frame.tsx'
import { useActor } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Chip, type ChipTone } from '../../ui/chip.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Select } from '../../ui/field.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { usePick } from '../../words/language.tsx'
import './capability.css'
import { DeclareDialog } from './declare-dialog.tsx'
import { PlaceField } from './place-field.tsx'
import { ended, filtered, kinds, standing, type Grade, type Kind, type Told, type Version } from './said.ts'
import { useCapabilityWords } from './words.ts'
import { WithdrawDialog } from './withdraw-dialog.tsx'

/**
 * What an institution declares that it can treat and has: declared, changed and taken back, each from a day. A hospital's desk speaks for
 * its own; whoever manages chooses the institution, which stands in the page's address.
 */
export const CapabilityPage = () => {
  const words = useCapabilityWords()
  const { role, institution } = useActor()
  const [search, setSearch] = useSearchParams()
  const chosen = search.get('institution') ?? institution?.id ?? ''
  const mayChoose = role !== 'referral-desk' && role !== 'ward'
  return (
    <Page title={words.title} lead={words.lead}>
      {mayChoose && <PlaceField value={chosen} onPick={(id) => setSearch({ institution: id }, { replace: true })} />}
      {chosen !== '' && <Declarations key={chosen} institution={chosen} mayDeclare={role !== 'ward'} />}
    </Page>
  )
}

const Declarations = ({ institution, mayDeclare }: { institution: string; mayDeclare: boolean }) => {
  const words = useCapabilityWords()
  const pick = usePick()
  const asked = useApi('navigation.capabilities', { institution })
  const [open, setOpen] = useState<{ before: Version | null } | null>(null)
  const [withdrawing, setWithdrawing] = useState<Version | null>(null)
  const told = asked.data
  if (told === undefined)
    return asked.error === null ? <Skeleton lines={8} /> : <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />
  return (
    <div className="stack">
      <div className="along apart">
        <h2>{words.ofPlace(pick(told.institution.name))}</h2>
        {mayDeclare && (
          <Button tone="primary" icon="plus" onClick={() => setOpen({ before: null })}>
            {words.declare}
          </Button>
        )}
      </div>
      <Standing
        told={told}
        onChange={mayDeclare ? (before) => setOpen({ before }) : null}
        onWithdraw={mayDeclare ? setWithdrawing : null}
      />
      <History told={told} />
      {open !== null && <DeclareDialog told={told} before={open.before} onClose={() => setOpen(null)} />}
      {withdrawing !== null && <WithdrawDialog said={withdrawing} day={told.day} onClose={() => setWithdrawing(null)} />}
    </div>
  )
}

const toneOf: Readonly<Record<Grade, ChipTone>> = { full: 'good', limited: 'warning', none: 'danger' }

const GradeChip = ({ said: { about, grade } }: { said: Version }) => {
  const words = useCapabilityWords()
  const names = about === 'specialty' || about === 'condition' ? words.grades : words.thingGrades
  return <Chip tone={toneOf[grade]}>{names[grade]}</Chip>
}

type Act = ((said: Version) => void) | null

const Standing = ({ told, onChange, onWithdraw }: { told: Told; onChange: Act; onWithdraw: Act }) => {
  const words = useCapabilityWords()
  const [kind, setKind] = useState<Kind | 'all'>('all')
  const [text, setText] = useState('')
  const all = standing(told)
  const rows = filtered(all, kind === 'all' ? '' : kind, text)
  if (all.length === 0) return <EmptyState kind="none" title={words.none} why={words.noneWhy} />
  return (
    <>
      <div className="capability-tools">
        <Select
          label={words.kindFilter}
          choices={[
            { value: 'all', label: `${words.all} ${all.length}` },
            ...kinds.map((one) => ({ value: one, label: `${words.kinds[one]} ${filtered(all, one, '').length}` })),
          ]}
          value={kind}
          onChange={setKind}
        />
        <SearchBox label={words.find} value={text} onChange={setText} />
      </div>
      {rows.length === 0 ? (
        <EmptyState
          kind="filtered"
          title={words.nothingFits}
          why={words.nothingFitsWhy}
          action={
            <Button
              onClick={() => {
                setKind('all')
                setText('')
              }}
            >
              {words.clear}
            </Button>
          }
        />
      ) : (
        <Rows rows={rows} day={told.day} onChange={onChange} onWithdraw={onWithdraw} />
      )}
    </>
  )
}

const Rows = ({ rows, day, onChange, onWithdraw }: { rows: readonly Version[]; day: string; onChange: Act; onWithdraw: Act }) => {
  const words = useCapabilityWords()
  const pick = usePick()
  return (
    <ul className="capability-rows">
      {rows.map((said) => (
        <li key={said.id}>
          <div className="capability-what">
            <p className="along">
              <span className="soft small">{words.kinds[said.about]}</span>
              <strong>{pick(said.name)}</strong>
              <GradeChip said={said} />
              {said.from > day && <Chip tone="calm">{words.future(said.from)}</Chip>}
            </p>
            <p className="soft small">
              <span className="figures">{said.from}</span> · {said.source}
              {said.note !== null && ` · ${said.note}`}
            </p>
          </div>
          <div className="along">
            {onChange !== null && (
              <Button small aria-label={words.changeFor(pick(said.name))} onClick={() => onChange(said)}>
                {words.change}
              </Button>
            )}
            {onWithdraw !== null && said.until === null && (
              <Button small aria-label={words.withdrawFor(pick(said.name))} onClick={() => onWithdraw(said)}>
                {words.withdraw}
              </Button>
            )}
          </div>
        </li>
      ))}
    </ul>
  )
}

const History = ({ told }: { told: Told }) => {
  const words = useCapabilityWords()
  const pick = usePick()
  const rows = ended(told)
  return (
    <details className="capability-history">
      <summary>
        {words.history} <span className="soft small figures">{rows.length}</span>
      </summary>
      {rows.length === 0 ? (
        <p className="soft">{words.noHistory}</p>
      ) : (
        <DataTable
          caption={words.historyCaption}
          columns={[
            { key: 'what', title: words.what, cell: (one) => `${words.kinds[one.about]} · ${pick(one.name)}` },
            { key: 'grade', title: words.grade, cell: (one) => <GradeChip said={one} /> },
            { key: 'from', title: words.since, cell: ({ from }) => <span className="figures">{from}</span> },
            { key: 'until', title: words.until, cell: ({ until }) => <span className="figures">{until}</span> },
            {
              key: 'why',
              title: words.source,
              cell: ({ source, withdrawnWhy }) =>
                `${source} · ${withdrawnWhy === null ? words.replaced : words.withdrawn(withdrawnWhy)}`,
            },
          ]}
          rows={rows}
          idOf={({ id }) => id}
        />
      )}
    </details>
  )
}
