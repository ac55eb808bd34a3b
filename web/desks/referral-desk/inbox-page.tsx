import { useDeferredValue, useEffect, useRef, useState } from 'react'
import { useSearchParams } from 'wouter'
import { Page } from '../../shell/desk-frame.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { useToast } from '../../ui/toast.tsx'
import { GreenBoard } from '../green-channel/green-board.tsx'
import { BatchBar } from './batch-bar.tsx'
import { BatchAcceptForm, BatchRejectForm, type BatchForm } from './batch-forms.tsx'
import { CaseDetail } from './case-detail.tsx'
import { CaseKeys } from './case-keys.tsx'
import { FoundCases } from './found-cases.tsx'
import type { DeskAct } from './held-acts.ts'
import { useHeldActs } from './held-acts-context.tsx'
import { isNarrowed, noFilter, positionOf, searchOfPosition, type InboxFilter, type InboxPosition } from './inbox-filter.ts'
import { inboxTabs, type InboxTab } from './inbox-tabs.ts'
import { ExportButton, InboxSearch, SoundSwitch } from './inbox-tools.tsx'
import { TakenNote } from './taken-note.tsx'
import { useUrgentAlert } from './urgent-alert.ts'
import { useLooks, useWorkOn } from './use-looks.ts'
import { useSelection, type Selection } from './use-selection.ts'
import { useWorklist } from './worklist.ts'
import { UnreadButton } from '../correspondence/unread-badge.tsx'
import { useDeskWords } from './words.ts'

/** Where the reader is: view, filter and open case stand in the address, so that a reload or a link comes back here. */
const usePosition = () => {
  const [search, setSearch] = useSearchParams()
  const position = positionOf(search)
  const go = (change: Partial<InboxPosition>) => setSearch(searchOfPosition({ ...position, ...change }), { replace: true })
  return { ...position, go }
}

const noRows: never[] = []

/** What this page keeps beside its address: the form that is open, the batch form, and which cases one works on. */
const useInbox = () => {
  const { tab, id, filter, go } = usePosition()
  const asked = useWorklist(tab, 'receiver', useDeferredFilter(filter))
  const [open, setOpen] = useState<DeskAct | null>(null)
  const [batchForm, setBatchForm] = useState<BatchForm | null>(null)
  const selection = useSelection(JSON.stringify([tab, filter]), asked.rows ?? noRows)
  const opens = (next: string | null, act: DeskAct | null = null) => {
    go({ id: next })
    setOpen(act)
    setBatchForm(null)
  }
  const move = (next: { tab?: InboxTab; filter?: InboxFilter }) => {
    setOpen(null)
    setBatchForm(null)
    go(next)
  }
  return { tab, id, filter, asked, open, setOpen, batchForm, setBatchForm, selection, opens, move }
}

/** A filter that waits until the typing rests: each letter need not be asked for. */
const useDeferredFilter = ({ text, urgency, direction }: InboxFilter): InboxFilter => ({
  text: useDeferredValue(text),
  urgency,
  direction,
})

/** The inbox: what waits in each stage on the left, the open case with its record or the batch form on the right. */
export const InboxPage = () => {
  const words = useDeskWords()
  const inbox = useInbox()
  const { tab, id, filter, selection, opens, move, setBatchForm, asked } = inbox
  const { counts } = asked
  const { rows: waiting } = useWorklist('to-answer')
  const sound = useUrgentAlert(waiting)
  const acts = (
    <>
      <UnreadButton onOpen={(referral) => opens(referral)} />
      <SoundSwitch {...sound} />
      <ExportButton tab={tab} filter={filter} />
    </>
  )
  return (
    <Page title={words.inboxTitle} waiting={counts?.toAnswer ?? 0} acts={acts}>
      <GreenBoard onOpen={opens} />
      <Tabs
        label={words.inboxTitle}
        tabs={inboxTabs.map(({ key, count }) => ({
          key,
          label: words.tabs[key],
          count: count === null ? undefined : counts?.[count],
        }))}
        shown={tab}
        onShow={(key) => move({ tab: key })}
      >
        <div className={id === null && inbox.batchForm === null ? 'split' : 'split has-case'}>
          <ListSide inbox={inbox} />
          <CaseSide inbox={inbox} />
        </div>
      </Tabs>
      <CaseKeys
        id={id}
        hasSelection={selection.chosen.size > 0}
        onOpen={opens}
        onBatch={setBatchForm}
        onSelectAll={() => selection.add((asked.rows ?? noRows).map((row) => row.id))}
        onClear={selection.clear}
      />
    </Page>
  )
}

