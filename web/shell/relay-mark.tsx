import { useWords } from '../words/language.tsx'

/** The sign of the house: one baton leaving a hand, one arriving. */
export const RelayMark = () => (
  <svg className="relay-mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false">
    <path d="M6 22 15 13" stroke="#9fdccf" strokeWidth="4" strokeLinecap="round" />
    <path d="M13 19 24 8" stroke="#ff9a6b" strokeWidth="4" strokeLinecap="round" />
    <circle cx="25" cy="23" r="3" fill="currentColor" />
  </svg>
)

const stations = [
  { tier: 'village', x: 30, y: 168 },
  { tier: 'township', x: 100, y: 138 },
  { tier: 'county', x: 170, y: 102 },
  { tier: 'city', x: 240, y: 66 },
  { tier: 'province', x: 310, y: 36 },
] as const

/** The five levels as one relay track, from the village up, with the baton on its way. */
export const RelayTrack = () => {
  const words = useWords()
  return (
    <svg className="relay-track" viewBox="0 0 340 206" aria-hidden="true" focusable="false">
      <path
        d="M30 168C70 168 60 138 100 138S130 102 170 102s30-36 70-36 30-30 70-30"
        fill="none"
        stroke="#3f877d"
        strokeWidth="2"
      />
      <path d="M30 168C70 168 60 138 100 138S130 102 170 102" fill="none" stroke="#9fdccf" strokeWidth="3" />
      {stations.map(({ tier, x, y }) => (
        <g key={tier}>
          <circle cx={x} cy={y} r="9" fill="#0a4f49" stroke="#9fdccf" strokeWidth="2.5" />
          <text x={x} y={y + 30} fill="#d9f1eb" fontSize="14" textAnchor="middle">
            {words.tiers[tier]}
          </text>
        </g>
      ))}
      <path d="M160 84 180 64" stroke="#ff9a6b" strokeWidth="7" strokeLinecap="round" />
    </svg>
  )
}
