import { useEffect, useRef, useState, type ReactNode } from 'react'
import { Link } from 'wouter'
import type { Named } from '../api/api-types.ts'
import { CostAt } from '../desks/cost/cost-line.tsx'
import { useCosts, type CostAsk } from '../desks/cost/use-costs.ts'
import { plainTime } from '../desks/resident/plain-date.ts'
import { Card } from '../ui/card.tsx'
import { Chip } from '../ui/chip.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Icon } from '../ui/icon.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { useServerNow } from '../ui/use-server-now.ts'
import { useLanguage, usePick, useWordsOf } from '../words/language.tsx'
import { keepList } from './chosen-list.ts'
import { Chain } from './chain.tsx'
import { Diversion } from './diversion.tsx'
import { findWords } from './find-words.ts'
import { PlacesMap } from './places-map.tsx'
import type { Found, FoundPlace } from './use-places.ts'

/** The places as a list and, saying the same, on a sketch of where they lie; `ask`: whose costs are told beside them. */
export const PlacesFound = ({ found, ask }: { found: Found; ask: CostAsk }) => {
  const words = useWordsOf(findWords)
  const [view, setView] = useState<'list' | 'map'>('list')
  const [chosen, setChosen] = useState<string | null>(null)
  const list = useRef<HTMLOListElement>(null)
  const { from, places, list: offered } = found
  const { costs, isPending } = useCosts(
    ask,
    places.filter(({ clock }) => clock === null).map(({ id }) => id),
  )
  useEffect(() => {
    if (offered !== null) keepList({ list: offered, institutions: places.map(({ id }) => id) })
  }, [offered, places])
  if (places.length === 0) return <EmptyState kind="none" title={words.noPlaces} why={words.noPlacesWhy} />
  const show = (id: string) => {
    setChosen(id)
    list.current?.querySelector(`[data-place="${id}"]`)?.scrollIntoView({ block: 'center' })
  }
  const rows = (
    <ol ref={list} className="place-list" aria-label={words.places}>
      {places.map((place, at) => (
        <PlaceFound
          key={place.id}
          place={place}
          number={at + 1}
          isChosen={place.id === chosen}
          cost={
            ask === null ? (
              from === null && <p className="soft small">{words.price}</p>
            ) : (
              <CostAt ask={ask} place={place.id} costs={costs} isPending={isPending} />
            )
          }
        />
      ))}
    </ol>
  )
  return (
    <div className="stack">
      <Notes found={found} />
      <WhyOrder tieRule={found.tieRule} />
      {from === null ? (
        rows
      ) : (
        <Tabs
          label={words.places}
          tabs={[
            { key: 'list', label: words.list },
            { key: 'map', label: words.map },
          ]}
          shown={view}
          onShow={setView}
        >
          <div className="stack">
            {view === 'map' && <PlacesMap from={from} places={places} chosen={chosen} onChoose={show} />}
            {rows}
          </div>
        </Tabs>
      )}
    </div>
  )
}

const Notes = ({ found: { chain, diversion, notes } }: { found: Found }) => {
  const pick = usePick()
  return (
    <>
      {notes.map((note) => (
        <p key={note.zh} className="find-note">
          {pick(note)}
        </p>
      ))}
      {chain !== null && <Chain chain={chain} />}
      {diversion !== null && <Diversion diversion={diversion} />}
    </>
  )
}

const WhyOrder = ({ tieRule }: { tieRule: Found['tieRule'] }) => {
  const words = useWordsOf(findWords)
  const pick = usePick()
  return (
    <details>
      <summary className="find-summary">{words.whyOrder}</summary>
      <ul className="plain-points">
        {words.order.map((one) => (
          <li key={one}>{one}</li>
        ))}
        {tieRule !== null && <li>{pick(tieRule)}</li>}
      </ul>
    </details>
  )
}

type RowProps = { place: FoundPlace; number: number; isChosen: boolean; cost: ReactNode }

const PlaceFound = ({ place, number, isChosen, cost }: RowProps) => {
  const words = useWordsOf(findWords)
  const pick = usePick()
  const { id, name, tier, phone, specialty, free, clock } = place
  return (
    <li data-place={id}>
      <Card
        level={3}
        held={isChosen}
        title={
          <>
            <span className="place-number">{number}</span> {pick(name)}
          </>
        }
        aside={
          tier === null ? undefined : (
            <Chip tone="calm" icon="home">
              {words.tiers[tier] ?? tier}
            </Chip>
          )
        }
      >
        <div className="stack tight">
          <PlaceFacts place={place} />
          {clock === null && place.compared !== null && <p className="small">{pick(place.compared)}</p>}
          <div className="place-points">
            <Points title={words.whyHere} points={place.reasons} />
            {clock === null && <Points title={words.change} points={place.wouldChange} />}
          </div>
          {clock === null && cost}
          <div className="place-acts">
            {free > 0 && clock === null && (
              <Link className="button primary" to={`/me/book?specialty=${specialty}&at=${id}`}>
                {words.book}
                <span className="unseen"> {pick(name)}</span>
              </Link>
            )}
            {phone !== null && phone !== '' && (
              <a className="button plain" href={`tel:${phone.replaceAll(/[^\d+]/g, '')}`}>
                <Icon name="phone" />
                <span>{words.call}</span>
                <span className="unseen"> {pick(name)}</span>
              </a>
            )}
          </div>
        </div>
      </Card>
    </li>
  )
}

const Points = ({ title, points }: { title: string; points: readonly Named[] }) => {
  const pick = usePick()
  if (points.length === 0) return null
  return (
    <details>
      <summary className="find-summary">{title}</summary>
      <ul className="plain-points">
        {points.map((point) => (
          <li key={point.zh}>{pick(point)}</li>
        ))}
      </ul>
    </details>
  )
}

const PlaceFacts = ({ place }: { place: FoundPlace }) => {
  const words = useWordsOf(findWords)
  const pick = usePick()
  const language = useLanguage()
  const now = useServerNow()
  const { capabilities, clock, firstAt, free, isDiversion, isDoubtful, km, minutes, waitDays } = place
  const way = [
    ...(minutes === null ? [] : [words.travel(minutes)]),
    ...(km === null ? [] : [words.far(String(km))]),
    ...(clock !== null || waitDays === null ? [] : [words.wait(Math.ceil(waitDays))]),
  ]
  return (
    <>
      {clock !== null && <p className="find-clock">{pick(clock)}</p>}
      {capabilities.length > 0 && <p>{words.canDo(capabilities.map(pick))}</p>}
      {clock === null && firstAt !== null && free > 0 && (
        <p>
          <strong>{words.first(plainTime(firstAt, now, language))}</strong> · {words.free(free)}
        </p>
      )}
      {clock === null && (firstAt === null || free === 0) && <p>{words.noFree}</p>}
      {way.length > 0 && <p className="soft">{way.join(' · ')}</p>}
      {(isDiversion || isDoubtful) && (
        <p className="along">
          {isDiversion && <Chip tone="baton">{words.diverted}</Chip>}
          {isDoubtful && <Chip tone="warning">{words.doubtful}</Chip>}
        </p>
      )}
    </>
  )
}
