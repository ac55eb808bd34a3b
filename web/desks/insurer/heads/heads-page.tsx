import { useState, type ReactNode } from 'react'
import type { Queries } from '../../../api/api-types.ts'
import { useApi } from '../../../api/use-api.ts'
import { Page } from '../../../shell/desk-frame.tsx'
import { useActor } from '../../../shell/session.tsx'
import { Card, Facts } from '../../../ui/card.tsx'
import { Chip, type ChipTone } from '../../../ui/chip.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { Select } from '../../../ui/field.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { usePick } from '../../../words/language.tsx'
import { useAmounts, WorkedOut } from '../worked-out.tsx'
import { ContractActs, TakeBackEntry } from './contract-acts.tsx'
import { ProposeHeads } from './propose-heads.tsx'
import { useHeadsWords } from './words.ts'

type Row = Queries['fund.heads']['answer']['contracts'][number]
type Contract = Queries['fund.head-contract']['answer']

const YEARS_SHOWN = 3
const toneOf: Record<Row['state'], ChipTone> = {
  proposed: 'warning',
  running: 'calm',
  returned: 'quiet',
  closing: 'warning',
  closed: 'good',
}
const SHARES = ['surplusKept', 'overrunBorne'] as const

/** Contracts by the head of a year: each with its people, spend and what is left; an institution sees its own. */
export const HeadsPage = () => {
  const words = useHeadsWords()
  const [year, setYear] = useState<number>()
  const { data, error, refetch } = useApi('fund.heads', year === undefined ? {} : { year })
  const [newest, setNewest] = useState<number>()
  if (newest === undefined && data !== undefined) setNewest(data.year)
  const shownYear = year ?? newest
  return (
    <Page title={words.title} lead={words.lead}>
      {shownYear !== undefined && newest !== undefined && (
        <div className="fund-choices">
          <Select
            label={words.year}
            choices={Array.from({ length: YEARS_SHOWN }, (_none, at) => String(newest - at)).map((value) => ({
              value,
              label: value,
            }))}
            value={String(shownYear)}
            onChange={(chosen) => setYear(Number(chosen))}
          />
        </div>
      )}
      {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && <Skeleton lines={8} />}
      {data !== undefined && <Contracts key={data.year} year={data.year} contracts={data.contracts} />}
    </Page>
  )
}

const Contracts = ({ year, contracts }: { year: number; contracts: readonly Row[] }) => {
  const words = useHeadsWords()
  const pick = usePick()
  const { yuan, count } = useAmounts()
  const proposes = useActor().role === 'insurer' && <ProposeHeads year={year} />
  const [chosen, setChosen] = useState<string | null>(null)
  const open = contracts.find(({ contract }) => contract === chosen) ?? contracts[0]
  if (open === undefined)
    return (
      <>
        {proposes && <div className="along">{proposes}</div>}
        <EmptyState kind="none" title={words.none} why={words.noneWhy} />
      </>
    )
  return (
    <>
      <Card title={words.contracts(year)} aside={proposes}>
        <div className="wide-table">
          <DataTable
            caption={words.contractsTable}
            columns={[
              { key: 'institution', title: words.institution, width: '12rem', cell: (row: Row) => pick(row.institution) },
              { key: 'group', title: words.group, width: '10rem', cell: (row) => pick(row) },
              { key: 'people', title: words.people, numeric: true, width: '6rem', cell: ({ people }) => count(people) },
              { key: 'paid', title: words.paid, numeric: true, width: '9rem', cell: ({ paidFen }) => yuan(paidFen) },
              { key: 'spent', title: words.spent, numeric: true, width: '9rem', cell: ({ spendFen }) => yuan(spendFen) },
              { key: 'balance', title: words.balance, numeric: true, width: '9rem', cell: ({ balanceFen }) => yuan(balanceFen) },
              {
                key: 'state',
                title: words.state,
                width: '11rem',
                cell: ({ state }) => <Chip tone={toneOf[state]}>{words.states[state]}</Chip>,
              },
            ]}
            rows={contracts}
            idOf={({ contract }) => contract}
            openId={open.contract}
            onOpen={({ contract }) => setChosen(contract)}
          />
        </div>
      </Card>
      <OneContract key={open.contract} org={open.org} contract={open.contract} />
    </>
  )
}

const OneContract = ({ org, contract }: { org: string; contract: string }) => {
  const { data, error, refetch } = useApi('fund.head-contract', { org, contract })
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Skeleton lines={8} />
  return (
    <>
      <Standing contract={data} />
      <Months contract={data} />
      <Entries contract={data} />
    </>
  )
}

