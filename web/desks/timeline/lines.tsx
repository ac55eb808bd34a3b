import { Chip } from '../../ui/chip.tsx'
import { Icon, type IconName } from '../../ui/icon.tsx'
import { formatDay } from '../../ui/time-format.ts'
import { usePick } from '../../words/language.tsx'
import { illnessGloss, measureGloss } from '../resident/glosses.ts'
import type { DayGroup, Entry, Line } from './day-groups.ts'
import { readUnit } from './read-unit.ts'
import { useTimelineWords } from './words.ts'

export type OpenSeries = (code: string, name: string) => void
type LineProps = { isPlain: boolean; onSeries: OpenSeries }

/** One day of the timeline; days out of sight are not laid out. */
export const Day = ({ group: { day, lines }, ...props }: LineProps & { group: DayGroup }) => {
  const words = useTimelineWords()
  return (
    <li className="timeline-day">
      <h2 className="timeline-date figures">{day ?? words.undated}</h2>
      <ul className="timeline-lines">
        {lines.map((line) => (
          <li key={line.key}>
            <OneLine line={line} {...props} />
          </li>
        ))}
      </ul>
    </li>
  )
}

const iconOf: Partial<Record<Entry['kind'], IconName>> = {
  encounter: 'place',
  problem: 'record',
  result: 'info',
  medicine: 'check',
  contract: 'person',
  plan: 'calendar',
  allergy: 'warning',
  referral: 'baton',
}

const OneLine = ({ line, ...props }: LineProps & { line: Line }) =>
  'results' in line ? <Results results={line.results} {...props} /> : <Plain entry={line.entry} isPlain={props.isPlain} />

const Plain = ({ entry, isPlain }: { entry: Entry; isPlain: boolean }) => {
  const words = useTimelineWords()
  const pick = usePick()
  const gloss = isPlain && entry.kind === 'problem' ? illnessGloss(entry.words.zh, null) : null
  const said = entry.kind === 'encounter' ? (words.stay[entry.detail ?? ''] ?? null) : entry.detail
  // A stay that is named by its class says it once.
  const detail = said !== null && pick(entry.words).toLowerCase().includes(said.toLowerCase()) ? null : said
  const until =
    entry.until !== null && entry.at !== null && entry.until.slice(0, 10) !== entry.at.slice(0, 10)
      ? words.until2(formatDay(entry.until))
      : null
  const lines = [detail, until, entry.institution && pick(entry.institution)].filter(Boolean).join(' · ')
  return (
    <div className="timeline-line">
      <Icon name={iconOf[entry.kind] ?? 'record'} />
      <div>
        <p>
          <span className="timeline-kind soft small">{words.kinds[entry.kind]}</span> <strong>{pick(entry.words)}</strong>
        </p>
        {gloss !== null && <p className="gloss">{pick(gloss)}</p>}
        {lines !== '' && <p className="soft small">{lines}</p>}
      </div>
    </div>
  )
}

const Results = ({ results, isPlain, onSeries }: LineProps & { results: Entry[] }) => {
  const words = useTimelineWords()
  const pick = usePick()
  const places = [...new Set(results.flatMap(({ institution }) => (institution ? [pick(institution)] : [])))]
  return (
    <div className="timeline-line">
      <Icon name="info" />
      <div>
        <p>
          <span className="timeline-kind soft small">{words.kinds.result}</span> <strong>{words.results(results.length)}</strong>
        </p>
        <ul className="timeline-values">
          {results.flatMap((entry) =>
            entry.values.map((value, at) => (
              <li key={`${entry.id}${at}`}>
                {value.code === null ? (
                  <span>{pick(value.words)}</span>
                ) : (
                  <button type="button" className="timeline-name" onClick={() => onSeries(value.code ?? '', pick(value.words))}>
                    {pick(value.words)}
                  </button>
                )}
                <span className="figures">
                  {pick(value.text)} <span className="small soft">{readUnit(value.unit)}</span>
                </span>
                {(value.judged === 'high' || value.judged === 'low') && <Chip tone="warning">{words[value.judged]}</Chip>}
                {(value.low ?? value.high) !== null && <span className="soft small">{words.range(value.low, value.high)}</span>}
                {isPlain && <Gloss name={value.words.zh} />}
              </li>
            )),
          )}
        </ul>
        {places.length > 0 && <p className="soft small">{places.join('、')}</p>}
      </div>
    </div>
  )
}

const Gloss = ({ name }: { name: string }) => {
  const pick = usePick()
  const gloss = measureGloss(name)
  return gloss === null ? null : <span className="gloss">{pick(gloss)}</span>
}
