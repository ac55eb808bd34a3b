import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Queries } from '../../api/api-types.ts'
import { useApi } from '../../api/use-api.ts'
import { Facts } from '../../ui/card.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { usePick } from '../../words/language.tsx'
import { glyphOf, type Matrix } from './picture.ts'
import { Trend } from './trend.tsx'
import { useMatrixWords } from './words.ts'

type Cell = Queries['navigation.matrix-cell']['answer']
type AreaAsked = { division?: string; consortium?: string }

/** One cell opened: what it is and why, what is missing, who could help, and how the year went. */
export const CellPanel = ({
  area,
  condition,
  column,
  matrix,
  onClose,
}: {
  area: AreaAsked
  condition: string
  column: string
  matrix: Matrix
  onClose: () => void
}) => {
  const words = useMatrixWords()
  const pick = usePick()
  const asked = useApi('navigation.matrix-cell', { ...area, condition, column })
  const row = matrix.rows.find((one) => one.condition === condition)
  const place = matrix.columns.find(({ key }) => key === column)
  const columnName = place === undefined ? words.panel.wholeArea : place.name ? pick(place.name) : words.levels[place.level]
  return (
    <Dialog open title={words.panel.title(row ? pick(row.name) : condition, columnName)} onClose={onClose}>
      {asked.error !== null && <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />}
      {asked.data === undefined ? asked.error === null && <Skeleton lines={8} /> : <Opened cell={asked.data} />}
    </Dialog>
  )
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="matrix-part">
    <h3>{title}</h3>
    {children}
  </section>
)

const Opened = ({ cell }: { cell: Cell }) => {
  const words = useMatrixWords()
  const pick = usePick()
  const { state } = cell
  return (
    <div className="stack matrix-panel">
      <p className="along">
        <span className={`matrix-mark named ${state.key}`}>
          <span aria-hidden="true">{glyphOf[state.key]}</span> {pick(state)}
        </span>
        <span className="soft small">
          {words.panel.evidence}: {pick(cell.evidence)} · {words.lowest(words.levels[cell.condition.lowestTier])} ·{' '}
          {words.panel.source(cell.condition.source)}
        </span>
      </p>
      <Part title={words.panel.why}>
        {cell.whys.length > 0 ? (
          <ul className="matrix-points">
            {cell.whys.map((why) => (
              <li key={why.key}>{pick(why)}</li>
            ))}
          </ul>
        ) : (
          <p>{state.key === 'beyond' ? words.panel.notDuty : words.panel.noWhy}</p>
        )}
      </Part>
      {state.key !== 'beyond' && (
        <Part title={words.panel.missing}>
          {cell.missing.length === 0 ? (
            <p className="soft">{words.panel.nothingMissing}</p>
          ) : (
            <ul className="matrix-points">
              {cell.missing.map((one) => (
                <li key={one.key}>
                  {kindOf(words.panel.kinds, one.kind)}: {pick(one)}
                </li>
              ))}
            </ul>
          )}
        </Part>
      )}
      {['empty', 'thin', 'leaking'].includes(state.key) && <Helpers cell={cell} />}
      {cell.detail && <Detail detail={cell.detail} specialties={cell.specialties} />}
      {cell.column.place && (
        <p className="not-printed">
          <Link to={`/overview/capability?institution=${cell.column.place.id}`}>{words.panel.declarations}</Link>
        </p>
      )}
      {cell.places.length > 0 && <Places cell={cell} />}
      <Flow cell={cell} />
      <Rules cell={cell} />
    </div>
  )
}

const kindOf = (kinds: Readonly<Record<string, string>>, kind: string): string => kinds[kind] ?? kind

const Helpers = ({ cell }: { cell: Cell }) => {
  const words = useMatrixWords()
  const pick = usePick()
  return (
    <Part title={words.panel.helpers}>
      {cell.helpers.length === 0 ? (
        <p className="soft">{words.panel.noHelper}</p>
      ) : (
        <ul className="matrix-points">
          {cell.helpers.map(({ org, way, name, isMember }) => (
            <li key={`${org}-${way}`}>
              {pick(name)} — {words.panel.ways[way]}
              {way === 'alliance' && !isMember ? words.panel.notMember : ''}
            </li>
          ))}
        </ul>
      )}
    </Part>
  )
}

