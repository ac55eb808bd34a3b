import type { ReactNode } from 'react'
import { Chip } from '../../ui/chip.tsx'
import { DataTable, type Column } from '../../ui/data-table.tsx'
import { usePick } from '../../words/language.tsx'
import { percentOf, roundedMinutes } from './quality-months.ts'
import type { Quality } from './quality-page.tsx'
import { useQualityWords, type QualityWords } from './quality-words.ts'

type TargetMonth = Quality['targets'][number]

/** Whether something laid down was kept, in a word; nothing where nothing is laid down. */
const Kept = ({ isKept, words }: { isKept: boolean | null; words: QualityWords }) =>
  isKept === null ? null : <Chip tone={isKept ? 'good' : 'danger'}>{isKept ? words.kept : words.notKept}</Chip>

const Figure = ({ strong, notes }: { strong: string; notes: ReactNode }) => (
  <span className="quality-figure">
    <strong className="figures">{strong}</strong> <span className="soft small">{notes}</span>
  </span>
)

const minutesOr = (minutes: number | null, words: QualityWords): string =>
  minutes === null ? '–' : words.minutes(roundedMinutes(minutes))

const Reach = ({ month, words }: { month: TargetMonth; words: QualityWords }) => {
  const { reach, reachWanted, within, asked, reachIsKept } = month
  if (reach === null) return <span className="soft small">{words.notAsked}</span>
  const notes = [words.ofCases(within, asked), ...(reachWanted === null ? [] : [words.wanted(percentOf(reachWanted))])]
  return (
    <span className="along">
      <Figure strong={words.share(percentOf(reach))} notes={notes.join(' · ')} />
      <Kept isKept={reachIsKept} words={words} />
    </span>
  )
}

const columnsIn = (words: QualityWords, pick: ReturnType<typeof usePick>): readonly Column<TargetMonth>[] => [
  { key: 'target', title: words.target, cell: (month) => pick(month.words) },
  { key: 'limit', title: words.limit, numeric: true, cell: ({ minutes }) => words.minutes(minutes) },
  { key: 'median', title: words.median, numeric: true, cell: ({ median }) => minutesOr(median, words) },
  {
    key: 'mean',
    title: words.mean,
    numeric: true,
    cell: ({ mean, meanIsKept }) => (
      <span className="along quality-mean">
        {minutesOr(mean, words)} <Kept isKept={meanIsKept} words={words} />
      </span>
    ),
  },
  { key: 'reach', title: words.reach, cell: (month) => <Reach month={month} words={words} /> },
  {
    key: 'missing',
    title: words.missing,
    cell: ({ missing, asked }) =>
      missing === 0 ? (
        <span className="soft">{asked === 0 ? '–' : words.noneMissing}</span>
      ) : (
        <Chip tone="warning">{words.missingOf(missing, asked)}</Chip>
      ),
  },
]

/** One row a target: what is laid down, the middle and the mean, how many in time, and what nobody wrote down. */
export const QualityTable = ({ caption, targets }: { caption: string; targets: readonly TargetMonth[] }) => {
  const words = useQualityWords()
  const pick = usePick()
  return <DataTable caption={caption} columns={columnsIn(words, pick)} rows={targets} idOf={({ key }) => key} />
}