const Standing = ({ contract }: { contract: Contract }) => {
  const words = useHeadsWords()
  const pick = usePick()
  const { yuan, count } = useAmounts()
  const { standing, state, priceFen, surplusKept, overrunBorne, basis, decidedBecause, closeBecause } = contract
  const worked = (fen: number, upTo: string) => (
    <WorkedOut
      steps={standing.steps.slice(0, standing.steps.findIndex(({ zh }) => zh.startsWith(upTo)) + 1)}
      names={words.names}
      shares={SHARES}
    >
      {yuan(fen)}
    </WorkedOut>
  )
  const ending: readonly (readonly [string, ReactNode])[] =
    standing.balanceFen >= 0
      ? [
          [words.kept, worked(standing.keptFen, '机构留用')],
          [words.back, worked(standing.backFen, '退回基金')],
        ]
      : [
          [words.borne, worked(standing.borneFen, '机构承担')],
          [words.fundBears, worked(standing.fundBearsFen, '基金补付')],
        ]
  return (
    <Card
      title={`${pick(contract.institution)} · ${pick(contract)} · ${contract.year}`}
      aside={<Chip tone={toneOf[state]}>{words.states[state]}</Chip>}
    >
      <div className="stack">
        <Facts
          facts={[
            [words.price, yuan(priceFen)],
            [words.surplus, words.surplusShared(surplusKept)],
            [words.overrun, words.overrunShared(overrunBorne)],
            [words.basis, basis],
            ...(decidedBecause === null ? [] : [[words.decided, decidedBecause] as const]),
            ...(closeBecause === null ? [] : [[words.closeDecided, closeBecause] as const]),
          ]}
        />
        <Facts
          facts={[
            [`${words.headMonths}（${words.through(standing.through)}）`, count(standing.headMonths)],
            [words.paid, worked(standing.paidFen, '按人头支付')],
            [words.spent, worked(standing.spendFen, '实际费用')],
            [words.balance, worked(standing.balanceFen, '结余')],
            ...ending,
          ]}
        />
        <ContractActs contract={contract} />
        <p className="soft">{words.from}</p>
      </div>
    </Card>
  )
}

const Months = ({ contract: { months } }: { contract: Contract }) => {
  const words = useHeadsWords()
  const { yuan, count } = useAmounts()
  return (
    <Card title={words.months}>
      <div className="wide-table whole-table">
        <DataTable
          caption={words.monthsTable}
          columns={[
            { key: 'month', title: words.month, cell: ({ month }: Contract['months'][number]) => words.monthNo(month) },
            { key: 'joins', title: words.joins, numeric: true, cell: ({ joins }) => count(joins) },
            { key: 'leaves', title: words.leaves, numeric: true, cell: ({ leaves }) => count(leaves) },
            { key: 'heads', title: words.people, numeric: true, cell: ({ heads }) => count(heads) },
            { key: 'spent', title: words.spent, numeric: true, cell: ({ spendFen }) => yuan(spendFen) },
          ]}
          rows={months}
          idOf={({ month }) => String(month)}
        />
      </div>
    </Card>
  )
}

const Entries = ({ contract }: { contract: Contract }) => {
  const words = useHeadsWords()
  const { yuan, count } = useAmounts()
  const takes = useActor().role === 'insurer' && contract.state === 'running'
  return (
    <Card title={words.entries}>
      {contract.entries.length === 0 ? (
        <p>{words.noEntries}</p>
      ) : (
        <div className="wide-table">
          <DataTable
            caption={words.entriesTable}
            columns={[
              {
                key: 'month',
                title: words.month,
                width: '5rem',
                cell: ({ month }: Contract['entries'][number]) => words.monthNo(month),
              },
              { key: 'joins', title: words.joins, numeric: true, width: '5rem', cell: ({ joins }) => count(joins) },
              { key: 'leaves', title: words.leaves, numeric: true, width: '5rem', cell: ({ leaves }) => count(leaves) },
              { key: 'spent', title: words.spent, numeric: true, width: '9rem', cell: ({ spendFen }) => yuan(spendFen) },
              {
                key: 'evidence',
                title: words.evidence,
                width: '14rem',
                cell: ({ evidence, reverses, isReversed }) =>
                  reverses !== null
                    ? `${words.reversal}：${evidence}`
                    : isReversed
                      ? `${evidence}（${words.reversed}）`
                      : evidence,
              },
              ...(takes
                ? [
                    {
                      key: 'back',
                      title: words.takeBack,
                      width: '7rem',
                      cell: (one: Contract['entries'][number]) => <TakeBackEntry contract={contract} entry={one} />,
                    },
                  ]
                : []),
            ]}
            rows={contract.entries.toReversed()}
            idOf={({ id }) => id}
          />
        </div>
      )}
    </Card>
  )
}
