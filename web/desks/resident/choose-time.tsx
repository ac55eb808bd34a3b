import { useState } from 'react'
import { Link, useSearchParams } from 'wouter'
import type { ShownSlot } from '../../../src/modules/booking/contract.ts'
import { useApi, useCommand } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useServerNow } from '../../ui/use-server-now.ts'
import { formatDay } from '../../ui/time-format.ts'
import { JoinWaiting } from '../booking/waiting-list/join-waiting.tsx'
import { tellChoice } from '../../find/chosen-list.ts'
import { useLanguage, usePick, useWordsOf } from '../../words/language.tsx'
import { bookingWords } from './booking-words.ts'
import { FamilyDoctorCall } from './family-doctor.tsx'
import { useForWhom } from './for-whom.tsx'
import { useInstitution } from './institution.ts'
import { plainClock, plainDay } from './plain-date.ts'

/** Two weeks of one department fit into this. */
const slotsMost = 200
/** Days laid out at once: who cannot choose among three wants another place rather than a longer list. */
const daysAtOnce = 3

/** When to go: the free times of one place, day by day. Pressing one holds it at once. */
export const ChooseTime = ({ org, specialty }: { org: string; specialty: string }) => {
  const words = useWordsOf(bookingWords)
  const pick = usePick()
  const [, setSearch] = useSearchParams()
  const { data: place } = useInstitution(org)
  const { data, error, refetch } = useApi('booking.free', { org, specialty, limit: slotsMost })
  const { whom } = useForWhom()
  const hold = useCommand('booking.hold')
  const take = (slot: ShownSlot) =>
    hold.mutate(
      { org: slot.org, pool: slot.pool, ...whom.asked },
      {
        onSuccess: ({ booking, org: at }) => {
          void tellChoice(at, booking)
          setSearch({ booking, at })
        },
        // Somebody was faster: what is left must be shown before the next press.
        onError: () => void refetch(),
      },
    )
  return (
    <section className="stack">
      <div className="along apart">
        <h2>{words.time}</h2>
        <Link className="button quiet" to={`/me/book?specialty=${specialty}`}>
          {words.changePlace}
        </Link>
      </div>
      {place !== undefined && <p>{pick(place.institution.name)}</p>}
      {hold.error !== null && <ErrorNote error={hold.error} action={<FamilyDoctorCall />} />}
      {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton lines={6} />}
      {data?.slots.length === 0 && (
        <EmptyState
          kind="none"
          title={words.timeNone}
          why={words.timeNoneWhy}
          action={
            <div className="stack">
              <JoinWaiting orgs={[org]} specialty={specialty} />
              <FamilyDoctorCall />
            </div>
          }
        />
      )}
      {data !== undefined && <Days slots={data.slots} busy={hold.isPending} onTake={take} />}
    </section>
  )
}

const Days = ({ slots, busy, onTake }: { slots: readonly ShownSlot[]; busy: boolean; onTake: (slot: ShownSlot) => void }) => {
  const words = useWordsOf(bookingWords)
  const language = useLanguage()
  const now = useServerNow()
  const [shown, setShown] = useState(daysAtOnce)
  const days = [...new Set(slots.map(({ startsAt }) => formatDay(startsAt)))]
  return (
    <>
      {days.slice(0, shown).map((day) => (
        <section key={day} className="stack tight">
          <h3>{plainDay(`${day}T12:00:00+08:00`, now, language)}</h3>
          <ul className="slot-times">
            {slots
              .filter(({ startsAt }) => formatDay(startsAt) === day)
              .map((slot) => (
                <li key={slot.pool}>
                  <SlotTile slot={slot} busy={busy} onTake={() => onTake(slot)} />
                </li>
              ))}
          </ul>
        </section>
      ))}
      {days.length > shown && (
        <Button wide onClick={() => setShown(shown + daysAtOnce)}>
          {words.laterDays}
        </Button>
      )}
    </>
  )
}

const SlotTile = ({ slot, busy, onTake }: { slot: ShownSlot; busy: boolean; onTake: () => void }) => {
  const words = useWordsOf(bookingWords)
  const pick = usePick()
  const { doctor, endsAt, free, kind, startsAt } = slot
  return (
    <button type="button" className="choice-tile" aria-disabled={busy || undefined} onClick={() => busy || onTake()}>
      <strong className="figures">
        {plainClock(startsAt)}–{plainClock(endsAt)}
      </strong>
      {doctor !== null && <span>{pick(doctor)}</span>}
      <span className="along">
        <Chip tone={kind === 'expert' ? 'baton' : 'quiet'} icon={kind === 'expert' ? 'person' : 'record'}>
          {words[kind]}
        </Chip>
        <span className="soft small">{words.left(free)}</span>
      </span>
    </button>
  )
}
