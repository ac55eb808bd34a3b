import { useSearchParams } from 'wouter'
import { useApi } from '../../api/use-api.ts'
import { Page } from '../../shell/desk-frame.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { DataTable, type Column } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { List, PlainRow } from '../../ui/list.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { formatDay } from '../../ui/time-format.ts'
import { usePick, useWordsOf } from '../../words/language.tsx'
import { dayAfter, part, percent, sumOf, WEEK_DAYS, type Report, type Tally } from './figures.ts'
import './steering.css'
import { steeringWords, type SteeringWords } from './words.ts'

/** The server lists no more places than this. */
const LISTED_MOST = 200

/** Where the system sent people in a week, where they went, and who was left out: for those who answer for fairness. */
export const SteeringPage = () => {
  const words = useWordsOf(steeringWords)
  const [search, setSearch] = useSearchParams()
  const from = search.get('from')
  const { data, error, refetch } = useApi('navigation.steering-report', from === null ? {} : { from })
  const show = (day: string | null) => setSearch(day === null ? {} : { from: day }, { replace: true })
  return (
    <Page
      title={words.title}
      lead={words.lead}
      acts={
        <span className="not-printed">
          <Button onClick={() => window.print()}>{words.print}</Button>
        </span>
      }
    >
      {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton lines={8} />}
      {data !== undefined && (
        <>
          <Week report={data} isLatest={from === null} onShow={show} />
          {data.choices === 0 ? (
            <EmptyState
              kind="none"
              title={words.none}
              why={words.noneWhy}
              action={<Button onClick={() => show(dayAfter(data.from, -WEEK_DAYS))}>{words.earlier}</Button>}
            />
          ) : (
            <Told report={data} />
          )}
        </>
      )}
    </Page>
  )
}

type WeekProps = { report: Report; isLatest: boolean; onShow: (day: string | null) => void }

const Week = ({ report: { from, until, today }, isLatest, onShow }: WeekProps) => {
  const words = useWordsOf(steeringWords)
  const next = dayAfter(from, WEEK_DAYS)
  return (
    <div className="along steering-week">
      <span className="not-printed">
        <Button icon="back" onClick={() => onShow(dayAfter(from, -WEEK_DAYS))}>
          {words.earlier}
        </Button>
      </span>
      <h2 className="figures">{words.week(formatDay(from), formatDay(dayAfter(until, -1)))}</h2>
      <span className="along not-printed">
        {next <= today && (
          <Button icon="arrow" onClick={() => onShow(next)}>
            {words.later}
          </Button>
        )}
        {!isLatest && (
          <Button tone="quiet" onClick={() => onShow(null)}>
            {words.thisWeek}
          </Button>
        )}
      </span>
    </div>
  )
}

const Told = ({ report }: { report: Report }) => {
  const words = useWordsOf(steeringWords)
  const pick = usePick()
  const { choices, firstTaken, outside, places, tiers, counties } = report
  return (
    <div className="stack wide">
      <Card title={words.sum}>
        <dl className="steering-sums figures">
          <Sum name={words.choices} value={words.times(choices)} />
          <Sum name={words.firstTaken} value={firstTaken === null ? '—' : percent(firstTaken)} />
          <Sum name={words.outside} value={words.times(outside)} />
        </dl>
      </Card>
      <Starved report={report} />
      <section className="stack tight">
        <h2>{words.byTier}</h2>
        <Groups
          caption={words.byTier}
          head={words.tier}
          rows={tiers.map((one) => ({ ...one, key: one.tier, name: words.tiers[one.tier] ?? one.tier }))}
        />
      </section>
      <section className="stack tight">
        <h2>{words.byCounty}</h2>
        <Groups
          caption={words.byCounty}
          head={words.county}
          rows={counties.map((one) => ({ ...one, key: one.county })).toSorted((a, b) => b.chosen - a.chosen)}
        />
      </section>
      <section className="stack tight">
        <h2>{words.byPlace}</h2>
        <Groups
          caption={words.byPlace}
          head={words.place}
          rows={places.map((one) => ({
            ...one,
            key: one.id,
            name: one.name === null ? words.unnamed(one.id) : pick(one.name),
            note: whereOf(one, words),
            isStarved: report.starved.some(({ id }) => id === one.id),
          }))}
        />
        {places.length === LISTED_MOST && <p className="field-hint">{words.most(LISTED_MOST)}</p>}
        <p className="field-hint">{words.shareNote}</p>
      </section>
    </div>
  )
}

