import { useState } from 'react'
import { Link } from 'wouter'
import { useApi } from '../../api/use-api.ts'
import { Page } from '../../shell/desk-frame.tsx'
import { useActor } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Select } from '../../ui/field.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { formatDay } from '../../ui/time-format.ts'
import { usePick } from '../../words/language.tsx'
import { usePlansPlace } from '../booking/plans/plans-place.ts'
import { useQuotaWords } from '../booking/quota-board/words.ts'
import { oneEachSpecialty } from '../specialties.ts'
import { PublishForm } from './publish-form.tsx'
import type { Slot } from './slot-picker.tsx'
import { dayWords, daysOf, timeOfDay } from './times.ts'
import { useDeskWords } from './words.ts'

const daysAhead = 14

/** What is left to book here day by day, open and reserved for primary care, and the form that publishes more. */
export const PoolsPage = () => {
  const words = useDeskWords()
  const quotas = useQuotaWords()
  const plansPlace = usePlansPlace()
  const pick = usePick()
  const { role, institution } = useActor()
  const own = institution?.id ?? ''
  const [wished, setSpecialty] = useState<string | null>(null)
  const [publishing, setPublishing] = useState(false)
  const asked = useApi('organisations.institution', { institution: own })
  if (asked.error !== null) {
    return (
      <Page title={words.pools.title}>
        <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />
      </Page>
    )
  }
  const services = asked.data === undefined ? undefined : oneEachSpecialty(asked.data.services)
  // Most places have nothing to book for check-ups: the first department that treats shows more.
  const first = services?.find(({ line }) => line === 'treatment') ?? services?.[0]
  const specialty = wished ?? first?.specialty ?? null
  const mayPublish = role === 'referral-desk' && specialty !== null
  return (
    <Page
      title={words.pools.title}
      lead={words.pools.lead}
      acts={
        role === 'referral-desk' && (
          <>
            <Link className="button plain" to="/desk/plans">
              {plansPlace}
            </Link>
            <Link className="button plain" to="/desk/quotas">
              {quotas.title}
            </Link>
            {mayPublish && !publishing && (
              <Button tone="primary" icon="plus" onClick={() => setPublishing(true)}>
                {words.pools.publish}
              </Button>
            )}
          </>
        )
      }
    >
      {services === undefined && <Skeleton lines={6} />}
      {services?.length === 0 && <EmptyState kind="none" title={words.pools.noSpecialty} why={words.pools.noSpecialtyWhy} />}
      {services !== undefined && specialty !== null && (
        <>
          <div className="narrow-field">
            <Select
              label={words.pools.specialty}
              choices={services.map((service) => ({ value: service.specialty, label: pick(service.name) }))}
              value={specialty}
              onChange={setSpecialty}
            />
          </div>
          {publishing && <PublishForm specialty={specialty} onClose={() => setPublishing(false)} />}
          <Left key={specialty} org={own} specialty={specialty} />
        </>
      )}
    </Page>
  )
}

type DayLeft = { day: string; slots: Slot[]; open: number; reserved: number }

const byDay = (slots: readonly Slot[]): DayLeft[] =>
  daysOf(slots.map(({ startsAt }) => startsAt)).map((day) => {
    const ofDay = slots.filter(({ startsAt }) => formatDay(startsAt) === day)
    return {
      day,
      slots: ofDay,
      open: ofDay.reduce((sum, { free }) => sum + free, 0),
      reserved: ofDay.reduce((sum, { reservedFree }) => sum + reservedFree, 0),
    }
  })

const Left = ({ org, specialty }: { org: string; specialty: string }) => {
  const words = useDeskWords()
  const pick = usePick()
  const [openDay, setOpenDay] = useState<string | null>(null)
  const asked = useApi(
    'booking.free',
    { org, specialty, channel: 'referral', days: daysAhead, limit: 200 },
    { follows: ['referral'] },
  )
  if (asked.error !== null) return <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />
  if (asked.data === undefined) return <Skeleton lines={6} />
  const days = byDay(asked.data.slots)
  const shown = days.find(({ day }) => day === openDay) ?? days[0]
  if (shown === undefined) return <EmptyState kind="none" title={words.pools.none} why={words.pools.noneWhy} />
  return (
    <div className="beside">
      <DataTable
        caption={words.pools.table}
        columns={[
          { key: 'day', title: words.pools.day, cell: ({ day }) => <span className="figures">{dayWords(day, words)}</span> },
          { key: 'slots', title: words.pools.slots, numeric: true, cell: ({ slots }) => slots.length },
          { key: 'open', title: words.pools.open, numeric: true, cell: ({ open }) => open },
          { key: 'reserved', title: words.pools.reserved, numeric: true, cell: ({ reserved }) => reserved },
        ]}
        rows={days}
        idOf={({ day }) => day}
        openId={shown.day}
        onOpen={({ day }) => setOpenDay(day)}
      />
      <DataTable
        caption={words.pools.detailOf(dayWords(shown.day, words))}
        columns={[
          {
            key: 'time',
            title: dayWords(shown.day, words),
            cell: (slot) => <span className="figures">{`${timeOfDay(slot.startsAt)}–${timeOfDay(slot.endsAt)}`}</span>,
          },
          { key: 'kind', title: words.pools.kind, cell: (slot) => words.slots[slot.kind] },
          { key: 'doctor', title: words.pools.doctor, cell: (slot) => (slot.doctor === null ? '' : pick(slot.doctor)) },
          { key: 'open', title: words.pools.open, numeric: true, cell: (slot) => slot.free },
          { key: 'reserved', title: words.pools.reserved, numeric: true, cell: (slot) => slot.reservedFree },
        ]}
        rows={shown.slots}
        idOf={(slot) => slot.pool}
      />
    </div>
  )
}
