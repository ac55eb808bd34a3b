import { useQueryClient } from '@tanstack/react-query'
import { createContext, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import type { TraceNotice } from './api-types.ts'
import { refreshModules } from './refresh.ts'

/** Whether events of the server reach this page now. */
export type LiveState = 'on' | 'off'

type Live = { state: LiveState; watch: (heard: (notice: TraceNotice) => void) => () => void }

const LiveContext = createContext<Live>({ state: 'off', watch: () => () => undefined })

/** Many events come at once when a batch is written; one refresh serves them all. */
const gatherMs = 200
const reopenMs = 3000

const readNotice = (text: string): TraceNotice | null => {
  try {
    const notice: unknown = JSON.parse(text)
    return typeof notice === 'object' && notice !== null && 'module' in notice ? (notice as TraceNotice) : null
  } catch {
    return null
  }
}

/**
 * Opens the stream and keeps it open. The browser reconnects by itself with Last-Event-ID; after an HTTP error it
 * gives up, so a new stream is opened then, and as that one may have missed events `onGap` is called.
 */
const keepStream = (onState: (state: LiveState) => void, onNotice: (notice: TraceNotice) => void, onGap: () => void) => {
  let source: EventSource
  let timer: ReturnType<typeof setTimeout> | undefined
  let wasCut = false
  const open = () => {
    source = new EventSource('/api/live')
    source.addEventListener('open', () => {
      onState('on')
      if (wasCut) onGap()
      wasCut = false
    })
    source.addEventListener('trace', (event) => {
      const notice = readNotice(event.data)
      if (notice !== null) onNotice(notice)
    })
    source.addEventListener('error', () => {
      onState('off')
      wasCut = true
      if (source.readyState !== EventSource.CLOSED) return
      clearTimeout(timer)
      timer = setTimeout(open, reopenMs)
    })
  }
  open()
  return () => {
    clearTimeout(timer)
    source.close()
  }
}

/**
 * Listens to the server for the pages below and refreshes the queries that follow what happened.
 * `listening` is false while nobody is signed in: the stream would be refused.
 */
export const LiveProvider = ({ listening, children }: { listening: boolean; children: ReactNode }) => {
  const memory = useQueryClient()
  const [state, setState] = useState<LiveState>('off')
  const watchers = useRef(new Set<(notice: TraceNotice) => void>())
  useEffect(() => {
    if (!listening) return
    const gathered = new Set<string>()
    let timer: ReturnType<typeof setTimeout> | undefined
    const refresh = () => {
      timer = undefined
      void refreshModules(memory, new Set(gathered))
      gathered.clear()
    }
    const hear = (notice: TraceNotice) => {
      gathered.add(notice.module)
      timer ??= setTimeout(refresh, gatherMs)
      for (const heard of watchers.current) heard(notice)
    }
    const close = keepStream(setState, hear, () => void refreshModules(memory, null))
    return () => {
      clearTimeout(timer)
      close()
      setState('off')
    }
  }, [memory, listening])
  const live = useMemo<Live>(
    () => ({
      state,
      watch: (heard) => {
        const { current } = watchers
        current.add(heard)
        return () => current.delete(heard)
      },
    }),
    [state],
  )
  return <LiveContext value={live}>{children}</LiveContext>
}

/** Whether the page is live now. */
export const useLiveState = (): LiveState => useContext(LiveContext).state

/** Calls `heard` for each event of the server, for instance to flash a row. Hand in a stable function. */
export const useTrace = (heard: (notice: TraceNotice) => void): void => {
  const { watch } = useContext(LiveContext)
  useEffect(() => watch(heard), [watch, heard])
}
