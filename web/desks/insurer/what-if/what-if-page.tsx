import { useMemo, useState } from 'react'
import type { Queries } from '../../../api/api-types.ts'
import { useApi } from '../../../api/use-api.ts'
import {
  bookValues,
  changedBook,
  madeYearOf,
  type AreaBook,
  type ValueFault,
} from '../../../../src/modules/settlement/what-if.ts'
import { Page } from '../../../shell/desk-frame.tsx'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { Select, TextField } from '../../../ui/field.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { usePick } from '../../../words/language.tsx'
import { useServerNow } from '../../../ui/use-server-now.ts'
import { ExampleDialog } from './example-dialog.tsx'
import { Outcome } from './outcome.tsx'
import type { Trial } from './trial.ts'
import { changesOf, type Typed } from './typed-value.ts'
import { useWhatIf } from './use-what-if.ts'
import { ValueFields } from './value-fields.tsx'
import './what-if.css'
import { useWhatIfWords } from './words.ts'

type Listed = Queries['settlement.area-books']['answer']['books'][number]
type Place = { readonly area: string; readonly year: number }

/** How many bills may be tried. @source the aim of the product: 100 000 in the browser */
const COUNTS = [10_000, 30_000, 100_000]
const COUNT = 100_000
/** Years that may be chosen: this one and those before it. */
const YEARS_BACK = 4

/** Rules of an area copied, changed, and both settled on the same made-up bills, in the browser. */
export const WhatIfPage = () => {
  const words = useWhatIfWords()
  const thisYear = new Date(useServerNow()).getUTCFullYear()
  const [asked, setAsked] = useState<number | null>(null)
  const [chosen, setChosen] = useState<string | null>(null)
  const { data, error, refetch } = useApi('settlement.area-books', { year: asked ?? thisYear - 1 })
  const years = Array.from({ length: YEARS_BACK }, (_none, back) => thisYear - back)
  const areas = areasOf(data?.books ?? [])
  const area = areas.find((one) => one.area === chosen) ?? areas[0]
  return (
    <Page title={words.title} lead={words.lead}>
      <p className="soft">{words.synthetic}</p>
      <Card title={words.which}>
        <div className="what-if-run">
          <Select
            label={words.year}
            hint={words.yearHint}
            choices={years.map((one) => ({ value: String(one), label: String(one) }))}
            value={String(asked ?? thisYear - 1)}
            onChange={(one) => setAsked(Number(one))}
          />
          <AreaChoice areas={areas} value={area?.area ?? ''} onChange={setChosen} />
        </div>
      </Card>
      {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && <Skeleton lines={6} />}
      {data !== undefined && area === undefined && <EmptyState kind="none" title={words.none} why={words.noneWhy} />}
      {data !== undefined && area !== undefined && (
        <Books key={`${area.area} ${data.year}`} place={{ area: area.area, year: data.year }} />
      )}
    </Page>
  )
}

type Area = Pick<Listed, 'area' | 'zh' | 'en'> & { readonly kinds: number }

/** Areas that settle something, those that settle most first. */
const areasOf = (books: readonly Listed[]): Area[] => {
  const areas = new Map<string, Area>()
  for (const { area, zh, en, kinds } of books)
    if (kinds.length > 0) areas.set(area, { area, zh, en, kinds: (areas.get(area)?.kinds ?? 0) + kinds.length })
  return [...areas.values()].sort((one, other) => other.kinds - one.kinds)
}

type ChoiceOfArea = { readonly areas: readonly Area[]; readonly value: string; readonly onChange: (area: string) => void }

const AreaChoice = ({ areas, value, onChange }: ChoiceOfArea) => {
  const words = useWhatIfWords()
  const pick = usePick()
  const choices = areas.map((one) => ({ value: one.area, label: words.areaOf(pick(one), one.kinds) }))
  return <Select label={words.area} choices={choices} value={value} onChange={onChange} />
}

const Books = ({ place }: { place: Place }) => {
  const { data, error, refetch } = useApi('settlement.area-book', { area: place.area })
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Skeleton lines={8} />
  return <Tried books={data.books as readonly AreaBook[]} place={place} />
}

