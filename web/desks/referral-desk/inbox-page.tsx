import { useEffect, useRef, useState } from 'react'
import { useSearchParams } from 'wouter'
import { useQueryClient } from '@tanstack/react-query'
import { Page } from '../../shell/desk-frame.tsx'
import { useActor } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import { usePick } from '../../words/language.tsx'
import { actsOf, nextActOf, useStartAct } from './case-acts.tsx'
import { CaseDetail } from './case-detail.tsx'
import { CaseList } from './case-list.tsx'
import type { DeskAct } from './held-acts.ts'
import { useHeldActs } from './held-acts-context.tsx'
import { steadyRows } from './steady-rows.ts'
import type { Referral } from './use-case.ts'
import { inboxTabs, isFound, useWorklist, type InboxTab, type Row } from './worklist.ts'
import { useDeskWords } from './words.ts'

const tabOf = (key: string | null): InboxTab => inboxTabs.find((tab) => tab.key === key)?.key ?? 'to-answer'

/** Where the reader is: the tab and the open case stand in the address, so that a reload or a link comes back here. */
const usePosition = () => {
  const [search, setSearch] = useSearchParams()
  const go = (tab: InboxTab, id: string | null) => setSearch(id === null ? { tab } : { tab, case: id }, { replace: true })
  return { tab: tabOf(search.get('tab')), id: search.get('case'), go }
}

/** The inbox: what waits in each stage on the left, the open case with its record on the right. */
export const InboxPage = () => {
  const words = useDeskWords()
  const { tab, id, go } = usePosition()
  const { rows, counts, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useWorklist(tab)
  const [open, setOpen] = useState<DeskAct | null>(null)
  const opens = (next: string | null, act: DeskAct | null = null) => {
    go(tab, next)
    setOpen(act)
  }
  const refusedAct = useHeldActs().held.get(id ?? '')
  const back = useBackFocus(id)
  return (
    <Page title={words.inboxTitle} waiting={counts?.toAnswer ?? 0}>
      <Tabs
        label={words.inboxTitle}
        tabs={inboxTabs.map(({ key, count }) => ({
          key,
          label: words.tabs[key],
          count: count === null ? undefined : counts?.[count],
        }))}
        shown={tab}
        onShow={(key) => {
          setOpen(null)
          go(key, id)
        }}
      >
        <div className={id === null ? 'split' : 'split has-case'}>
          <section className="split-list stack tight" aria-label={words.list(words.tabs[tab])}>
            {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
            {rows === undefined ? (
              error === null && <Skeleton lines={6} />
            ) : (
              <FoundCases key={tab} tab={tab} rows={rows} openId={id} onOpen={(row) => opens(row.id)} />
            )}
            {hasNextPage && (
              <Button wide busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
                {words.more}
              </Button>
            )}
          </section>
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
                <CaseDetail
                  key={id}
                  id={id}
                  open={open ?? (refusedAct?.state === 'refused' ? refusedAct.act : null)}
                  onOpen={setOpen}
                />
              </>
            )}
          </section>
        </div>
      </Tabs>
      <CaseKeys id={id} onOpen={opens} />
    </Page>
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

const FoundCases = ({
  tab,
  rows,
  openId,
  onOpen,
}: {
  tab: InboxTab
  rows: readonly Row[]
  openId: string | null
  onOpen: (row: Row) => void
}) => {
  const words = useDeskWords()
  const [text, setText] = useState('')
  const search = useRef<HTMLInputElement>(null)
  const { shown, waiting, hover, follow } = useSteady(rows)
  useKeys({ '/': () => search.current?.focus() })
  const found = shown.filter((row) => isFound(row, text))
  if (rows.length === 0 && shown.length === 0)
    return <EmptyState kind="none" title={words.noneIn(words.tabs[tab])} why={words.emptyWhy[tab]} />
  return (
    <>
      <SearchBox
        label={words.find}
        value={text}
        onChange={setText}
        inputRef={search}
        onFind={() => document.querySelector<HTMLButtonElement>('#case-list button')?.focus()}
      />
      <output className="updates">
        {waiting > 0 && (
          <Button small wide icon="inbox" onClick={follow}>
            {words.updates(waiting)}
          </Button>
        )}
      </output>
      {found.length === 0 ? (
        <EmptyState kind="filtered" />
      ) : (
        <div onPointerEnter={hover.enter} onPointerLeave={hover.leave}>
          <CaseList
            label={words.list(words.tabs[tab])}
            rows={found}
            openId={openId}
            showState={['today', 'inside', 'overdue', 'ended'].includes(tab)}
            onOpen={onOpen}
          />
        </div>
      )}
    </>
  )
}

/** The rows to show while fresh ones arrive: still under the pointer, following otherwise. */
const useSteady = (fresh: readonly Row[]) => {
  // What stood here when the pointer came; null while nobody points.
  const [kept, setKept] = useState<readonly Row[] | null>(null)
  const { rows: shown, waiting } = steadyRows(kept ?? [], fresh, kept !== null)
  return {
    shown,
    waiting,
    follow: () => setKept(fresh),
    hover: {
      enter: ({ pointerType }: { pointerType: string }) => setKept(pointerType === 'mouse' ? fresh : null),
      leave: () => setKept(null),
    },
  }
}

/** The row that a key is meant for: the one with the focus, else the open one. */
const caseMeant = (openId: string | null): string | null => {
  const focused = document.activeElement
  return focused instanceof HTMLElement ? (focused.dataset['case'] ?? openId) : openId
}

/** The single keys of the inbox. An act on a row that is not open yet opens it: nobody acts without the record in sight. */
const CaseKeys = ({ id, onOpen }: { id: string | null; onOpen: (id: string | null, act?: DeskAct | null) => void }) => {
  const pick = usePick()
  const memory = useQueryClient()
  const actor = useActor()
  const acts = useHeldActs()
  const start = useStartAct()
  const press = (wish: DeskAct | 'next') => () => {
    const meant = caseMeant(id)
    if (meant === null) return
    const referral = memory.getQueryData<Referral>(['referral.get', { referral: meant }])
    if (meant !== id || referral === undefined) {
      onOpen(meant)
      return
    }
    const before = acts.held.get(meant)
    const may = actsOf(referral, actor)
    const act = wish === 'next' ? nextActOf(referral, may) : wish
    if (act === null || !may.includes(act) || (before !== undefined && before.state !== 'refused')) return
    start(act, { referral, who: pick(referral.person.name), onOpen: (opened) => onOpen(meant, opened) })
  }
  const toRow = () => {
    const rows = document.querySelectorAll<HTMLButtonElement>('#case-list button')
    ;(document.querySelector<HTMLButtonElement>('#case-list button[aria-current]') ?? rows[0])?.focus()
  }
  useKeys({
    a: press('accept'),
    r: press('reject'),
    t: press('redirect'),
    s: press('schedule'),
    n: press('next'),
    u: () => {
      const last = [...acts.held].findLast(([, act]) => act.state === 'held')
      if (last !== undefined) acts.undo(last[0])
    },
    ArrowDown: toRow,
    ArrowUp: toRow,
  })
  return null
}
