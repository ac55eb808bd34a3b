import { DataTable } from '../../../ui/data-table.tsx'
import { When } from '../../../ui/countdown.tsx'
import { useShortageWords } from './words.ts'
import { useNames, type Worklist } from './names.ts'

/** Where units are free, how often nobody found one, and what became of what was offered. */
export const Counts = ({ list }: { list: Worklist }) => (
  <div className="stack wide shortage-beside">
    <Elsewhere list={list} />
    <div className="stack wide">
      <Misses list={list} />
      <Offers list={list} />
    </div>
  </div>
)

const Elsewhere = ({ list }: { list: Worklist }) => {
  const words = useShortageWords()
  const names = useNames(list)
  if (list.rows.length === 0) return null
  return (
    <section className="stack tight">
      <h2>{words.elsewhere}</h2>
      <p className="soft small">{words.elsewhereLead}</p>
      {list.elsewhere.length === 0 ? (
        <p>{words.nowhere}</p>
      ) : (
        <DataTable
          caption={words.elsewhere}
          columns={[
            {
              key: 'service',
              title: words.service,
              cell: ({ specialty, nights }) =>
                nights === null ? names.service(specialty) : words.bedsOf(names.service(specialty), nights),
            },
            { key: 'place', title: words.institution, cell: ({ org }) => names.place(org) },
            { key: 'free', title: words.freeTitle, numeric: true, cell: ({ free }) => free },
            { key: 'first', title: words.first, cell: ({ firstAt }) => <When at={firstAt} /> },
          ]}
          rows={list.elsewhere}
          idOf={({ specialty, unitKind, org }) => `${specialty} ${unitKind} ${org}`}
        />
      )}
    </section>
  )
}

const Misses = ({ list }: { list: Worklist }) => {
  const words = useShortageWords()
  const names = useNames(list)
  return (
    <section className="stack tight">
      <h2>{words.misses}</h2>
      <p className="soft small">{words.missesLead(list.since)}</p>
      {list.counts.length === 0 ? (
        <p>{words.noMisses}</p>
      ) : (
        <DataTable
          caption={words.misses}
          columns={[
            {
              key: 'service',
              title: words.service,
              cell: ({ specialty, unitKind }) =>
                unitKind === 'bed-day' ? words.bedsMissed(names.service(specialty)) : names.service(specialty),
            },
            { key: 'times', title: words.times, numeric: true, cell: ({ times }) => times },
            { key: 'referrals', title: words.ofReferrals, numeric: true, cell: ({ ofReferrals }) => ofReferrals },
          ]}
          rows={list.counts}
          idOf={({ specialty, unitKind }) => `${specialty} ${unitKind}`}
        />
      )}
    </section>
  )
}

const Offers = ({ list }: { list: Worklist }) => {
  const words = useShortageWords()
  if (list.offers.length === 0) return null
  const outOfOrder = list.offers.reduce((sum, one) => sum + one.outOfOrder, 0)
  return (
    <section className="stack tight">
      <h2>{words.offers}</h2>
      <DataTable
        caption={words.offers}
        columns={[
          { key: 'outcome', title: words.outcome, cell: ({ outcome }) => words.outcomes[outcome] },
          { key: 'times', title: words.times, numeric: true, cell: ({ times }) => times },
        ]}
        rows={list.offers}
        idOf={({ outcome }) => outcome}
      />
      {outOfOrder > 0 && <p className="small">{words.outOfOrder(outOfOrder)}</p>}
    </section>
  )
}
