import { Link } from 'wouter'
import { plainTime } from '../desks/resident/plain-date.ts'
import { useServerNow } from '../ui/use-server-now.ts'
import { useLanguage, usePick, useWordsOf } from '../words/language.tsx'
import { findWords } from './find-words.ts'
import type { Found } from './use-places.ts'

type Told = NonNullable<Found['diversion']>

/** Which place is full, and who of the same city, tier and specialty has units, each with how much longer the way there is. */
export const Diversion = ({ diversion: { institution, minutes, peers } }: { diversion: Told }) => {
  const words = useWordsOf(findWords)
  const pick = usePick()
  return (
    <section className="find-note diversion stack tight" aria-label={words.full.title}>
      <p>
        <strong>{words.full.what(pick(institution.name))}</strong> {words.full.way(minutes)}
      </p>
      <p>{peers.length > 0 ? words.full.instead : words.full.nobody}</p>
      {peers.length > 0 && (
        <ul className="stack tight">
          {peers.map((peer) => (
            <Peer key={peer.institution.id} peer={peer} />
          ))}
        </ul>
      )}
    </section>
  )
}

const Peer = ({ peer }: { peer: Told['peers'][number] }) => {
  const words = useWordsOf(findWords)
  const pick = usePick()
  const language = useLanguage()
  const now = useServerNow()
  const { institution, specialty, free, firstFreeAt, minutes, minutesMore } = peer
  return (
    <li className="diversion-peer">
      <span>
        <strong>{pick(institution.name)}</strong>
        <span className="diversion-facts">
          {firstFreeAt !== null && `${words.first(plainTime(firstFreeAt, now, language))} · ${words.free(free)} · `}
          {words.travel(minutes)}
          {words.full.more(minutesMore)}
        </span>
      </span>
      <Link className="button plain" to={`/me/book?specialty=${specialty}&at=${institution.id}`}>
        {words.full.go}
        <span className="unseen"> {pick(institution.name)}</span>
      </Link>
    </li>
  )
}
