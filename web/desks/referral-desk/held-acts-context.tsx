import { useQueryClient } from '@tanstack/react-query'
import { createContext, useContext, useEffect, useMemo, useRef, useState, useSyncExternalStore, type ReactNode } from 'react'
import { newKey, sendCommand } from '../../api/client.ts'
import { refreshModules } from '../../api/refresh.ts'
import { markSessionLost } from '../../shell/session.tsx'
import { useToast } from '../../ui/toast.tsx'
import { openHeldActs, type Batch, type HeldAct, type HeldActs, type Intent } from './held-acts.ts'
import { useDeskWords } from './words.ts'

/** What was typed into the forms of this desk, by case and form; in memory only, because it speaks of patients. */
type Drafts = Map<string, unknown>

type DeskState = { acts: HeldActs; drafts: Drafts }
const DeskContext = createContext<DeskState | null>(null)

const useDeskState = (): DeskState => {
  const state = useContext(DeskContext)
  if (state === null) throw new Error('This page needs a HeldActsProvider above it')
  return state
}

/** A page that is being left gets no answer; `keepalive` lets the request outlive it. */
const sendLeaving = (name: string, input: unknown, key: string): Promise<unknown> =>
  fetch(`/api/${name}`, {
    method: 'POST',
    credentials: 'same-origin',
    keepalive: true,
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify(input),
  })

/** Refreshes what an act changed: lists, counts, the case itself, and the units that it took or gave back. */
const useAfterAct = () => {
  const memory = useQueryClient()
  return (referral: string | null) => {
    void memory.invalidateQueries({ queryKey: referral === null ? ['referral.get'] : ['referral.get', { referral }] })
    return refreshModules(memory, new Set(['referral', 'booking']))
  }
}

/** Holds the desk's acts back for the seconds in which they may be undone, and keeps what was typed meanwhile. */
export const HeldActsProvider = ({ children }: { children: ReactNode }) => {
  const memory = useQueryClient()
  const words = useDeskWords()
  const toast = useToast()
  const afterAct = useAfterAct()
  const [drafts] = useState<Drafts>(() => new Map())
  const told = useRef({ words, toast, afterAct })
  useEffect(() => {
    told.current = { words, toast, afterAct }
  })
  const acts = useMemo(
    () =>
      // oxlint-disable-next-line react/refs -- the callbacks run when an act was answered, never while drawing
      openHeldActs({
        newKey,
        send: (name, input, key, leaves) => (leaves ? sendLeaving : sendCommand)(name, input, key),
        after: (ms, run) => {
          const timer = setTimeout(run, ms)
          return () => clearTimeout(timer)
        },
        onSent: (act) => {
          const { words: now, toast: show, afterAct: refresh } = told.current
          for (const key of drafts.keys()) if (key.startsWith(act.input.referral)) drafts.delete(key)
          show({ text: now.held.done(now.acts[act.act], act.who) })
          void refresh(act.input.referral)
        },
        onRefused: (act, error) => {
          const { words: now, toast: show, afterAct: refresh } = told.current
          if (error.status === 401) markSessionLost(memory)
          show({ text: now.held.refused(now.acts[act.act], act.who), tone: 'danger' })
          // A conflict means that the case is no longer as it was shown here.
          if (error.status === 409) void refresh(act.input.referral)
        },
        onBatchOver: ({ act, done, refused }) => {
          const { words: now, toast: show, afterAct: refresh } = told.current
          const isWhole = refused === 0
          show({ text: now.batch.over(now.acts[act], done, refused), ...(isWhole ? {} : { tone: 'danger' as const }) })
          void refresh(null)
        },
      }),
    [memory, drafts],
  )
  useEffect(() => {
    addEventListener('pagehide', acts.leave)
    return () => {
      removeEventListener('pagehide', acts.leave)
      acts.leave()
    }
  }, [acts])
  const state = useMemo(() => ({ acts, drafts }), [acts, drafts])
  return (
    <DeskContext value={state}>
      <HeldNotes acts={acts} />
      {children}
    </DeskContext>
  )
}

const useEntries = (acts: HeldActs): ReadonlyMap<string, HeldAct> => useSyncExternalStore(acts.watch, acts.entries)

/** One note for each act that is still held back, with the way to undo it; the note leaves when the act does. */
const HeldNotes = ({ acts }: { acts: HeldActs }) => {
  const words = useDeskWords()
  const entries = useEntries(acts)
  const batch = useSyncExternalStore(acts.watch, acts.batch)
  return (
    <>
      {[...entries].flatMap(([referral, act]) =>
        act.state === 'held' && act.batch === null
          ? [
              <HeldNote
                key={act.key}
                text={words.held.will(words.acts[act.act], act.who)}
                onUndo={() => void acts.undo(referral)}
              />,
            ]
          : [],
      )}
      {batch?.state === 'held' && (
        <HeldNote key={batch.id} text={words.batch.will(words.acts[batch.act], batch.all)} onUndo={acts.undoBatch} />
      )}
    </>
  )
}

const HeldNote = ({ text: said, onUndo }: { text: string; onUndo: () => void }) => {
  const toast = useToast()
  const shown = useRef({ toast, onUndo, text: said })
  useEffect(() => {
    shown.current = { toast, onUndo, text: said }
  })
  useEffect(() => {
    const { toast: show, text } = shown.current
    return show({ text, stays: true, undo: () => shown.current.onUndo() })
  }, [])
  return null
}

/** The desk's held acts: what is held, and how to hold, undo, send or forget. */
export const useHeldActs = (): HeldActs & { held: ReadonlyMap<string, HeldAct>; shownBatch: Batch | null } => {
  const { acts } = useDeskState()
  const held = useEntries(acts)
  const shownBatch = useSyncExternalStore(acts.watch, acts.batch)
  return useMemo(() => ({ ...acts, held, shownBatch }), [acts, held, shownBatch])
}

/** What was typed for one form of one case; it stays when the form is closed, another case opened or the session lost. */
export const useDraft = <V,>(referral: string, form: string, first: V): [V, (change: Partial<V>) => void] => {
  const { drafts } = useDeskState()
  const key = `${referral}:${form}`
  const [value, setValue] = useState<V>(() => (drafts.get(key) as V | undefined) ?? first)
  const change = (part: Partial<V>) =>
    setValue((before) => {
      const next = { ...before, ...part }
      drafts.set(key, next)
      return next
    })
  return [value, change]
}

export type { Intent }
