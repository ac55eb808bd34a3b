import { useState } from 'react'
import { useApi } from '../../api/use-api.ts'
import { Page } from '../../shell/desk-frame.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Select } from '../../ui/field.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import { DecideDialog, type Decision } from './decide-dialog.tsx'
import './match-review.css'
import { MoveNumberDialog } from './move-number-dialog.tsx'
import { PartDialog } from './part-dialog.tsx'
import { PairTable, type Pair } from './pair-table.tsx'
import { useReviewWords } from './words.ts'

const PAGE = 20

/** The queue of records that may be one person: one pair at a time, side by side, decided by hand or by key. */
export const ReviewPage = () => {
  const words = useReviewWords()
  const [state, setState] = useState<'open' | 'decided'>('open')
  const [after, setAfter] = useState<string | undefined>(undefined)
  const asked = useApi('residents.pairs', { state, limit: PAGE, ...(after === undefined ? {} : { after }) })
  const change = (next: 'open' | 'decided') => {
    setState(next)
    setAfter(undefined)
  }
  return (
    <Page title={words.title} lead={words.lead}>
      <div className="along apart pair-tools">
        <Select
          label={words.show}
          value={state}
          onChange={change}
          choices={(['open', 'decided'] as const).map((value) => ({ value, label: words[value] }))}
        />
        {asked.data !== undefined && <output className="soft">{words.count(asked.data.open)}</output>}
      </div>
      {asked.data === undefined ? (
        asked.error === null ? (
          <Skeleton lines={8} />
        ) : (
          <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />
        )
      ) : (
        <>
          <Pairs key={`${state}${after}`} pairs={asked.data.pairs} isOpen={state === 'open'} />
          <div className="along">
            {after !== undefined && <Button onClick={() => setAfter(undefined)}>{words.first}</Button>}
            {asked.data.next !== null && <Button onClick={() => setAfter(asked.data.next ?? undefined)}>{words.more}</Button>}
          </div>
        </>
      )}
    </Page>
  )
}

const Pairs = ({ pairs, isOpen }: { pairs: readonly Pair[]; isOpen: boolean }) => {
  const words = useReviewWords()
  const [at, setAt] = useState(0)
  const [decision, setDecision] = useState<Decision | null>(null)
  const [moves, setMoves] = useState(false)
  const [parting, setParting] = useState<string | null>(null)
  const place = Math.min(at, Math.max(0, pairs.length - 1))
  const pair = pairs[place]
  const go = (step: number) => setAt(Math.min(Math.max(place + step, 0), pairs.length - 1))
  const mayDecide = isOpen && pair !== undefined
  const merged = isOpen ? undefined : pair?.sides.find(({ isMerged }) => isMerged)
  const isOwnSecond = pair?.state === 'second' && !pair.mayConfirm
  useKeys({
    j: () => go(1),
    k: () => go(-1),
    ...(mayDecide
      ? { '1': () => !isOwnSecond && setDecision('same'), '2': () => setDecision('different'), '3': () => setDecision('unsure') }
      : {}),
  })
  if (pair === undefined)
    return (
      <EmptyState
        kind="none"
        title={isOpen ? words.none : words.noneDecided}
        why={isOpen ? words.noneWhy : words.noneDecidedWhy}
      />
    )
  return (
    <Card title={words.pairOf(place + 1, pairs.length)} aside={<Chip tone="calm">{words.score(pair.score.toFixed(2))}</Chip>}>
      <div className="stack">
        {pair.state === 'second' && <p className="pair-note">{isOwnSecond ? words.ownSecond : words.second}</p>}
        {pair.state === 'unsure' && pair.reason !== null && <p className="pair-note">{words.unsureBefore(pair.reason)}</p>}
        {!isOpen && (
          <p className="pair-note">
            {words.outcome[pair.state]} · {pair.reason}
          </p>
        )}
        <PairTable pair={pair} />
        {merged !== undefined && (
          <div className="along">
            <Button tone="danger" onClick={() => setParting(merged.id)}>
              {words.part}
            </Button>
            <span className="soft small">{words.partWhy}</span>
          </div>
        )}
        {mayDecide && (
          <div className="along">
            <Button tone="primary" disabled={isOwnSecond} onClick={() => setDecision('same')}>
              {words.same}
            </Button>
            <Button onClick={() => setDecision('different')}>{words.different}</Button>
            <Button onClick={() => setDecision('unsure')}>{words.unsure}</Button>
            <Button tone="quiet" onClick={() => setMoves(true)}>
              {words.move.act}
            </Button>
          </div>
        )}
        <div className="along apart">
          <div className="along">
            <Button small disabled={place === 0} onClick={() => go(-1)}>
              {words.previous}
            </Button>
            <Button small disabled={place === pairs.length - 1} onClick={() => go(1)}>
              {words.next}
            </Button>
          </div>
          <p className="soft small pair-keys">{words.keysHint}</p>
        </div>
      </div>
      {decision !== null && (
        <DecideDialog key={`${pair.person}${decision}`} pair={pair} decision={decision} onClose={() => setDecision(null)} />
      )}
      {moves && <MoveNumberDialog pair={pair} onClose={() => setMoves(false)} />}
      {parting !== null && <PartDialog person={parting} onClose={() => setParting(null)} />}
    </Card>
  )
}
