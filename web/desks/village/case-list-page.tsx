import { useState } from 'react'
import { useSearchParams } from 'wouter'
import { useApi } from '../../api/use-api.ts'
import { Page } from '../../shell/desk-frame.tsx'
import { useActor } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { List } from '../../ui/list.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { useWordsOf } from '../../words/language.tsx'
import { CaseRow } from './case-row.tsx'
import { caseWords } from './words.ts'

type Side = 'sender' | 'care-team' | 'receiver'
type Shown = 'open' | 'mine-to-act' | 'overdue' | 'ended'
const shownStates = ['open', 'mine-to-act', 'overdue', 'ended'] as const
/** Rows of one step; the server gives at most 200 in one answer. */
const [pageRows, rowsMost] = [40, 200] as const

/** My patients: those whom this institution referred, cares for or received, most urgent first, live. The choice stands in the address. */
export const CaseListPage = () => {
  const words = useWordsOf(caseWords)
  const { role } = useActor()
  // A family doctor looks after residents wherever they are sent from; a village clinic is nobody's care institution.
  const sides: readonly Side[] = role === 'family-doctor' ? ['sender', 'care-team', 'receiver'] : ['sender', 'receiver']
  const [search, setSearch] = useSearchParams()
  const side = sides.find((one) => one === search.get('side')) ?? 'sender'
  const state = shownStates.find((one) => one === search.get('state')) ?? 'open'
  const go = (to: { side: Side; state: Shown }) => setSearch(to, { replace: true })
  return (
    <Page title={words.cases.title}>
      <Tabs
        label={words.cases.side}
        tabs={sides.map((key) => ({ key, label: words.cases[key] }))}
        shown={side}
        onShow={(next) => go({ side: next, state: 'open' })}
      >
        <Listed key={side} side={side} state={state} onState={(next) => go({ side, state: next })} />
      </Tabs>
    </Page>
  )
}

const Listed = ({ side, state, onState }: { side: Side; state: Shown; onState: (state: Shown) => void }) => {
  const words = useWordsOf(caseWords)
  const [limit, setLimit] = useState<number>(pageRows)
  const { data, error, isPending, refetch } = useApi('referral.worklist', { side, state, limit })
  const counts = {
    open: data?.counts?.open,
    'mine-to-act': data?.counts?.mineToAct,
    overdue: data?.counts?.overdue,
    ended: undefined,
  }
  const isOffline = error?.status === 0
  return (
    <div className="stack">
      <fieldset className="state-choice" aria-label={words.cases.state}>
        {shownStates.map((one) => (
          <Button
            key={one}
            small
            tone={one === state ? 'primary' : 'plain'}
            aria-pressed={one === state}
            onClick={() => onState(one)}
          >
            {words.cases.states[one]}
            {counts[one] === undefined ? '' : ` ${counts[one]}`}
          </Button>
        ))}
      </fieldset>
      {isPending && <Skeleton lines={6} />}
      {isOffline && data === undefined && <EmptyState kind="offline" />}
      {error !== null && !isOffline && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {data !== undefined && data.rows.length === 0 && <NoCase side={side} state={state} />}
      {data !== undefined && data.rows.length > 0 && (
        <List label={words.cases[side]}>
          {data.rows.map((row) => (
            <CaseRow key={row.id} row={row} />
          ))}
        </List>
      )}
      {data?.next !== null && data !== undefined && limit < rowsMost && (
        <Button onClick={() => setLimit((before) => Math.min(rowsMost, before + pageRows))}>{words.cases.more}</Button>
      )}
    </div>
  )
}

const NoCase = ({ side, state }: { side: Side; state: Shown }) => {
  const { cases: words } = useWordsOf(caseWords)
  if (state !== 'open') return <EmptyState kind="filtered" />
  if (side === 'sender') return <EmptyState kind="none" title={words.none} why={words.noneWhy} />
  if (side === 'care-team') return <EmptyState kind="none" title={words.noneCare} why={words.noneCareWhy} />
  return <EmptyState kind="none" title={words.noneHere} why={words.noneHereWhy} />
}
