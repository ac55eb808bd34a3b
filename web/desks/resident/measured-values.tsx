import type { Queries } from '../../api/api-types.ts'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { List, PlainRow } from '../../ui/list.tsx'
import { formatDay } from '../../ui/time-format.ts'
import { usePick, useWordsOf } from '../../words/language.tsx'
import { measureGloss } from './glosses.ts'
import { recordWords } from './record-words.ts'

type ShownRecord = Queries['health-record.summary']['answer']
type Series = ShownRecord['series'][number]

/** What was measured last, reports and other notes, each newest first. */
export const MeasuredValues = ({ record: { findings, reports, series } }: { record: ShownRecord }) => {
  const words = useWordsOf(recordWords)
  const pick = usePick()
  if (series.length + reports.length + findings.length === 0) return <p className="soft">{words.noTests}</p>
  return (
    <div className="stack wide">
      {series.length > 0 && (
        <Card title={words.measures}>
          <List label={words.measures}>
            {series.map((one) => (
              <Measure key={`${one.code} ${one.unit}`} series={one} />
            ))}
          </List>
        </Card>
      )}
      {reports.length > 0 && (
        <Card title={words.reports}>
          <List label={words.reports}>
            {reports.map(({ at, conclusion, id, words: name }) => (
              <PlainRow
                key={id}
                title={pick(name)}
                lines={[at === null ? null : formatDay(at), conclusion].filter(Boolean).join(' · ')}
              />
            ))}
          </List>
        </Card>
      )}
      {findings.length > 0 && (
        <Card title={words.findings}>
          <List label={words.findings}>
            {findings.map(({ at, id, value, words: name }) => (
              <PlainRow key={id} title={`${pick(name)}: ${pick(value)}`} lines={at === null ? undefined : formatDay(at)} />
            ))}
          </List>
        </Card>
      )}
    </div>
  )
}

/** Whether the record itself calls a value high or low: by the laboratory's flag, or else by its reference range. */
const judgement = ({ high, low }: Series, { flag, value }: Series['points'][number]): 'high' | 'low' | null => {
  if (flag !== null && /^H/i.test(flag)) return 'high'
  if (flag !== null && /^L/i.test(flag)) return 'low'
  if (high !== null && value > high) return 'high'
  return low !== null && value < low ? 'low' : null
}

/** A UCUM unit as it is printed on meters: `mm[Hg]` → `mmHg`, `mL/min/{1.73_m2}` → `mL/min/1.73m²`. */
const plainUnit = (unit: string): string =>
  unit
    .replaceAll(/[[\]{}_]/g, '')
    .replaceAll('m2', 'm²')
    .replace(/^1$/, '')

const Measure = ({ series }: { series: Series }) => {
  const words = useWordsOf(recordWords)
  const pick = usePick()
  const latest = series.points.at(-1)
  if (latest === undefined) return null
  const gloss = measureGloss(series.words.zh)
  const judged = judgement(series, latest)
  const { high, low, unit } = series
  return (
    <PlainRow
      title={pick(series.words)}
      lines={
        <>
          {gloss !== null && <span className="gloss">{pick(gloss)}</span>}
          {words.on(formatDay(latest.at))}
          {low !== null && high !== null && ` · ${words.range(String(low), String(high))}`}
        </>
      }
      aside={
        <>
          <span className="measure-value figures">
            {latest.comparator}
            {latest.value} <span className="small soft">{plainUnit(unit)}</span>
          </span>
          {judged !== null && <Chip tone="warning">{words[judged]}</Chip>}
        </>
      }
    />
  )
}