/** What was typed for each book, by its insured type: the copies, and what cannot be. */
const useCopies = (books: readonly AreaBook[], year: number, typed: Readonly<Record<string, Typed>>) =>
  useMemo(
    () =>
      books.map((book) => {
        const values = bookValues(book, year)
        const { changes, unread } = changesOf(values, typed[book.insured] ?? {})
        const changed = changedBook(book, changes)
        const faults = { ...changed.faults, ...Object.fromEntries(unread.map((at) => [at, 'not-whole' as ValueFault])) }
        return { book, values, after: changed.book, faults, count: Object.keys(changes).length }
      }),
    [books, year, typed],
  )

const Tried = ({ books, place: { year } }: { books: readonly AreaBook[]; place: Place }) => {
  const words = useWhatIfWords()
  const [typed, setTyped] = useState<Readonly<Record<string, Typed>>>({})
  const copies = useCopies(books, year, typed)
  const trying = useWhatIf()
  const isWrong = copies.some(({ faults }) => Object.keys(faults).length > 0)
  const changes = copies.reduce((sum, { count }) => sum + count, 0)
  const begin = (seed: number, count: number): void => {
    const made = madeYearOf(books, year, seed)
    const of = made.of.map(({ insured }) => insured)
    const both = copies.filter(({ book }) => of.includes(book.insured)).map(({ book, after }) => [book.insured, { before: book, after }]) // prettier-ignore
    trying.begin({ year: made, books: Object.fromEntries(both) as Trial['books'], count })
  }
  return (
    <>
      <Card
        title={words.change}
        aside={changes > 0 && <Button small onClick={() => setTyped({})}>{words.reset}</Button>}
      >
        <p className="soft">
          {words.changeWhy} <strong>{words.changed(changes)}</strong>
        </p>
        {copies.map(({ book, values, faults }) => (
          <ValueFields
            key={book.insured}
            insured={book.insured}
            book={book}
            values={values}
            typed={typed[book.insured] ?? {}}
            faults={faults}
            onType={(at, text) => setTyped((was) => ({ ...was, [book.insured]: { ...was[book.insured], [at]: text } }))}
          />
        ))}
      </Card>
      <Run running={trying.running} isWrong={isWrong} onStart={begin} onCancel={trying.cancel} />
      {trying.failed !== null && <p className="field-error">{words.failedWhy(trying.failed)}</p>}
      {trying.settled !== null && <Outcome settled={trying.settled} onOpen={trying.open} />}
      <ExampleDialog bill={trying.bill} onClose={trying.close} />
    </>
  )
} // prettier-ignore

type RunProps = {
  readonly running: { readonly done: number; readonly count: number } | null
  readonly isWrong: boolean
  readonly onStart: (seed: number, count: number) => void
  readonly onCancel: () => void
}
const SEED = /^[1-9]\d{0,5}$/

const Run = ({ running, isWrong, onStart, onCancel }: RunProps) => {
  const words = useWhatIfWords()
  const [count, setCount] = useState(COUNT)
  const [seed, setSeed] = useState('1')
  const isSeed = SEED.test(seed.trim())
  return (
    <Card title={words.run}>
      <div className="stack">
        <div className="what-if-run">
          <Select
            label={words.count}
            choices={COUNTS.map((one) => ({ value: String(one), label: words.bills(one) }))}
            value={String(count)}
            onChange={(one) => setCount(Number(one))}
          />
          <TextField
            label={words.seed}
            hint={words.seedHint}
            error={isSeed ? undefined : words.seedWrong}
            inputMode="numeric"
            maxLength={6}
            value={seed}
            onChange={setSeed}
          />
        </div>
        {running === null ? (
          <div className="along">
            <Button tone="primary" disabled={isWrong || !isSeed} onClick={() => onStart(Number(seed), count)}>
              {words.start}
            </Button>
          </div>
        ) : (
          <div className="along">
            <progress className="what-if-progress" max={running.count} value={running.done} aria-label={words.run} />
            <span className="figures">{words.running(running.done, running.count)}</span>
            <Button onClick={onCancel}>{words.cancel}</Button>
          </div>
        )}
      </div>
    </Card>
  )
}
