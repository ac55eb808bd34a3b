import { Link } from 'wouter'
import type { Queries } from '../../api/api-types.ts'
import { useApi } from '../../api/use-api.ts'
import { useActor } from '../../shell/session.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { LinkRow, List, PlainRow } from '../../ui/list.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useServerNow } from '../../ui/use-server-now.ts'
import { JoinWaiting } from '../booking/waiting-list/join-waiting.tsx'
import { useLanguage, usePick, useWordsOf } from '../../words/language.tsx'
import { bookingWords } from './booking-words.ts'
import { Emergency } from './call-link.tsx'
import { FamilyDoctorCall } from './family-doctor.tsx'
import { plainTime } from './plain-date.ts'

/** How many places are laid out; more would be a list to get lost in. */
const placesMost = 8

/** The nearest of them are waited at, if nothing is free anywhere. */
const waitedMost = 5
const orgOf = ({ institution }: Ranked['places'][number]): string => institution.id

type Need = { specialty: string } | { condition: string }
type Ranked = Queries['navigation.rank']['answer']

/** Where to go: the places that can treat it, nearest and freest first, as navigation ranks them. */
export const ChoosePlace = ({ need }: { need: Need }) => {
  const words = useWordsOf(bookingWords)
  const { resident } = useActor()
  const person = useApi('residents.get', { person: resident ?? '' }, { enabled: resident !== null })
  const village = person.data?.village ?? undefined
  const ranked = useApi(
    'navigation.rank',
    { ...need, village, limit: placesMost },
    { follows: ['booking'], enabled: person.data !== undefined },
  )
  const error = person.error ?? ranked.error
  return (
    <section className="stack">
      <div className="along apart">
        <h2>{words.place}</h2>
        <Link className="button quiet" to="/me/book">
          {words.changeNeed}
        </Link>
      </div>
      {error !== null && <ErrorNote error={error} action={<FamilyDoctorCall />} />}
      {error === null && ranked.data === undefined && <Skeleton lines={6} />}
      {ranked.data !== undefined && <Places ranked={ranked.data} />}
    </section>
  )
}

const Places = ({ ranked: { notes, places, specialty } }: { ranked: Ranked }) => {
  const words = useWordsOf(bookingWords)
  const pick = usePick()
  const hasFree = places.some(({ free }) => free > 0)
  return (
    <>
      {notes.map((note) => (
        <div key={note.code} className="error-note" role="alert">
          <div className="stack tight">
            <p className="error-what">{pick(note)}</p>
            <Emergency />
          </div>
        </div>
      ))}
      {hasFree ? (
        <p className="soft">{words.placeLead}</p>
      ) : (
        <EmptyState
          kind="none"
          title={words.placeNone}
          why={words.placeNoneWhy}
          action={
            <div className="stack">
              {places.length > 0 && <JoinWaiting orgs={places.slice(0, waitedMost).map(orgOf)} specialty={specialty.code} />}
              <FamilyDoctorCall />
            </div>
          }
        />
      )}
      {places.length > 0 && (
        <List label={words.place}>
          {places.map((place) => (
            <PlaceRow key={place.institution.id} place={place} specialty={specialty.code} />
          ))}
        </List>
      )}
    </>
  )
}

const PlaceRow = ({ place, specialty }: { place: Ranked['places'][number]; specialty: string }) => {
  const words = useWordsOf(bookingWords)
  const pick = usePick()
  const language = useLanguage()
  const now = useServerNow()
  const { institution, distanceKm, firstFreeAt, free, reservedFree } = place
  const title = pick(institution.name)
  const far = words.far(String(distanceKm))
  if (free === 0) {
    const why = reservedFree > 0 ? words.reservedLeft(reservedFree) : words.noUnits
    return <PlainRow title={title} lines={`${far} · ${why}`} />
  }
  return (
    <LinkRow
      to={`/me/book?specialty=${specialty}&at=${institution.id}`}
      title={title}
      lines={
        <>
          <span className="gloss">
            {far} · {words.free(free)}
          </span>
          {firstFreeAt !== null && words.first(plainTime(firstFreeAt, now, language))}
        </>
      }
    />
  )
}
