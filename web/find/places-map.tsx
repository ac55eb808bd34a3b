import { useWordsOf } from '../words/language.tsx'
import { findWords } from './find-words.ts'
import { placed, ringsFor } from './places-on-map.ts'
import type { FoundPlace } from './use-places.ts'

/** Half the side of the drawing, in its own units. */
const HALF = 150

type Props = {
  from: { longitude: number; latitude: number }
  places: readonly FoundPlace[]
  chosen: string | null
  onChoose: (id: string) => void
}

/** Where the places lie: true direction, distance in rings, numbers as in the list. Nothing is fetched from outside. */
export const PlacesMap = ({ from, places, chosen, onChoose }: Props) => {
  const words = useWordsOf(findWords)
  const rings = ringsFor(places.map(({ km }) => km ?? 0))
  const marks = placed(from, places, rings.at(-1)?.km ?? 1, HALF)
  return (
    <figure className="places-map">
      <svg
        viewBox={`${-HALF - 14} ${-HALF - 14} ${2 * HALF + 28} ${2 * HALF + 28}`}
        role="img"
        aria-label={words.mapName(places.length)}
      >
        {rings.map(({ km, share }) => (
          <g key={km} className="map-ring">
            <circle r={share * HALF} />
            <text y={-share * HALF + 12} textAnchor="middle">
              {km} km
            </text>
          </g>
        ))}
        <circle r="5" className="map-home" />
        <text y="18" textAnchor="middle" className="map-home-name">
          {words.mapHome}
        </text>
        {marks.map(({ id, x, y, number }) => (
          <g
            key={id}
            className={id === chosen ? 'map-mark chosen' : 'map-mark'}
            transform={`translate(${x} ${y})`}
            onClick={() => onChoose(id)}
          >
            <circle r="11" />
            <text dy="4" textAnchor="middle">
              {number}
            </text>
          </g>
        ))}
      </svg>
      <figcaption className="field-hint">{words.mapNote}</figcaption>
    </figure>
  )
}
