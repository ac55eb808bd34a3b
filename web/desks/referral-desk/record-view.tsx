import { useState, type ReactNode } from 'react'
import type { Named } from '../../api/api-types.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { formatDay, formatInstant } from '../../ui/time-format.ts'
import { usePick } from '../../words/language.tsx'
import { clinicalName } from '../clinical-name.ts'
import { dayOrNothing } from './case-words.tsx'
import { readPackage, type PackageShown } from './read-package.ts'
import { TrendLine } from './trend-line.tsx'
import { usePackage, type Referral } from './use-case.ts'
import { useDeskWords } from './words.ts'

/** The record that came ahead of the patient, beside the request: what the person has, takes, must not take, and how it went. */
export const RecordView = ({ referral }: { referral: Referral }) => {
  const words = useDeskWords()
  const asked = usePackage(referral.id, referral.version)
  if (asked.error !== null) {
    if (asked.error.status === 404) return <EmptyState kind="none" title={words.record.missing} why={words.record.missingWhy} />
    return <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />
  }
  if (asked.data === undefined) return <Skeleton lines={6} />
  const record = readPackage(asked.data.bundle)
  const sinceOf = (at: string | null) => (at === null ? null : words.record.since(formatDay(at)))
  return (
    <div className="record stack">
      <p className="soft small">{words.record.sealed(formatInstant(asked.data.madeAt))}</p>
      <Allergies allergies={record.allergies} />
      <Part
        title={words.record.problems}
        rows={record.problems.map((problem) => ({ ...problem, when: sinceOf(problem.since) }))}
      />
      <Part
        title={words.record.medicines}
        rows={record.medicines.map((medicine) => ({ ...medicine, note: medicine.dose, when: sinceOf(medicine.since) }))}
      />
      <Measures series={record.series} />
      <Part
        title={words.record.reports}
        rows={record.reports.map((report) => ({ ...report, note: report.conclusion, when: dayOrNothing(report.at) }))}
      />
    </div>
  )
}

const Section = ({ title, isEmpty, children }: { title: string; isEmpty: boolean; children: ReactNode }) => {
  const words = useDeskWords()
  return (
    <section>
      <h4>{title}</h4>
      {isEmpty ? <p className="soft small">{words.record.nothing}</p> : children}
    </section>
  )
}

/** A long record stays readable: the newest stand here, the others are one press away. */
const shownFirst = 10

type PartRow = { id: string; words: Named; when: string | null; note?: string | null }

const Part = ({ title, rows }: { title: string; rows: readonly PartRow[] }) => {
  const words = useDeskWords()
  const pick = usePick()
  const [isWhole, setWhole] = useState(false)
  const shown = isWhole ? rows : rows.slice(0, shownFirst)
  return (
    <Section title={title} isEmpty={rows.length === 0}>
      <ul className="record-rows">
        {shown.map((row) => (
          <li key={row.id}>
            <span>
              {pick(clinicalName(row.words))}
              {row.note !== undefined && row.note !== null && <span className="soft small"> {row.note}</span>}
            </span>
            {row.when !== null && <span className="soft small figures">{row.when}</span>}
          </li>
        ))}
      </ul>
      {rows.length > shown.length && (
        <Button small tone="quiet" onClick={() => setWhole(true)}>
          {words.record.more(rows.length - shown.length)}
        </Button>
      )}
    </Section>
  )
}

const Allergies = ({ allergies }: { allergies: PackageShown['allergies'] }) => {
  const words = useDeskWords()
  const pick = usePick()
  return (
    <Section title={words.record.allergies} isEmpty={allergies.length === 0}>
      <ul className="along">
        {allergies.map((allergy) => (
          <li key={allergy.id}>
            <Chip tone="danger">
              {[pick(allergy.words), allergy.criticality === 'high' ? words.record.severe : null, ...allergy.reactions.map(pick)]
                .filter((part) => part !== null)
                .join(' · ')}
            </Chip>
          </li>
        ))}
      </ul>
    </Section>
  )
}

// UCUM writes units for machines; these are the ones that people read otherwise.
const unitWords: Readonly<Record<string, string>> = {
  'mm[Hg]': 'mmHg',
  '/min': '/min',
  Cel: '℃',
  'kg/m2': 'kg/m²',
  'umol/L': 'μmol/L',
  'mL/min/{1.73_m2}': 'mL/min/1.73m²',
}

const plain = (value: number): string => String(Math.round(value * 100) / 100)

type Series = PackageShown['series'][number]

const standing = ({ low, high, points }: Series): 'high' | 'low' | null => {
  const last = points.at(-1)
  if (last === undefined) return null
  if (last.flag?.startsWith('H') === true || (high !== null && last.value > high)) return 'high'
  return last.flag?.startsWith('L') === true || (low !== null && last.value < low) ? 'low' : null
}

const Measures = ({ series }: { series: readonly Series[] }) => {
  const words = useDeskWords()
  return (
    <Section title={words.record.measures} isEmpty={series.length === 0}>
      <ul className="measures">
        {series.map((one) => (
          <Measure key={`${one.code}|${one.unit}`} series={one} />
        ))}
      </ul>
    </Section>
  )
}

const Measure = ({ series }: { series: Series }) => {
  const words = useDeskWords()
  const pick = usePick()
  const name = pick(series.words)
  const last = series.points.at(-1)
  const stands = standing(series)
  if (last === undefined) return null
  const values = series.points.map(({ at, value }) => `${formatDay(at)} ${plain(value)}`).join(', ')
  return (
    <li>
      <span className="measure-name">{name}</span>
      <TrendLine points={series.points} label={words.record.trend(name, values)} />
      <span className={stands === null ? 'measure-value' : 'measure-value off'}>
        <span className="figures">
          {last.comparator}
          {plain(last.value)} {unitWords[series.unit] ?? series.unit}
        </span>
        {stands !== null && ` ${words.record[stands]}`}
      </span>
      <span className="soft small figures">{formatDay(last.at)}</span>
    </li>
  )
}
