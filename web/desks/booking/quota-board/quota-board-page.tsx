import { useSearchParams } from 'wouter'
import { useApi } from '../../../api/use-api.ts'
import { Page } from '../../../shell/desk-frame.tsx'
import { useActor } from '../../../shell/session.tsx'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { Select } from '../../../ui/field.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { Tabs } from '../../../ui/tabs.tsx'
import { useServerNow } from '../../../ui/use-server-now.ts'
import { usePick } from '../../../words/language.tsx'
import { dayAt } from '../../referral-desk/times.ts'
import { oneEachSpecialty } from '../../specialties.ts'
import { Feeds } from './feeds.tsx'
import { QuotaLegend, type Quota } from './quota-bar.tsx'
import { QuotaRow } from './quota-row.tsx'
import { useQuotaWords, type QuotaWords } from './words.ts'
import './quota-board.css'

const DAYS = 7
const DAY_MS = 86_400_000
const ALL = 'all'

const plusDays = (day: string, days: number): string => new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)
const isDay = (text: string | null): text is string =>
  text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
const labelOf = (day: string, words: QuotaWords): string => `${day.slice(5)} ${words.weekdays[new Date(day).getUTCDay()] ?? ''}`

/** Where one is on the board: institution, first day of the week shown, day, specialty. All of it stands in the address. */
const usePlaceOnBoard = () => {
  const { institution } = useActor()
  const [search, setSearch] = useSearchParams()
  const today = dayAt(useServerNow())
  const given = search.get('from')
  const from = isDay(given) ? given : today
  const wished = search.get('day')
  const day = isDay(wished) && wished >= from && wished < plusDays(from, DAYS) ? wished : ''
  const at = { org: search.get('org') ?? institution?.id ?? '', from, day, specialty: search.get('specialty') ?? ALL }
  const go = (change: Partial<typeof at>) => setSearch({ ...at, ...change }, { replace: true })
  return { at, go, today, own: institution?.id ?? '' }
}

/** Who the units are for: per day and service the shares, what is used of each, and the least that the law reserves. */
export const QuotaBoardPage = () => {
  const words = useQuotaWords()
  const { at, go, today, own } = usePlaceOnBoard()
  const place = useApi('organisations.institution', { institution: at.org })
  const services = place.data === undefined ? [] : oneEachSpecialty(place.data.services)
  const pick = usePick()
  const nameOf = (code: string): string => {
    const found = services.find(({ specialty }) => specialty === code)
    return found === undefined ? code : pick(found.name)
  }
  const specialties = [
    { value: ALL, label: words.allServices },
    ...services.map(({ specialty }) => ({ value: specialty as string, label: nameOf(specialty) })),
  ]
  const week = (days: number) => go({ from: plusDays(at.from, days), day: '' })
  const asked = useApi(
    'booking.quota-board',
    { org: at.org, from: at.from, days: DAYS, ...(at.specialty === ALL ? {} : { specialty: at.specialty }) },
    { follows: ['referral'] },
  )
  // Where nobody has chosen a day, the first one with units.
  const day = at.day || (asked.data?.quotas[0]?.day ?? at.from)
  return (
    <Page title={words.title} lead={words.lead}>
      <div className="quota-tools">
        <Institutions own={own} org={at.org} onChange={(org) => go({ org, specialty: ALL })} />
        <Select label={words.service} choices={specialties} value={at.specialty} onChange={(specialty) => go({ specialty })} />
        <div className="along quota-weeks">
          <Button icon="back" onClick={() => week(-DAYS)}>
            {words.earlier}
          </Button>
          <Button onClick={() => go({ from: today, day: '' })}>{words.thisWeek}</Button>
          <Button icon="arrow" onClick={() => week(DAYS)}>
            {words.later}
          </Button>
        </div>
      </div>
      <QuotaLegend />
      <Tabs
        label={words.days}
        tabs={Array.from({ length: DAYS }, (_, ahead) => plusDays(at.from, ahead)).map((key) => ({
          key,
          label: labelOf(key, words),
        }))}
        shown={day}
        onShow={(next) => go({ day: next })}
      >
        {asked.error !== null && <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />}
        {asked.data === undefined && asked.error === null && <Skeleton lines={8} />}
        {asked.data !== undefined && (
          <Board
            quotas={asked.data.quotas.filter((quota) => quota.day === day)}
            org={at.org}
            mayAct={at.org === own}
            nameOf={nameOf}
          />
        )}
      </Tabs>
      {at.org === own && <Feeds nameOf={nameOf} />}
    </Page>
  )
}

type BoardProps = { quotas: readonly Quota[]; org: string; mayAct: boolean; nameOf: (code: string) => string }

const Board = ({ quotas, org, mayAct, nameOf }: BoardProps) => {
  const words = useQuotaWords()
  if (quotas.length === 0) return <EmptyState kind="filtered" title={words.none} why={words.noneWhy} />
  return (
    <ul className="quota-rows">
      {quotas.map((quota) => (
        <QuotaRow key={keyOf(quota)} quota={quota} org={org} name={nameOf(quota.specialty)} mayAct={mayAct} />
      ))}
    </ul>
  )
}

const keyOf = (quota: Quota): string =>
  `${quota.day} ${quota.specialty} ${quota.unitKind} ${quota.kind} ${quota.service?.zh ?? ''}`

/** For a manager, the institutions of the own consortium; a desk works for its own and is asked nothing. */
const Institutions = ({ own, org, onChange }: { own: string; org: string; onChange: (org: string) => void }) => {
  const words = useQuotaWords()
  const pick = usePick()
  const { role } = useActor()
  const leads = role === 'consortium-manager'
  const consortia = useApi('organisations.consortia', {}, { enabled: leads })
  const led = consortia.data?.consortia.find(({ lead, kind }) => lead === own && kind !== 'specialty-alliance')
  const members = useApi('organisations.consortium', { consortium: led?.id ?? '0' }, { enabled: led !== undefined })
  if (!leads || members.data === undefined) return null
  const choices = members.data.members
    .filter(({ institution }) => institution.tier !== 'village')
    .map(({ institution: { id, name } }) => ({ value: id as string, label: pick(name) }))
  return <Select label={words.institution} choices={choices} value={org} onChange={onChange} />
}
