import { useState } from 'react'
import type { Queries } from '../../../api/api-types.ts'
import { useApi } from '../../../api/use-api.ts'
import { Button } from '../../../ui/button.tsx'
import { Card, Facts } from '../../../ui/card.tsx'
import { Chip } from '../../../ui/chip.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { Select } from '../../../ui/field.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { usePick } from '../../../words/language.tsx'
import { Explained } from './steps.tsx'
import { useDipWords } from './words.ts'
import type { Year } from './year-part.tsx'

type Listed = Queries['fund.dip-cases']['answer']['cases'][number]
const KINDS = ['all', 'low', 'usual', 'high', 'ungrouped'] as const
type Kind = (typeof KINDS)[number]

/** The cases of a hospital's year; one opens its steps. */
export const CasesCard = ({ year, hospital }: { year: number; hospital: Year['hospitals'][number] }) => {
  const words = useDipWords()
  const pick = usePick()
  const [kind, setKind] = useState<Kind>('all')
  const [after, setAfter] = useState('')
  const [open, setOpen] = useState<string | null>(null)
  const asked = { year, org: hospital.org, ...(kind === 'all' ? {} : { kind }), ...(after === '' ? {} : { after }) }
  const { data, error, refetch } = useApi('fund.dip-cases', asked)
  const title = words.caseList(pick(hospital))
  const show = (one: Kind) => {
    setKind(one)
    setAfter('')
  }
  return (
    <Card title={title}>
      <div className="stack">
        <div className="dip-fields">
          <Select
            label={words.kind}
            choices={KINDS.map((value) => ({ value, label: words.kinds[value] }))}
            value={kind}
            onChange={show}
          />
        </div>
        {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
        {error === null && data === undefined && <Skeleton lines={6} />}
        {data?.cases.length === 0 && <EmptyState kind="none" title={words.noCases} />}
        {data !== undefined && data.cases.length > 0 && (
          <div className="wide-table">
            <CasesTable caption={words.tableOf(title)} cases={data.cases} open={open} onOpen={setOpen} />
          </div>
        )}
        <div className="along">
          {after !== '' && <Button onClick={() => setAfter('')}>{words.first}</Button>}
          {data?.more === true && <Button onClick={() => setAfter(data.cases.at(-1)?.number ?? '')}>{words.more}</Button>}
        </div>
      </div>
      {open !== null && <CaseDialog org={hospital.org} number={open} onClose={() => setOpen(null)} />}
    </Card>
  )
}

type TableProps = { caption: string; cases: readonly Listed[]; open: string | null; onOpen: (number: string) => void }
const CasesTable = ({ caption, cases, open, onOpen }: TableProps) => {
  const words = useDipWords()
  return (
    <DataTable
      caption={caption}
      columns={[
        { key: 'number', title: words.number, cell: (one: Listed) => <span className="dip-code">{one.number}</span> },
        {
          key: 'disease',
          title: words.disease,
          cell: ({ zh, diagnosis }) => (
            <span className="stack tight">
              {zh}
              <small className="dip-code soft">{diagnosis}</small>
            </span>
          ),
        },
        {
          key: 'kind',
          title: words.kind,
          cell: ({ kind, forExperts, isBack }) => (
            <span className="along">
              <Chip tone={kind === 'usual' ? 'quiet' : 'warning'}>{words.kinds[kind]}</Chip>
              {forExperts && <Chip tone="danger">{words.experts}</Chip>}
              {isBack && <Chip>{words.isBack}</Chip>}
            </span>
          ),
        },
        { key: 'cost', title: words.cost, numeric: true, cell: ({ costFen }) => words.yuan(costFen) },
        { key: 'score', title: words.points, numeric: true, cell: ({ scoreE4 }) => words.score(scoreE4) },
      ]}
      rows={cases}
      idOf={({ number }) => number}
      openId={open}
      onOpen={({ number }) => onOpen(number)}
    />
  )
}

const CaseDialog = ({ org, number, onClose }: { org: string; number: string; onClose: () => void }) => {
  const words = useDipWords()
  const { data, error } = useApi('fund.dip-case', { org, number })
  return (
    <Dialog title={words.caseTitle(number)} open onClose={onClose} actions={<Button onClick={onClose}>{words.close}</Button>}>
      {error !== null && <ErrorNote error={error} />}
      {error === null && data === undefined && <Skeleton lines={6} />}
      {data !== undefined && (
        <div className="stack">
          <Facts
            facts={[
              [words.disease, `${data.zh} ${data.diagnosis}`],
              [words.procedures, data.procedures.join('、') || words.noProcedures],
              [words.inGroup, data.group === null ? words.noGroup : `${data.group.zh} ${data.group.key}`],
              [words.stay, words.days(data.days)],
              [words.cost, words.yuan(data.costFen)],
              [words.points, words.score(data.scoreE4)],
            ]}
          />
          <Explained steps={data.steps} open>
            {words.how}
          </Explained>
        </div>
      )}
    </Dialog>
  )
}
