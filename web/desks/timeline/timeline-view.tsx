import { useState } from 'react'
import type { Queries } from '../../api/api-types.ts'
import { useApi } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Select, TextField } from '../../ui/field.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { usePick } from '../../words/language.tsx'
import { EmergencyAccess } from '../record-access/emergency-access.tsx'
import { SensitiveOpening } from '../record-access/sensitive-opening.tsx'
import { dayGroups, type Entry } from './day-groups.ts'
import { Day, type OpenSeries } from './lines.tsx'
import { withReferrals } from './referral-entries.ts'
import { SeriesDialog } from './series-dialog.tsx'
import './timeline.css'
import { useTimelineWords } from './words.ts'

type Asked = Queries['health-record.timeline']['input']
type Answer = Queries['health-record.timeline']['answer']
type Kind = Entry['kind']
type Filter = Pick<Asked, 'from' | 'until' | 'institution'> & { kind?: Kind | undefined }
type Referral = Queries['referral.of-person']['answer']['rows'][number]

/** What the record is asked for; referrals are kept elsewhere and asked by themselves. */
const askedOf = (person: string, { kind, ...rest }: Filter): Asked => ({
  person,
  limit: PAGE,
  ...rest,
  ...(kind === undefined || kind === 'referral' ? {} : { kind }),
})

const PAGE = 50

/** A person's record through time: pages of fifty, filters, and the trend of any value. `isPlain` explains in plain words, for the person. */
export const TimelineView = ({ person, isPlain = false }: { person: string; isPlain?: boolean }) => {
  const words = useTimelineWords()
  const [filter, setFilter] = useState<Filter>({})
  const [cursors, setCursors] = useState<readonly (string | undefined)[]>([undefined])
  const [series, setSeries] = useState<{ code: string; name: string } | null>(null)
  const first = useApi('health-record.timeline', askedOf(person, filter))
  const referrals = useApi('referral.of-person', { person }).data?.rows ?? []
  const change = (some: Filter) => {
    setFilter(
      Object.fromEntries(Object.entries({ ...filter, ...some }).filter(([, value]) => value !== undefined && value !== '')),
    )
    setCursors([undefined])
  }
  if (first.error?.status === 404)
    return (
      <EmptyState
        kind="no-right"
        title={words.noGround}
        why={words.noGroundWhy}
        action={<EmergencyAccess person={person} onOpened={() => void first.refetch()} />}
      />
    )
  return (
    <div className="stack">
      <Filters
        counts={first.data?.counts ? { ...first.data.counts, referral: referrals.length } : null}
        filter={filter}
        places={first.data?.institutions ?? null}
        onChange={change}
      />
      {first.data !== undefined && first.data.withheld > 0 && (
        <div className="along timeline-withheld">
          <p>{words.withheld(first.data.withheld)}</p>
          <SensitiveOpening person={person} onOpened={() => void first.refetch()} />
        </div>
      )}
      {cursors.map((after, at) => (
        <PageOfLines
          key={`${JSON.stringify(filter)}${after}`}
          asked={{ ...askedOf(person, filter), ...(after === undefined ? {} : { after }) }}
          filter={filter}
          referrals={referrals}
          isPlain={isPlain}
          isLast={at === cursors.length - 1}
          isFiltered={Object.keys(filter).length > 0}
          onMore={(next) => setCursors([...cursors, next])}
          onSeries={(code, name) => setSeries({ code, name })}
        />
      ))}
      {isPlain && <p className="soft small">{words.notDiagnosis}</p>}
      {series !== null && <SeriesDialog person={person} {...series} onClose={() => setSeries(null)} />}
    </div>
  )
}

const Filters = ({
  counts,
  filter,
  places,
  onChange,
}: {
  counts: Readonly<Record<string, number>> | null
  filter: Filter
  places: Answer['institutions']
  onChange: (some: Filter) => void
}) => {
  const words = useTimelineWords()
  const pick = usePick()
  const kinds = (Object.keys(words.kinds) as Kind[]).filter(
    (kind) => counts === null || (counts[kind] ?? 0) > 0 || filter.kind === kind,
  )
  return (
    <div className="timeline-filters">
      <Select
        label={words.kindFilter}
        value={filter.kind ?? 'all'}
        onChange={(kind) => onChange({ kind: kind === 'all' ? undefined : kind })}
        choices={[
          { value: 'all', label: words.all },
          ...kinds.map((kind) => ({
            value: kind,
            label: counts === null ? words.kinds[kind] : `${words.kinds[kind]} ${counts[kind] ?? 0}`,
          })),
        ]}
      />
      <Select
        label={words.institution}
        value={filter.institution ?? 'all'}
        onChange={(institution) => onChange({ institution: institution === 'all' ? undefined : institution })}
        choices={[
          { value: 'all', label: words.anyInstitution },
          ...(places ?? []).map((place) => ({ value: place.id, label: pick(place) })),
        ]}
      />
      <TextField type="date" label={words.from} value={filter.from ?? ''} onChange={(from) => onChange({ from })} />
      <TextField type="date" label={words.until} value={filter.until ?? ''} onChange={(until) => onChange({ until })} />
      {Object.keys(filter).length > 0 && (
        <Button small onClick={() => onChange({ kind: undefined, institution: undefined, from: undefined, until: undefined })}>
          {words.clear}
        </Button>
      )}
    </div>
  )
}

const PageOfLines = ({
  asked,
  filter,
  referrals,
  isPlain,
  isLast,
  isFiltered,
  onMore,
  onSeries,
}: {
  asked: Asked
  filter: Filter
  referrals: readonly Referral[]
  isPlain: boolean
  isLast: boolean
  isFiltered: boolean
  onMore: (next: string) => void
  onSeries: OpenSeries
}) => {
  const words = useTimelineWords()
  const pick = usePick()
  const { data, error, refetch } = useApi('health-record.timeline', asked)
  const says = ({ sender, receiver, direction, state, urgency }: Referral): string =>
    [
      `${pick(sender.name)} → ${pick(receiver.name)}`,
      words.referralState(direction, state),
      ...(urgency === 'ordinary' ? [words.packed] : []),
    ].join(' · ')
  if (data === undefined)
    return error === null ? <Skeleton lines={8} /> : <ErrorNote error={error} onRetry={() => void refetch()} />
  const isOfReferrals = filter.kind === 'referral'
  const page = { after: asked.after, next: isOfReferrals ? null : data.next }
  const entries = withReferrals(isOfReferrals ? [] : data.entries, referrals, page, filter, says)
  if (entries.length === 0 && asked.after === undefined)
    return (
      <EmptyState
        kind={isFiltered ? 'filtered' : 'none'}
        title={isFiltered ? words.nothingFits : words.none}
        why={isFiltered ? words.nothingFitsWhy : words.noneWhy}
      />
    )
  return (
    <>
      <ol className="timeline-days">
        {dayGroups(entries).map((group, at) => (
          <Day key={`${group.day}${at}`} group={group} isPlain={isPlain} onSeries={onSeries} />
        ))}
      </ol>
      {isLast &&
        (page.next === null ? (
          <p className="soft small">{words.end}</p>
        ) : (
          <Button wide onClick={() => onMore(page.next ?? '')}>
            {words.older}
          </Button>
        ))}
    </>
  )
}
