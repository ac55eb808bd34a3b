import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { CaseList } from './case-list.tsx'
import { useHeldActs } from './held-acts-context.tsx'
import type { InboxTab } from './inbox-tabs.ts'
import { steadyRows } from './steady-rows.ts'
import type { Look } from './use-looks.ts'
import type { Selection } from './use-selection.ts'
import type { Row } from './worklist.ts'
import { useDeskWords } from './words.ts'

/** The rows of one view: still under the pointer and while a batch runs, following otherwise. */
export const FoundCases = ({
  tab,
  rows,
  openId,
  isNarrowed,
  selection,
  looks,
  onOpen,
}: {
  tab: InboxTab
  rows: readonly Row[]
  openId: string | null
  isNarrowed: boolean
  selection: Selection
  looks: ReadonlyMap<string, Look>
  onOpen: (row: Row) => void
}) => {
  const words = useDeskWords()
  const { shownBatch } = useHeldActs()
  const { shown, waiting, hover, follow } = useSteady(rows, shownBatch?.state === 'running')
  if (rows.length === 0 && shown.length === 0)
    return isNarrowed ? (
      <EmptyState kind="filtered" />
    ) : (
      <EmptyState kind="none" title={words.noneIn(words.tabs[tab])} why={words.emptyWhy[tab]} />
    )
  return (
    <>
      <output className="updates">
        {waiting > 0 && (
          <Button small wide icon="inbox" onClick={follow}>
            {words.updates(waiting)}
          </Button>
        )}
      </output>
      <div onPointerEnter={hover.enter} onPointerLeave={hover.leave}>
        <CaseList
          label={words.list(words.tabs[tab])}
          rows={shown}
          openId={openId}
          showState={['today', 'inside', 'overdue', 'ended'].includes(tab)}
          selection={selection}
          looks={looks}
          onOpen={onOpen}
        />
      </div>
    </>
  )
}

/** The rows to show while fresh ones arrive. */
const useSteady = (fresh: readonly Row[], isRunning: boolean) => {
  // What stood here when the pointer came or the batch began; null while nothing holds it.
  const [kept, setKept] = useState<readonly Row[] | null>(null)
  const [ran, setRan] = useState(isRunning)
  if (ran !== isRunning) {
    setRan(isRunning)
    setKept(isRunning ? fresh : null)
  }
  const { rows: shown, waiting } = steadyRows(kept ?? [], fresh, kept !== null)
  return {
    shown,
    waiting: isRunning ? 0 : waiting,
    follow: () => setKept(fresh),
    hover: {
      enter: ({ pointerType }: { pointerType: string }) => !isRunning && setKept(pointerType === 'mouse' ? fresh : null),
      leave: () => !isRunning && setKept(null),
    },
  }
}
