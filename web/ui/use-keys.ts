import { useEffect, useEffectEvent } from 'react'

/** Whether the key belongs to an input method that is still composing, as when Enter picks a Chinese word. */
export const isComposing = (event: { isComposing: boolean; keyCode: number }): boolean =>
  // Safari ends the composition before keydown and leaves only the code 229.
  event.isComposing || event.keyCode === 229

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/**
 * Page-wide single keys, by `event.key` (letters in lower case). They rest while somebody types, while a modifier
 * is down, and while a dialog is open.
 */
export const useKeys = (acts: Readonly<Record<string, () => void>>): void => {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    if (isComposing(event) || isTyping(event.target) || document.querySelector('dialog[open]') !== null) return
    const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key]
    if (act === undefined) return
    event.preventDefault()
    act()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => press(event)
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
}
