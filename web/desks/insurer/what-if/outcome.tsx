import type { AreaBook, BillPlace, Bin, Both, Tally, WhatIfOutcome } from '../../../../src/modules/settlement/what-if.ts'
import { Card } from '../../../ui/card.tsx'
import { DataTable, type Column } from '../../../ui/data-table.tsx'
import { useLayerName } from './layer-name.ts'
import type { Settled } from './trial.ts'
import { useWhatIfWords, type WhatIfWords } from './words.ts'

type Open = (place: BillPlace) => void

/** Who pays what before and after, by payer, by group, and how many people pay how much more or less. */
export const Outcome = ({ settled: { trial, outcome, tookMs }, onOpen }: { settled: Settled; onOpen: Open }) => {
  const words = useWhatIfWords()
  const refused = Object.values(outcome.refused).reduce((sum, one) => sum + one, 0)
  const books = Object.values(trial.books).map(({ after }) => after)
  return (
    <>
      <output className="stack tight">
        <p>{words.done(outcome.all.bills, outcome.persons, tookMs)}</p>
        {refused > 0 && <p>{words.refused(refused)}</p>}
      </output>
      <Payers payers={outcome.payers} books={books} />
      <Bins bins={outcome.bins} bills={outcome.all.bills} onOpen={onOpen} />
      <Groups outcome={outcome} onOpen={onOpen} />
    </>
  )
}

const Payers = ({ payers, books }: { payers: WhatIfOutcome['payers']; books: readonly AreaBook[] }) => {
  const words = useWhatIfWords()
  const layerName = useLayerName(books.find(({ layers }) => layers !== undefined))
  const last = ['hospital', 'person']
  const order = (name: string): number => (name === 'basic' ? -1 : last.indexOf(name) + 1)
  const rows = Object.entries(payers).sort(([one], [other]) => order(one) - order(other))
  return (
    <Card title={words.payers}>
      <DataTable
        caption={words.tableOf(words.payers)}
        columns={[
          { key: 'payer', title: words.payer, cell: ([name]: [string, Both]) => words.payerNames[name] ?? layerName(name) },
          ...sidesOf(words, ([, both]: [string, Both]) => both),
        ]}
        rows={rows}
        idOf={([name]) => name}
      />
    </Card>
  )
}

/** The columns of an amount as it is, as changed, and what lies between. */
const sidesOf = <R,>(words: WhatIfWords, of: (row: R) => Both): Column<R>[] => [
  { key: 'before', title: words.before, numeric: true, cell: (row) => words.yuan(of(row)[0]) },
  { key: 'after', title: words.after, numeric: true, cell: (row) => words.yuan(of(row)[1]) },
  {
    key: 'difference',
    title: words.difference,
    numeric: true,
    cell: (row) => <strong>{words.signed(of(row)[1] - of(row)[0])}</strong>,
  },
]

const Bins = ({ bins, bills, onOpen }: { bins: readonly Bin[]; bills: number; onOpen: Open }) => {
  const words = useWhatIfWords()
  const most = Math.max(1, ...bins.map((bin) => bin.bills))
  return (
    <Card title={words.bins}>
      <p className="soft small">{words.openBin}</p>
      <DataTable
        caption={words.tableOf(words.bins)}
        columns={[
          { key: 'bin', title: words.bin, cell: ({ fromFen, upToFen }: Bin) => words.binOf(fromFen, upToFen) },
          { key: 'bills', title: words.billCount, numeric: true, cell: (bin) => words.bills(bin.bills) },
          { key: 'bar', title: words.share, cell: (bin) => <Bar of={bin.bills} most={most} all={bills} /> },
          { key: 'sum', title: words.sum, numeric: true, cell: ({ fen }) => words.signed(fen) },
        ]}
        rows={bins}
        idOf={({ fromFen }) => String(fromFen)}
        onOpen={({ example }) => example !== null && onOpen(example)}
      />
    </Card>
  )
}

const PERCENT = 100
const Bar = ({ of, most, all }: { of: number; most: number; all: number }) => (
  <>
    <svg className="what-if-bar" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
      <rect width={(of / most) * PERCENT} height="12" />
    </svg>
    <span className="figures small">{((of / Math.max(1, all)) * PERCENT).toFixed(1)}%</span>
  </>
)

type Named = { readonly name: string; readonly tally: Tally }

const Groups = ({ outcome, onOpen }: { outcome: WhatIfOutcome; onOpen: Open }) => {
  const words = useWhatIfWords()
  const named = <K extends string>(groups: Partial<Record<K, Tally>>, names: Readonly<Record<K, string>>): Named[] =>
    (Object.keys(names) as K[]).flatMap((key) => {
      const tally = groups[key]
      return tally === undefined ? [] : [{ name: names[key], tally }]
    })
  return (
    [
      [words.groups.byInsured, named(outcome.byInsured, words.insured)],
      [words.groups.byLevel, named(outcome.byLevel, words.levels)],
      [words.groups.byCare, named(outcome.byCare, words.care)],
      [words.groups.byAid, named(outcome.byAid, words.aid)],
    ] as const
  ).map(([title, rows]) => (
    <Card key={title} title={title}>
      <p className="soft small">{words.open}</p>
      <DataTable
        caption={words.tableOf(title)}
        columns={[
          { key: 'name', title: words.group, cell: ({ name }: Named) => name },
          { key: 'bills', title: words.billCount, numeric: true, cell: ({ tally }) => words.bills(tally.bills) },
          { key: 'fund', title: words.fund, numeric: true, cell: ({ tally: { fund } }) => words.signed(fund[1] - fund[0]) },
          ...sidesOf(words, ({ tally }: Named) => tally.person).map((column) => ({ ...column, title: column.key === 'difference' ? column.title : `${words.person} · ${column.title}` })),
          { key: 'gain', title: words.gain, numeric: true, cell: ({ tally }) => words.bills(tally.gain) },
          { key: 'loss', title: words.loss, numeric: true, cell: ({ tally }) => words.bills(tally.loss) },
        ]}
        rows={rows}
        idOf={({ name }) => name}
        onOpen={({ tally }) => onOpen(tally.most.place)}
      />
    </Card>
  ))
} // prettier-ignore
