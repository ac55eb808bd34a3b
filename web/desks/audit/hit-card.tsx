import { useState } from 'react'
import { DESK_BATCH } from '../../../src/modules/audit-rules/audit-rules.ts'
import type { Queries } from '../../api/api-types.ts'
import { useApi } from '../../api/use-api.ts'
import { useActor } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Card, Facts } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { When } from '../../ui/countdown.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useLanguage, usePick, useWordsOf } from '../../words/language.tsx'
import { ActDialog } from './act-dialog.tsx'
import { actsOf } from './acts.ts'
import { evidenceWords } from './evidence.ts'
import { KIND_TONES } from './kind-tones.ts'
import { auditWords, type HitAct } from './words.ts'

type Hit = Queries['audit-rules.hit']['answer']

/** One hit: why it was found, the lines that it is about, and what may be done. */
export const HitCard = ({ org, id }: { org: string; id: string }) => {
  const { data, error, refetch } = useApi('audit-rules.hit', { org, hit: id })
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Skeleton lines={8} />
  return <Shown hit={data} />
}

const Shown = ({ hit }: { hit: Hit }) => {
  const words = useWordsOf(auditWords)
  const pick = usePick()
  const isInsurer = useActor().role === 'insurer'
  const [act, setAct] = useState<HitAct | null>(null)
  const evidence = evidenceWords(hit.evidence, useLanguage())
  const acts = actsOf(hit.state, isInsurer, hit.isProposedByMe, hit.isDecidedByMe)
  return (
    <Card title={`${hit.number} · ${pick(hit.ruleWords)}`}>
      <div className="stack">
        <div className="audit-chips">
          <Chip tone={KIND_TONES[hit.kind] ?? 'quiet'}>{words.kinds[hit.kind] ?? hit.kind}</Chip>
          <Chip>{pick(hit.words)}</Chip>
          {hit.isFraudCase && <Chip tone="danger">{words.fraud}</Chip>}
          {hit.reply !== null && <Chip>{words.replies[hit.reply] ?? hit.reply}</Chip>}
        </div>
        <Facts facts={factsOf(hit, words, pick, evidence)} />
        {acts.length > 0 && (
          <div className="audit-acts">
            {acts.map((one, at) => (
              <Button key={one} {...(at === 0 ? { tone: 'primary' as const } : {})} onClick={() => setAct(one)}>
                {words.acts[one]}
              </Button>
            ))}
          </div>
        )}
        {hit.isProposedByMe && isInsurer && <p className="soft">{words.ownProposal}</p>}
        {hit.transfers.length > 0 && <Books transfers={hit.transfers} />}
        <Stays hit={hit} />
      </div>
      {act !== null && <ActDialog key={act} act={act} hit={hit} onClose={() => setAct(null)} />}
    </Card>
  )
}

const factsOf = (hit: Hit, words: typeof auditWords.zh, pick: ReturnType<typeof usePick>, evidence: string) => [
  [words.institution, pick(hit.institution)] as const,
  [words.person, hit.personRef] as const,
  [words.foundIn, hit.batch.startsWith(DESK_BATCH) ? words.atDesk : hit.batch] as const,
  [words.amount, words.yuan(hit.amountFen)] as const,
  ...(hit.decidedFen === null ? [] : [[words.decided, words.yuan(hit.decidedFen)] as const]),
  ...(hit.recoveredFen === null ? [] : [[words.recovered, words.yuan(hit.recoveredFen)] as const]),
  ...(hit.dueAt === null ? [] : [[words.due, <When key="due" at={hit.dueAt} exact />] as const]),
  [words.evidence, evidence || '—'] as const,
  [words.basis, `${hit.clause.basis}（${words.grades[hit.clause.grade] ?? hit.clause.grade}）`] as const,
  ...(hit.note === null ? [] : [[words.note, hit.note] as const]),
]

/** What was booked of the recovery: each transfer, and what it moved. */
const Books = ({ transfers }: { transfers: Hit['transfers'] }) => {
  const words = useWordsOf(auditWords)
  return (
    <section className="stack tight">
      <h3>{words.books}</h3>
      <ul className="audit-books">
        {transfers.map(({ kind, at, postings }) => (
          <li key={kind}>
            <strong>{words.booked[kind] ?? kind}</strong>{' '}
            <span className="soft small">
              <When at={at} exact />
            </span>
            {postings.map(([account, fen]) => (
              <span key={account} className="along apart">
                <span>{words.accountOf(account)}</span>
                <span className="figures">{words.yuan(fen)}</span>
              </span>
            ))}
          </li>
        ))}
      </ul>
    </section>
  )
}

const Stays = ({ hit }: { hit: Hit }) => {
  const words = useWordsOf(auditWords)
  const pick = usePick()
  const nameOf = (code: string): string => {
    const known = hit.items.find((item) => item.code === code)
    return known ? `${pick({ zh: known.zh, en: known.en })} ${code}` : code
  }
  return (
    <>
      {hit.stays.map((stay) => (
        <section key={stay.id} className="stack tight">
          <h3>{`${words.stay(stay.inpatient)} · ${words.stayOf(stay.admittedOn, stay.dischargedOn)}`}</h3>
          <p className="soft">
            {`${words.diagnoses} ${stay.diagnoses.join('、') || '—'} · ${words.linesOf(stay.lines.length, stay.linesInAll)} · ${words.yuan(stay.totalFen)}`}
          </p>
          {stay.lines.length > 0 && (
            <div className="audit-lines">
              <DataTable
                caption={words.linesOf(stay.lines.length, stay.linesInAll)}
                columns={[
                  { key: 'item', title: words.item, cell: ({ item }: (typeof stay.lines)[number]) => nameOf(item) },
                  { key: 'day', title: words.day, cell: ({ day }) => <span className="figures">{day}</span> },
                  { key: 'count', title: words.count, numeric: true, cell: ({ quantity }) => quantity },
                  { key: 'price', title: words.price, numeric: true, cell: ({ priceFen }) => words.yuan(priceFen) },
                  { key: 'sum', title: words.sum, numeric: true, cell: ({ amountFen }) => words.yuan(amountFen) },
                ]}
                rows={stay.lines}
                idOf={({ id }) => id}
              />
            </div>
          )}
        </section>
      ))}
    </>
  )
}
