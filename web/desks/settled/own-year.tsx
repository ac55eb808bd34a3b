import { useState } from 'react'
import type { Queries } from '../../api/api-types.ts'
import { useApi } from '../../api/use-api.ts'
import { Card } from '../../ui/card.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Select } from '../../ui/field.tsx'
import { usePick } from '../../words/language.tsx'
import { useSettledWords, type SettledWords } from './words.ts'

type Part = Queries['settlement.my-year']['answer']['parts'][number]
type Layer = Part['layers'][number]

/** How the person’s year stands: paid, left below the cap, how far to the layers beyond, in plain words. */
export const OwnYear = () => {
  const words = useSettledWords()
  const [year, setYear] = useState<number | null>(null)
  const { data, error, refetch } = useApi('settlement.my-year', year === null ? {} : { year }, { follows: ['settlement'] })
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (data === undefined || data.year === null) return null
  return (
    <>
      {data.years.length > 1 && (
        <Select
          label={words.yearOf}
          choices={data.years.map((one) => ({ value: String(one), label: String(one) }))}
          value={String(data.year)}
          onChange={(one) => setYear(Number(one))}
        />
      )}
      {data.parts.map((part) => (
        <OnePart key={`${part.area.zh} ${part.insured}`} year={data.year ?? 0} part={part} />
      ))}
      {data.parts.length === 0 && <p className="soft">{words.yearNone(data.year)}</p>}
    </>
  )
}

const OnePart = ({ year, part }: { year: number; part: Part }) => {
  const words = useSettledWords()
  const pick = usePick()
  const { cap, cares, layers } = part
  return (
    <Card title={words.yearTitle(year)} aside={<span className="soft">{words.insured[part.insured] ?? part.insured}</span>}>
      <div className="stack">
        <p className="own-year-sum">
          {words.yearPaid} <strong className="figures">{words.yuan(part.fundFen)}</strong>
        </p>
        {cap !== null && (
          <Gauge
            name={cap.of === 'fund' ? words.yearCap : words.yearScopeCap}
            used={cap.usedFen}
            most={cap.amountFen}
            says={words.yearLeft(words.yuan(cap.amountFen), words.yuan(cap.leftFen))}
          />
        )}
        {layers.map((layer) => (
          <LayerLine key={layer.layer} layer={layer} />
        ))}
        <ul className="receipt" aria-label={words.yearCares}>
          {cares.map((one) => (
            <li key={one.care}>
              <span>
                {words.cares[one.care] ?? one.care}
                <span className="soft small">{words.yearCare(one.count, words.yuan(one.inScopeFen), words.yuan(one.deductibleFen))}</span>
              </span>
              <span className="figures">{words.yuan(one.basicFen)}</span>
            </li>
          ))}
        </ul>
        {part.isDisputed && <p className="soft small">{words.yearDisputed}</p>}
        <details className="why">
          <summary>{words.yearWhy}</summary>
          <ul className="receipt" aria-label={words.yearClauses}>
            {clausesOf(part, words, pick).map(([name, basis]) => (
              <li key={name}>
                <span>
                  {name}
                  <small className="soft breaks">{words.basis(null, basis)}</small>
                </span>
              </li>
            ))}
          </ul>
          <p className="soft small">{words.yearAsOf(pick(part.area), part.asOf)}</p>
        </details>
      </div>
    </Card>
  )
} // prettier-ignore

const clausesOf = ({ cap, layers }: Part, words: SettledWords, pick: ReturnType<typeof usePick>): [string, string][] => [
  ...(cap === null ? [] : [[words.yearCap, cap.clause.basis] as [string, string]]),
  ...layers.map((layer): [string, string] => [pick(layer), layer.clause.basis]),
]

const LayerLine = ({ layer }: { layer: Layer }) => {
  const words = useSettledWords()
  const pick = usePick()
  const { lineFen, toLineFen, baseFen, paidFen } = layer
  if (lineFen === null || toLineFen === null) return <p className="soft">{words.yearLineUnknown(pick(layer))}</p>
  const paid = paidFen > 0 ? words.yearLayerPaid(words.yuan(paidFen)) : ''
  const says = toLineFen > 0 ? words.yearToLine(words.yuan(lineFen), words.yuan(toLineFen)) : `${words.yearBeyond(words.yuan(lineFen))}${paid}`
  return lineFen === 0 && paidFen === 0 ? null : <Gauge name={pick(layer)} used={Math.min(baseFen, lineFen)} most={lineFen} says={says} />
} // prettier-ignore

/** How much of something is used up, said and drawn. */
const Gauge = ({ name, used, most, says }: { name: string; used: number; most: number; says: string }) => (
  <div className="own-gauge">
    <div className="along apart">
      <strong>{name}</strong>
    </div>
    {most > 0 && <meter min={0} max={most} value={used} aria-label={name} />}
    <p className="small">{says}</p>
  </div>
)
