import { Link } from 'wouter'
import type { Queries } from '../../api/api-types.ts'
import { useApi } from '../../api/use-api.ts'
import { Icon } from '../../ui/icon.tsx'
import { usePick, useWordsOf } from '../../words/language.tsx'
import { StateChip } from './case-row.tsx'
import type { Condition } from './remembered.ts'
import { caseWords } from './words.ts'

type OpenRow = Queries['referral.open-of']['answer']['rows'][number]

/** What is open for this person already, before anything is filled in; the same condition is marked as refused later. */
export const OpenAlready = ({ person, condition }: { person: string; condition: Condition | null }) => {
  const words = useWordsOf(caseWords)
  const { data } = useApi('referral.open-of', { person })
  const rows = data?.rows ?? []
  if (rows.length === 0) return null
  const isSame = condition !== null && rows.some((row) => row.condition.zh === condition.name.zh)
  return (
    <section
      className={isSame ? 'open-already same' : 'open-already'}
      aria-label={words.refer.openAlready}
      role={isSame ? 'alert' : undefined}
    >
      <p className="along">
        <Icon name="warning" />
        <strong>{words.refer.openAlready}</strong>
      </p>
      <p>{words.refer.openAlreadyWhy}</p>
      <ul className="stack tight">
        {rows.map((row) => (
          <OpenLine key={row.id} row={row} />
        ))}
      </ul>
    </section>
  )
}

const OpenLine = ({ row }: { row: OpenRow }) => {
  const words = useWordsOf(caseWords)
  const pick = usePick()
  return (
    <li className="along">
      <span>
        {pick(row.condition)} · {pick(row.receiver.name)}
      </span>
      <StateChip state={row.state} />
      <span className="small figures">{row.slipNo}</span>
      {row.isParty ? (
        <Link className="button plain small-button" to={`/village/cases/${row.id}`}>
          {words.refer.see}
        </Link>
      ) : (
        <span className="small">{words.refer.openForeign}</span>
      )}
    </li>
  )
}
