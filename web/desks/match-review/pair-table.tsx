import type { ReactNode } from 'react'
import type { Queries } from '../../api/api-types.ts'
import { Icon } from '../../ui/icon.tsx'
import { usePick } from '../../words/language.tsx'
import { useReviewWords } from './words.ts'

export type Pair = Queries['residents.pairs']['answer']['pairs'][number]
type Side = Pair['sides'][number]

/** The two records line by line; a line that speaks against one person is marked by word, picture and colour. */
export const PairTable = ({ pair }: { pair: Pair }) => {
  const words = useReviewWords()
  const pick = usePick()
  const factorOf = (name: string) => pair.factors.find(({ factor }) => factor === name)
  const lines: [key: keyof typeof words.rows, factor: string | null, cell: (side: Side) => ReactNode][] = [
    ['name', 'name', ({ name }) => (name === undefined ? null : <strong>{name.en ? `${name.zh} ${name.en}` : name.zh}</strong>)],
    ['sex', 'sex', ({ sex }) => sex && words.sexes[sex]],
    ['birth', 'birth', ({ bornOn }) => bornOn],
    ['number', 'number', ({ idNumber }) => idNumber],
    ['phone', 'phone', ({ phone }) => phone],
    ['address', 'address', ({ address, village }) => address || village],
    ['place', null, ({ institution }) => institution && pick(institution)],
    ['cards', null, (side) => othersOf(side).length > 0 && <Cards side={side} />],
  ]
  const guardian = factorOf('guardian')
  return (
    <table className="pair-table">
      <caption className="unseen">{words.table}</caption>
      <thead>
        <tr>
          <th scope="col">{words.item}</th>
          <th scope="col">{words.side(1)}</th>
          <th scope="col">{words.side(2)}</th>
          <th scope="col">{words.says}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(([key, factor, cell]) => (
          <tr key={key}>
            <th scope="row">{words.rows[key]}</th>
            {pair.sides.map((side) => (
              <td key={side.id}>{cell(side) || <span className="soft">{words.empty}</span>}</td>
            ))}
            <td>{factor !== null && <Says factor={factor} found={factorOf(factor)} />}</td>
          </tr>
        ))}
        {guardian && (
          <tr>
            <th scope="row">{words.guardian}</th>
            <td colSpan={2}>–</td>
            <td>
              <Says factor="guardian" found={guardian} />
            </td>
          </tr>
        )}
      </tbody>
    </table>
  )
}

const Says = ({ factor, found }: { factor: string; found: Pair['factors'][number] | undefined }) => {
  const words = useReviewWords()
  if (found === undefined) return <span className="soft small">{words.unknown}</span>
  const kind = found.weight < 0 ? 'against' : found.likeness === 'same' || found.likeness === 'village' ? 'for' : 'near'
  return (
    <span className={`pair-says ${kind}`}>
      <Icon name={kind === 'against' ? 'cross' : kind === 'for' ? 'check' : 'info'} />
      <span>{words.likeness[`${factor}-${found.likeness}`] ?? found.likeness}</span>
      <span className="figures small">{`${found.weight > 0 ? '+' : ''}${found.weight.toFixed(2)}`}</span>
    </span>
  )
}

/** Cards and papers besides the identity card that is held. */
const othersOf = ({ numbers }: Side) => numbers.filter(({ type, endedAt }) => type !== '01' || endedAt !== null)

const Cards = ({ side }: { side: Side }) => {
  const words = useReviewWords()
  const pick = usePick()
  return (
    <ul className="pair-cards">
      {othersOf(side).map(({ id, type, number, institution, endedAt }) => (
        <li key={id}>
          {words.kinds[type] ?? type} <span className="figures">{number}</span>
          {institution && ` · ${pick(institution)}`}
          {endedAt !== null && <span className="soft"> · {words.ended}</span>}
        </li>
      ))}
    </ul>
  )
}
