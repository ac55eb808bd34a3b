import { useEffect, useId, useState } from 'react'
import type { Queries } from '../../api/api-types.ts'
import { useApi } from '../../api/use-api.ts'
import { CostAt, CostLine } from '../cost/cost-line.tsx'
import { useCosts, type Cost, type CostAsk } from '../cost/use-costs.ts'
import { useActor } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { usePick, useWordsOf } from '../../words/language.tsx'
import { keepPlaces, knownPlaces, type KnownPlaces, type Place } from './remembered.ts'
import { caseWords, villageWords } from './words.ts'

type Asked = Queries['navigation.rank']['input']
/** Places laid out before 再看. */
const shownFirst = 3

/** Places ranked for a need, own institution left out; the last known ones while there is no network. */
export const usePlaces = (asked: Asked) => {
  const { institution } = useActor()
  const { data, error, isPending, refetch } = useApi('navigation.rank', asked, { follows: ['booking'] })
  const name = asked.condition ?? asked.specialty ?? ''
  useEffect(() => {
    if (data !== undefined) keepPlaces(name, data)
  }, [data, name])
  const isOffline = error?.status === 0
  const known: KnownPlaces | null = data ?? (isOffline ? knownPlaces(name) : null)
  const places = known?.places.filter((place) => place.institution.id !== institution?.id) ?? []
  return { known, places, isOffline, isKept: data === undefined && known !== null, isPending, error, refetch }
}

export type Places = ReturnType<typeof usePlaces>

/** Where to: the ranked places with what each has free and would cost; the chosen one says why it stands there. */
export const PlaceStep = ({
  places,
  step,
  chosen,
  ask = null,
  onChoose,
}: {
  places: Places
  step: string
  /** Whose costs are told beside the places. */
  ask?: CostAsk
  chosen: Place | null
  onChoose: (place: Place) => void
}) => {
  const { refer: words } = useWordsOf(caseWords)
  const { known, isPending, isOffline, isKept, error, refetch } = places
  const {
    costs,
    costAt,
    isPending: isAsking,
  } = useCosts(
    ask,
    places.places.map(({ institution }) => institution.id),
  )
  return (
    <Card title={`${step}${words.place}`}>
      <div className="stack">
        {isPending && <Skeleton lines={5} />}
        {error !== null && !isOffline && <ErrorNote error={error} onRetry={() => void refetch()} />}
        {isOffline && known === null && <EmptyState kind="offline" />}
        {isKept && <p className="field-hint">{words.placeKept}</p>}
        {known !== null && places.places.length === 0 && (
          <EmptyState kind="filtered" title={words.placeNone} why={words.placeNoneWhy} />
        )}
        {places.places.length > 0 && <PlaceChoices places={places.places} chosen={chosen} costAt={costAt} onChoose={onChoose} />}
        {chosen !== null && <CostAt ask={ask} place={chosen.institution.id} costs={costs} isPending={isAsking} />}
        {chosen !== null && <Reasons place={chosen} known={known} />}
      </div>
    </Card>
  )
}

const PlaceChoices = ({
  places,
  chosen,
  costAt,
  onChoose,
}: {
  places: readonly Place[]
  chosen: Place | null
  costAt: (place: string) => Cost | undefined
  onChoose: (place: Place) => void
}) => {
  const { refer: words } = useWordsOf(caseWords)
  const village = useWordsOf(villageWords)
  const group = useId()
  const [whole, setWhole] = useState(false)
  const shown = whole ? places : places.filter((place, at) => at < shownFirst || place.institution.id === chosen?.institution.id)
  return (
    <>
      <fieldset className="choice-group">
        <legend className="unseen">{words.place}</legend>
        <p className="field-hint">{words.placeHint}</p>
        <div className="choice-cards">
          {shown.map((place, at) => (
            <PlaceChoice
              key={place.institution.id}
              group={group}
              place={place}
              isBest={at === 0}
              isChosen={place.institution.id === chosen?.institution.id}
              cost={costAt(place.institution.id)}
              onChoose={onChoose}
            />
          ))}
        </div>
      </fieldset>
      {places.length > shown.length && (
        <div>
          <Button small tone="quiet" onClick={() => setWhole(true)}>
            {village.person.more(places.length - shown.length)}
          </Button>
        </div>
      )}
    </>
  )
}

type ChoiceProps = {
  group: string
  place: Place
  isBest: boolean
  isChosen: boolean
  cost: Cost | undefined
  onChoose: (place: Place) => void
}

const PlaceChoice = ({ group, place, isBest, isChosen, cost, onChoose }: ChoiceProps) => {
  const { refer: words } = useWordsOf(caseWords)
  const village = useWordsOf(villageWords)
  const pick = usePick()
  const { institution, distanceKm, free, reservedFree } = place
  return (
    <label className="choice-card">
      <input type="radio" name={group} aria-label={pick(institution.name)} checked={isChosen} onChange={() => onChoose(place)} />
      <span>
        <span className="choice-label along">
          {pick(institution.name)}
          {isBest && <Chip tone="baton">{words.best}</Chip>}
        </span>
        <span className="choice-note">
          {village.tiers[institution.tier]} · {distanceKm} km ·{' '}
          {free + reservedFree > 0 ? words.free(free, reservedFree) : words.noFree}
        </span>
        {cost !== undefined && !isChosen && (
          <span className="choice-note">
            <CostLine cost={cost} />
          </span>
        )}
      </span>
    </label>
  )
}

const Reasons = ({ place, known }: { place: Place; known: KnownPlaces | null }) => {
  const { refer: words } = useWordsOf(caseWords)
  const pick = usePick()
  const misses = known?.nearMisses ?? []
  return (
    <details className="reasons">
      <summary>{words.why}</summary>
      <ul className="bulleted small">
        {place.reasons.map((reason) => (
          <li key={reason.code}>{pick(reason)}</li>
        ))}
      </ul>
      {misses.length > 0 && (
        <>
          <p className="small reasons-head">{words.nearMiss}</p>
          <ul className="bulleted small">
            {misses.map(({ institution, reason }) => (
              <li key={institution.id}>
                {pick(institution.name)}：{pick(reason)}
              </li>
            ))}
          </ul>
        </>
      )}
    </details>
  )
}