type Inbox = ReturnType<typeof useInbox>

const ListSide = ({ inbox }: { inbox: Inbox }) => {
  const words = useDeskWords()
  const { tab, id, filter, selection, asked, opens, move, setBatchForm } = inbox
  const { rows, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = asked
  const looks = useLooks()
  const [mine, setMine] = useState<readonly string[]>([])
  const toast = useToast()
  return (
    <section className="split-list stack tight" aria-label={words.list(words.tabs[tab])}>
      <InboxSearch
        tab={tab}
        filter={filter}
        onFilter={(next) => move({ filter: next })}
        onView={({ tab: of, text, urgency, direction }) => move({ tab: of, filter: { text, urgency, direction } })}
      />
      <BatchBar
        selection={selection}
        onBatch={setBatchForm}
        onMine={() => {
          setMine([...selection.chosen])
          toast({ text: words.looks.taken(selection.chosen.size) })
        }}
      />
      <WorkingOn ids={mine} selection={selection} />
      {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {rows === undefined ? (
        error === null && <Skeleton lines={6} />
      ) : (
        <FoundCases
          key={JSON.stringify([tab, filter])}
          tab={tab}
          rows={rows}
          openId={id}
          isNarrowed={isNarrowed(filter)}
          selection={selection}
          looks={looks}
          onOpen={(row) => opens(row.id)}
        />
      )}
      {isNarrowed(filter) && (
        <Button small tone="quiet" onClick={() => move({ filter: noFilter })}>
          {words.clearFilter}
        </Button>
      )}
      {hasNextPage && (
        <Button wide busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {words.more}
        </Button>
      )}
    </section>
  )
}

/** Keeps telling colleagues about the cases that one has taken, while they stay selected. */
const WorkingOn = ({ ids, selection }: { ids: readonly string[]; selection: Selection }) => (
  <>
    {ids
      .filter((id) => selection.chosen.has(id))
      .map((id) => (
        <WorkingOnOne key={id} id={id} />
      ))}
  </>
)

const WorkingOnOne = ({ id }: { id: string }) => {
  useWorkOn(id, true)
  return null
}

const CaseSide = ({ inbox }: { inbox: Inbox }) => {
  const words = useDeskWords()
  const { tab, id, open, setOpen, batchForm, setBatchForm, selection, asked, opens } = inbox
  const refusedAct = useHeldActs().held.get(id ?? '')
  const back = useBackFocus(id)
  const chosen = (asked.rows ?? noRows).filter((row) => selection.chosen.has(row.id))
  const Form = batchForm === null ? null : { accept: BatchAcceptForm, reject: BatchRejectForm }[batchForm]
  if (Form !== null && chosen.length > 0)
    return (
      <section className="split-case" aria-label={words.batch.chosen(chosen.length)}>
        <Form key={batchForm} rows={chosen} onClose={() => setBatchForm(null)} />
      </section>
    )
  return (
    <section className="split-case" aria-label={words.openCase}>
      {id === null ? (
        <EmptyState kind="none" title={words.pickOne} why={words.pickOneWhy} />
      ) : (
        <>
          <div ref={back} className="back-to-list">
            <Button small icon="back" onClick={() => opens(null)}>
              {words.backToList}
            </Button>
          </div>
          {tab !== 'ended' && <TakenNote key={`taken-${id}`} id={id} />}
          <CaseDetail
            key={id}
            id={id}
            open={open ?? (refusedAct?.state === 'refused' ? refusedAct.act : null)}
            onOpen={setOpen}
          />
        </>
      )}
    </section>
  )
}

/** On phones the list gives way to the case, and the focus must not go with it. On desks it stays on the row. */
const useBackFocus = (id: string | null) => {
  const back = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (id !== null && back.current?.offsetParent != null) back.current.querySelector('button')?.focus({ preventScroll: true })
  }, [id])
  return back
}