const Detail = ({ detail, specialties }: { detail: NonNullable<Cell['detail']>; specialties: Cell['specialties'] }) => {
  const words = useMatrixWords()
  const pick = usePick()
  const { panel } = words
  const declared = detail.declared
  const nameOf = (code: string): string => {
    const found = specialties.find((one) => one.code === code)
    return found ? pick(found) : code
  }
  return (
    <Part title={panel.detail}>
      <Facts
        facts={[
          [
            panel.offered,
            detail.offered.length === 0
              ? panel.noOffered
              : detail.offered.map(({ code, tag }) => `${nameOf(code)}${tag ? ` ${panel.tags[tag]}` : ''}`).join('、'),
          ],
          [panel.rank, pick(detail.doctorRank)],
          [detail.anySpecialty ? panel.anyDoctors : panel.doctors, detail.doctors ?? panel.doctorsUnknown],
          [panel.today, detail.doctorsToday ?? panel.noPools],
          [panel.units(detail.unitDays), detail.needsNumber ? (detail.freeUnits ?? panel.noPools) : panel.noNumber],
          [panel.cases, panel.caseLine(detail.cases.cases, detail.cases.well, detail.cases.worse)],
          [
            panel.declared,
            declared ? `${panel.grades[declared.grade]} · ${declared.from} · ${declared.source}` : panel.notDeclared,
          ],
        ]}
      />
      <h4>{panel.needs}</h4>
      {detail.needs.length === 0 ? (
        <p className="soft">{panel.noNeeds}</p>
      ) : (
        <>
          <ul className="matrix-points">
            {detail.needs.map((need) => (
              <li key={need.key} className={need.stand === 'missing' ? 'matrix-missing' : undefined}>
                {kindOf(panel.kinds, need.kind)}: {pick(need)} — {panel.stands[need.stand]}
              </li>
            ))}
          </ul>
        </>
      )}
    </Part>
  )
}

const Places = ({ cell }: { cell: Cell }) => {
  const words = useMatrixWords()
  const pick = usePick()
  return (
    <Part title={words.panel.places}>
      <ul className="matrix-places">
        {cell.places.map(({ id, name, state }) => (
          <li key={id}>
            <span className={`matrix-mark ${state}`} aria-hidden="true">
              {glyphOf[state]}
            </span>
            <span>
              {pick(name)} <span className="soft small">{words.states[state]}</span>
            </span>
          </li>
        ))}
      </ul>
    </Part>
  )
}

const Flow = ({ cell }: { cell: Cell }) => {
  const words = useMatrixWords()
  const pick = usePick()
  const { cases, outside, outsideShare } = cell.flow
  const share = outsideShare === null ? '' : words.panel.shareOf(Math.round(outsideShare / 100))
  return (
    <Part title={words.panel.trend}>
      {cases > 0 && (
        <p>
          {words.panel.flow}: {words.panel.flowLine(cases, outside, share)}
        </p>
      )}
      {cell.flow.wentTo.length > 0 && (
        <p>
          {words.panel.wentTo}:{' '}
          {cell.flow.wentTo.map(({ name, cases: count }) => words.panel.wentLine(pick(name), count)).join('、')}
        </p>
      )}
      {cell.months.length === 0 ? <p className="soft">{words.panel.trendNone}</p> : <Trend months={cell.months} />}
    </Part>
  )
}

const Rules = ({ cell }: { cell: Cell }) => {
  const words = useMatrixWords()
  return (
    <details className="matrix-rules">
      <summary>{words.panel.rules}</summary>
      <ul className="matrix-points small">
        {cell.clauses.map(({ id, amount, unit, basis, grade }) => (
          <li key={id}>
            {words.panel.clauses[id] ?? id}: {words.panel.clause(amount, words.panel.units_[unit] ?? unit, basis)} (
            {words.panel.grade[grade] ?? grade})
          </li>
        ))}
      </ul>
    </details>
  )
}