const whereOf = ({ tier, county }: { tier: string | null; county: string | null }, words: SteeringWords): string =>
  [tier === null ? null : (words.tiers[tier] ?? tier), county].filter((one) => one !== null).join(' · ')

const Sum = ({ name, value }: { name: string; value: string }) => (
  <div>
    <dt className="soft small">{name}</dt>
    <dd>{value}</dd>
  </div>
)

/** Everybody who was left out, each with a sentence that says by what. */
const Starved = ({ report }: { report: Report }) => {
  const words = useWordsOf(steeringWords)
  const pick = usePick()
  const { starved, tiers, counties, thresholds } = report
  const groups = [
    ...groupsSaid(tiers.map((one) => ({ ...one, name: words.tiers[one.tier] ?? one.tier }))),
    ...groupsSaid(counties),
  ].map(({ name, offered, chosen }) => words.tierStarved(name, offered, chosen))
  const unchosen = starved.filter(({ why }) => why === 'never-chosen')
  const unoffered = Map.groupBy(
    starved.filter(({ why }) => why === 'never-offered'),
    ({ county }) => county ?? '',
  )
  const count = starved.length + groups.length
  return (
    <Card title={words.starved(count)} held={count > 0}>
      <div className="stack">
        {count === 0 && <Chip tone="good">{words.nobody}</Chip>}
        {groups.length > 0 && (
          <ul className="bulleted">
            {groups.map((said) => (
              <li key={said}>{said}</li>
            ))}
          </ul>
        )}
        {unchosen.length > 0 && (
          <List label={words.starvedChip}>
            {unchosen.map((one) => (
              <PlainRow
                key={one.id}
                title={one.name === null ? words.unnamed(one.id) : pick(one.name)}
                lines={whereOf(one, words)}
                aside={words.neverChosen(one.offered)}
              />
            ))}
          </List>
        )}
        {[...unoffered].map(([county, places]) => (
          <details key={county}>
            <summary className="steering-summary">{words.neverOffered(county, places.length)}</summary>
            <p className="small">
              {places.map(({ id, name }) => (name === null ? words.unnamed(id) : pick(name))).join(words.comma)}
            </p>
          </details>
        ))}
        {count > 0 && <p className="small">{words.whatNext}</p>}
        <p className="field-hint">{words.rule(thresholds.offeredLeast, percent(thresholds.chosenShareLeast))}</p>
      </div>
    </Card>
  )
}

/** The starved groups with their shares of all offers and of all choices, as they are said. */
const groupsSaid = (rows: readonly (Tally & { name: string; isStarved: boolean })[]) => {
  const all = sumOf(rows)
  return rows
    .filter(({ isStarved }) => isStarved)
    .map(({ name, offered, chosen }) => ({
      name,
      offered: percent(part(offered, all.offered) ?? 0),
      chosen: percent(part(chosen, all.chosen) ?? 0),
    }))
}

type Row = Tally & { key: string; name: string; note?: string; isStarved: boolean }

const Groups = ({ caption, head, rows }: { caption: string; head: string; rows: readonly Row[] }) => {
  const words = useWordsOf(steeringWords)
  const columns: Column<Row>[] = [
    {
      key: 'name',
      title: head,
      cell: ({ name, note, isStarved }) => (
        <>
          {name} {isStarved && <Chip tone="warning">{words.starvedChip}</Chip>}
          {note !== undefined && note !== '' && <span className="soft small steering-note">{note}</span>}
        </>
      ),
    },
    { key: 'offered', title: words.offered, numeric: true, cell: ({ offered }) => offered },
    { key: 'first', title: words.offeredFirst, numeric: true, cell: ({ offeredFirst }) => offeredFirst },
    { key: 'chosen', title: words.chosen, numeric: true, cell: ({ chosen }) => chosen },
    {
      key: 'share',
      title: words.share,
      numeric: true,
      cell: ({ chosen, offered }) => {
        const share = part(chosen, offered)
        return share === null ? '—' : percent(share)
      },
    },
  ]
  return (
    <div className="steering-table">
      <DataTable caption={caption} columns={columns} rows={rows} idOf={({ key }) => key} />
    </div>
  )
}
