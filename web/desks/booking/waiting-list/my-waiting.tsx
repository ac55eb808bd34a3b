import { useState } from 'react'
import type { Queries } from '../../../api/api-types.ts'
import { useApi, useCommand } from '../../../api/use-api.ts'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { Chip } from '../../../ui/chip.tsx'
import { Countdown } from '../../../ui/countdown.tsx'
import { ConfirmDialog } from '../../../ui/dialog.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { useServerNow } from '../../../ui/use-server-now.ts'
import { useLanguage, usePick, useWordsOf, type Language } from '../../../words/language.tsx'
import type { Whom } from '../../resident/for-whom.tsx'
import { plainDay, plainTime } from '../../resident/plain-date.ts'
import './waiting.css'
import { waitingWords } from './words.ts'

type Answer = Queries['booking.my-waiting']['answer']
type Entry = Answer['entries'][number]
type Offer = NonNullable<Entry['offer']>
const offerSoonMinutes = 60

/** What one waits for: units that are kept for a while first, then the places in line; nothing where one waits for nothing. */
export const MyWaiting = ({ whom }: { whom: Whom }) => {
  const words = useWordsOf(waitingWords)
  const { data, error, refetch } = useApi('booking.my-waiting', whom.asked)
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (data === undefined || data.entries.length === 0) return null
  const offered = data.entries.filter((one) => one.offer !== null)
  const others = data.entries.filter((one) => one.offer === null)
  return (
    <section className="stack">
      <h2>{words.title}</h2>
      {offered.map((one) => one.offer && <OfferCard key={one.waiting} entry={one} offer={one.offer} names={data} whom={whom} />)}
      {others.map((one) => (
        <EntryCard key={one.waiting} entry={one} names={data} whom={whom} />
      ))}
    </section>
  )
}

type Named = Pick<Answer, 'institutions' | 'specialties'>
const nameIn = (names: Named, org: string) => names.institutions.find(({ id }) => id === org)?.name ?? { zh: '', en: null }
const serviceIn = (names: Named, code: string) =>
  names.specialties.find((one) => one.code === code)?.name ?? { zh: code, en: null }

const dayIn = (text: string, now: number, language: Language): string => plainDay(`${text}T12:00:00+08:00`, now, language)

const OfferCard = ({ entry, offer, names, whom }: { entry: Entry; offer: Offer; names: Named; whom: Whom }) => {
  const words = useWordsOf(waitingWords)
  const pick = usePick()
  const language = useLanguage()
  const now = useServerNow()
  const toast = useToast()
  const accept = useCommand('booking.accept-offer')
  const decline = useCommand('booking.decline-offer')
  const key = { org: offer.org, booking: offer.booking, ...whom.asked }
  const error = accept.error ?? decline.error
  const { stay } = offer
  return (
    <Card
      title={stay ? words.bedOffered : words.offered}
      aside={<Countdown until={offer.until} soonMinutes={offerSoonMinutes} />}
      held
      level={3}
    >
      <div className="stack">
        <p>
          <strong>
            {stay
              ? words.stay(dayIn(stay.from, now, language), dayIn(stay.until, now, language), entry.nights ?? 0)
              : plainTime(offer.startsAt, now, language)}
          </strong>
          <br />
          {whom.zh !== null && `${whom.zh} · `}
          {pick(nameIn(names, offer.org))} · {pick(serviceIn(names, entry.specialty))}
          {stay && ` · ${pick(stay.ward)}`}
          {offer.doctor !== null && ` · ${pick(offer.doctor)}`}
          {offer.place !== null && ` · ${pick(offer.place)}`}
        </p>
        <p className="soft small">{stay ? words.bedOfferedWhy : words.offeredWhy}</p>
        {error !== null && <ErrorNote error={error} />}
        <Button
          tone="primary"
          wide
          busy={accept.isPending}
          onClick={() =>
            accept.mutate(key, { onSuccess: () => void toast({ text: stay ? words.bedAccepted : words.accepted, tone: 'good' }) })
          }
        >
          {stay ? words.acceptBed : words.accept}
        </Button>
        <Button
          wide
          busy={decline.isPending}
          onClick={() => decline.mutate(key, { onSuccess: () => void toast({ text: words.declined }) })}
        >
          {stay ? words.declineBed : words.decline}
        </Button>
      </div>
    </Card>
  )
}

const EntryCard = ({ entry, names, whom }: { entry: Entry; names: Named; whom: Whom }) => {
  const words = useWordsOf(waitingWords)
  const pick = usePick()
  const language = useLanguage()
  const now = useServerNow()
  const toast = useToast()
  const [asks, setAsks] = useState(false)
  const leave = useCommand('booking.leave-waiting')
  const day = (text: string) => dayIn(text, now, language)
  const service = pick(serviceIn(names, entry.specialty))
  const isBed = entry.nights !== null
  const isOpen = entry.state === 'waiting' || entry.state === 'offered'
  const over =
    entry.state === 'placed'
      ? isBed
        ? words.bedPlaced
        : words.placed
      : entry.state === 'withdrawn'
        ? words.withdrawn
        : words.ended
  return (
    <Card
      title={entry.nights === null ? service : words.bed(entry.nights, service, entry.isolation)}
      level={3}
      aside={isOpen ? null : <Chip tone="quiet">{over}</Chip>}
    >
      <div className="stack tight">
        {entry.class === 'stopped' && isOpen && (
          <p>
            <Chip tone="baton">{words.stopped}</Chip>
          </p>
        )}
        <p className="soft small">{(isBed ? words.bedPeriod : words.period)(day(entry.from), day(entry.until))}</p>
        {isOpen && (
          <>
            <ul className="waiting-places">
              {entry.places.map(({ org, before }) => (
                <li key={org} className="along apart">
                  <span>{pick(nameIn(names, org))}</span>
                  {before !== null && <strong className="figures">{before === 0 ? words.first : words.before(before)}</strong>}
                </li>
              ))}
            </ul>
            {leave.error !== null && <ErrorNote error={leave.error} />}
            <Button tone="quiet" onClick={() => setAsks(true)}>
              {words.leave}
            </Button>
            <ConfirmDialog
              title={words.leaving}
              consequence={words.leavingWhy}
              act={words.leave}
              open={asks}
              busy={leave.isPending}
              onClose={() => setAsks(false)}
              onConfirm={() => {
                setAsks(false)
                leave.mutate({ waiting: entry.waiting, ...whom.asked }, { onSuccess: () => void toast({ text: words.left }) })
              }}
            />
          </>
        )}
      </div>
    </Card>
  )
}
