import { useRef, useState } from 'react'
import { Link } from 'wouter'
import { plainTime } from '../desks/resident/plain-date.ts'
import { Card } from '../ui/card.tsx'
import { Chip } from '../ui/chip.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Icon } from '../ui/icon.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { useServerNow } from '../ui/use-server-now.ts'
import { useLanguage, usePick, useWordsOf } from '../words/language.tsx'
import { findWords } from './find-words.ts'
import { PlacesMap } from './places-map.tsx'
import type { Found, FoundPlace } from './use-places.ts'

/** The places as a list and, saying the same, on a sketch of where they lie. */
export const PlacesFound = ({ found, specialty }: { found: Found; specialty: string }) => {
  const words = useWordsOf(findWords)
  const [view, setView] = useState<'list' | 'map'>('list')
  const [chosen, setChosen] = useState<string | null>(null)
  const list = useRef<HTMLOListElement>(null)
  const { from, places } = found
  if (places.length === 0) return <EmptyState kind="none" title={words.noPlaces} why={words.noPlacesWhy} />
  const show = (id: string) => {
    setChosen(id)
    list.current?.querySelector(`[data-place="${id}"]`)?.scrollIntoView({ block: 'center' })
  }
  const rows = (
    <ol ref={list} className="place-list" aria-label={words.places}>
      {places.map((place, at) => (
        <PlaceFound key={place.id} place={place} number={at + 1} isChosen={place.id === chosen} specialty={specialty} />
      ))}
    </ol>
  )
  return (
    <div className="stack">
      <WhyOrder />
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

const WhyOrder = () => {
  const words = useWordsOf(findWords)
  return (
    <details>
      <summary className="find-summary">{words.whyOrder}</summary>
      <ul className="plain-points">
        {words.order.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </details>
  )
}

type RowProps = { place: FoundPlace; number: number; isChosen: boolean; specialty: string }

const PlaceFound = ({ place, number, isChosen, specialty }: RowProps) => {
  const words = useWordsOf(findWords)
  const pick = usePick()
  const { id, name, tier, phone, reasons, free } = place
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
          {reasons.length > 0 && (
            <details>
              <summary className="find-summary">{words.whyHere}</summary>
              <ul className="plain-points">
                {reasons.map((reason) => (
                  <li key={reason.zh}>{pick(reason)}</li>
                ))}
              </ul>
            </details>
          )}
          <p className="soft small">{words.price}</p>
          <div className="act-list">
            {free > 0 && (
              <Link
                className="button primary wide-button"
                to={`/me/book?specialty=${specialty}&at=${id}`}
                aria-label={words.chooseThis(pick(name))}
              >
                {words.book}
              </Link>
            )}
            {phone !== null && phone !== '' && (
              <a
                className="button plain wide-button"
                href={`tel:${phone.replaceAll(/[^\d+]/g, '')}`}
                aria-label={words.call(pick(name))}
              >
                <Icon name="phone" />
                <span>{phone}</span>
              </a>
            )}
          </div>
        </div>
      </Card>
    </li>
  )
}

const PlaceFacts = ({ place: { firstAt, free, km } }: { place: FoundPlace }) => {
  const words = useWordsOf(findWords)
  const language = useLanguage()
  const now = useServerNow()
  return (
    <>
      {firstAt !== null && free > 0 ? (
        <p>
          <strong>{words.first(plainTime(firstAt, now, language))}</strong> · {words.free(free)}
        </p>
      ) : (
        <p>{words.noFree}</p>
      )}
      {km !== null && <p className="soft">{words.far(String(km))}</p>}
    </>
  )
}
