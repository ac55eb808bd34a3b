import { useSyncExternalStore } from 'react'
import { serverNow } from '../api/server-clock.ts'

const watchers = new Set<() => void>()
let second = Math.floor(serverNow() / 1000)
let timer: ReturnType<typeof setInterval> | null = null

const tick = () => {
  second = Math.floor(serverNow() / 1000)
  for (const changed of watchers) changed()
}

/** One timer serves every countdown of the page and rests when none is shown. */
const watch = (changed: () => void) => {
  // While nobody watched, the second stood still; what has just happened must not read as yet to come.
  if (timer === null) second = Math.floor(serverNow() / 1000)
  watchers.add(changed)
  timer ??= setInterval(tick, 1000)
  return () => {
    watchers.delete(changed)
    if (watchers.size > 0 || timer === null) return
    clearInterval(timer)
    timer = null
  }
}

/** The server's present instant in ms, to the second; the part that asks is drawn again each second. */
export const useServerNow = (): number => useSyncExternalStore(watch, () => second) * 1000
