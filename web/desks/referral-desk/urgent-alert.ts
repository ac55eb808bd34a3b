import { useEffect, useRef, useState } from 'react'
import { useActor } from '../../shell/session.tsx'
import type { Row } from './worklist.ts'

/** One short tone of two steps: heard across a room, and over before it annoys. */
const toneSteps = [
  { hertz: 880, at: 0 },
  { hertz: 1174, at: 0.18 },
] as const
const stepSeconds = 0.16

const sound = (): void => {
  const audio = new AudioContext()
  for (const { hertz, at } of toneSteps) {
    const tone = audio.createOscillator()
    const loudness = audio.createGain()
    tone.frequency.value = hertz
    loudness.gain.value = 0.2
    tone.connect(loudness).connect(audio.destination)
    tone.start(audio.currentTime + at)
    tone.stop(audio.currentTime + at + stepSeconds)
    tone.addEventListener('ended', () => at > 0 && void audio.close())
  }
}

const badge = '⚠ '

/** Keeps the mark before the window's name, whatever a page names it meanwhile. */
const useTitleMark = (isMarked: boolean): void => {
  useEffect(() => {
    if (!isMarked) return
    const mark = () => {
      if (!document.title.startsWith(badge)) document.title = badge + document.title
    }
    mark()
    const watcher = new MutationObserver(mark)
    watcher.observe(document.head, { subtree: true, childList: true, characterData: true })
    return () => {
      watcher.disconnect()
      if (document.title.startsWith(badge)) document.title = document.title.slice(badge.length)
    }
  }, [isMarked])
}

const isUrgent = ({ urgency }: Row): boolean => urgency !== 'ordinary'

/** Urgent cases that were not there before; the first list that is seen is known and rings for nothing. */
export const freshUrgent = (known: ReadonlySet<string> | null, rows: readonly Row[]): string[] =>
  known === null ? [] : rows.filter((row) => isUrgent(row) && !known.has(row.id)).map(({ id }) => id)

/**
 * Rings once and marks the window's name when an urgent case comes in, if the person wants it: off at first, kept on this
 * device for the account. The mark goes as soon as somebody touches the page.
 */
export const useUrgentAlert = (rows: readonly Row[] | undefined): { isOn: boolean; turn: (on: boolean) => void } => {
  const keptUnder = `jieli-sound-${useActor().account}`
  const [isOn, setOn] = useState(() => localStorage.getItem(keptUnder) === 'on')
  const [isMarked, setMarked] = useState(false)
  const known = useRef<Set<string> | null>(null)
  useEffect(() => {
    if (rows === undefined) return
    const fresh = freshUrgent(known.current, rows)
    known.current = new Set([...(known.current ?? []), ...rows.map(({ id }) => id)])
    if (fresh.length === 0 || !isOn) return
    sound()
    setMarked(true)
  }, [rows, isOn])
  useEffect(() => {
    if (!isMarked) return
    const seen = () => setMarked(false)
    for (const touch of ['pointerdown', 'keydown'] as const) addEventListener(touch, seen, { once: true })
    return () => {
      for (const touch of ['pointerdown', 'keydown'] as const) removeEventListener(touch, seen)
    }
  }, [isMarked])
  useTitleMark(isMarked)
  return {
    isOn,
    turn: (on) => {
      setOn(on)
      localStorage.setItem(keptUnder, on ? 'on' : 'off')
      // The tone at once tells what it is like, and opens the browser's sound by a press of the person.
      if (on) sound()
    },
  }
}
