import { Link, useSearchParams } from 'wouter'
import type { Queries } from '../../../api/api-types.ts'
import { useApi } from '../../../api/use-api.ts'
import { Page } from '../../../shell/desk-frame.tsx'
import { useActor } from '../../../shell/session.tsx'
import { Card } from '../../../ui/card.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { Tabs } from '../../../ui/tabs.tsx'
import { useWordsOf } from '../../../words/language.tsx'
import '../../bill/bill.css'
import { billWords } from '../../bill/words.ts'
import { comparedWords } from './compared-words.ts'
import { Comparisons } from './comparisons.tsx'
import './coverage.css'
import { coverageWords } from './words.ts'

type Coverage = Queries['payment.coverage']['answer']
type Row = Coverage['tiers'][number]

const POINTS_A_PERCENT = 100
const WHOLE = 100 * POINTS_A_PERCENT
const said = (share: number | null): string => (share === null ? '—' : `${(share / POINTS_A_PERCENT).toFixed(2)}%`)

const views = ['reach', 'compared'] as const
type View = (typeof views)[number]
/** Who pays and who oversees follows the comparisons of every institution. */
const WATCHERS: readonly string[] = ['insurer', 'health-bureau']

/** Mobile payment as a whole: how far it reaches, and whether the books of each day agree. */
export const CoveragePage = () => {
  const words = useWordsOf(coverageWords)
  const compared = useWordsOf(comparedWords)
  const mayWatch = WATCHERS.includes(useActor().role)
  const [search, setSearch] = useSearchParams()
  const shown: View = mayWatch && search.get('view') === 'compared' ? 'compared' : 'reach'
  return (
    <Page
      title={words.title}
      lead={words.lead}
      acts={
        <Link className="button plain" to="/overview/registers/payment.point">
          {words.register}
        </Link>
      }
    >
      {mayWatch ? (
        <Tabs
          label={compared.views}
          tabs={views.map((key) => ({ key, label: compared[key] }))}
          shown={shown}
          onShow={(view) => setSearch(view === 'reach' ? {} : { view })}
        >
          {shown === 'reach' ? <ReachView /> : <Comparisons />}
        </Tabs>
      ) : (
        <ReachView />
      )}
    </Page>
  )
}

/** How far mobile payment reaches: tiers with their share, kinds of care, pharmacies. */
const ReachView = () => {
  const { data, error, refetch } = useApi('payment.coverage', {})
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />
  return data === undefined ? <Skeleton lines={8} /> : <Reach coverage={data} />
}

const Reach = ({ coverage: { day, tiers, pharmacies } }: { coverage: Coverage }) => {
  const words = useWordsOf(coverageWords)
  const { visitKinds } = useWordsOf(billWords)
  const sum = (of: 'institutions' | 'open'): number => tiers.reduce((all, tier) => all + tier[of], 0)
  // A tier that this region does not have says nothing.
  const rows = tiers.filter(({ institutions }) => institutions > 0)
  return (
    <div className="stack">
      <Card title={`${words.tiers} · ${day}`}>
        <div className="stack">
          <DataTable
            caption={words.table}
            columns={[
              { key: 'tier', title: words.tier, cell: ({ tier }: Row) => words.tierNames[tier] },
              { key: 'share', title: words.share, numeric: true, cell: ({ share }) => <Share share={share} /> },
              { key: 'institutions', title: words.institutions, numeric: true, cell: ({ institutions }) => institutions },
              { key: 'open', title: words.open, numeric: true, cell: ({ open }) => open },
              ...(rows[0]?.care ?? []).map(({ kind }) => ({
                key: kind,
                title: visitKinds[kind],
                numeric: true,
                cell: ({ care }: Row) => care.find((one) => one.kind === kind)?.open ?? 0,
              })),
            ]}
            rows={rows}
            idOf={({ tier }) => tier}
          />
          <details className="why">
            <summary>{words.how}</summary>
            <p>{words.howWords(sum('open'), sum('institutions'))}</p>
          </details>
        </div>
      </Card>
      <Card title={words.pharmacies}>
        <p>{words.pharmacyCount(pharmacies)}</p>
      </Card>
    </div>
  )
}

const Share = ({ share }: { share: number | null }) => (
  <span className="coverage-share">
    <meter min={0} max={WHOLE} value={share ?? 0} aria-hidden="true" />
    {said(share)}
  </span>
)
