import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent } from 'react'
import { useActor } from '../../shell/session.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import { usePick } from '../../words/language.tsx'
import { actsOf, nextActOf, useStartAct } from './case-acts.tsx'
import { useDeskKeys } from './desk-keys-context.tsx'
import type { DeskAct } from './held-acts.ts'
import { useHeldActs } from './held-acts-context.tsx'
import type { BatchForm } from './batch-forms.tsx'
import type { Referral } from './use-case.ts'

/** The row that a key is meant for: the one with the focus, else the open one. */
const caseMeant = (openId: string | null): string | null => {
  const focused = document.activeElement
  return focused instanceof HTMLElement ? (focused.dataset['case'] ?? openId) : openId
}

const rowButtons = () => [...document.querySelectorAll<HTMLButtonElement>('#case-list button')]

/** Moves the focus along the rows; from elsewhere it goes to the open row, else to the first. */
const moveRow = (step: 1 | -1) => () => {
  const rows = rowButtons()
  const at = rows.indexOf(document.activeElement as HTMLButtonElement)
  const target = at < 0 ? rows.find((row) => row.hasAttribute('aria-current')) : rows[at + step]
  ;(target ?? (at < 0 ? rows[0] : undefined))?.focus()
}

/** Ctrl+A takes every row that is shown, unless somebody types or a dialog is open. */
const useSelectAll = (select: () => void): void => {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'a' || event.defaultPrevented) return
    const { target } = event
    const isTyping = target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
    if ((isTyping && (target as HTMLInputElement).type !== 'checkbox') || document.querySelector('dialog[open]') !== null) return
    event.preventDefault()
    select()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => press(event)
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
}

type Props = {
  id: string | null
  hasSelection: boolean
  onOpen: (id: string | null, act?: DeskAct | null) => void
  onBatch: (form: BatchForm) => void
  onSelectAll: () => void
  onClear: () => void
}

/**
 * The single keys of the inbox. An act on a row that is not open yet opens it: nobody acts without the record in sight.
 * While rows are selected, accepting and returning mean all of them.
 */
export const CaseKeys = ({ id, hasSelection, onOpen, onBatch, onSelectAll, onClear }: Props) => {
  const pick = usePick()
  const memory = useQueryClient()
  const actor = useActor()
  const acts = useHeldActs()
  const start = useStartAct()
  const { keys } = useDeskKeys()
  const press = (wish: DeskAct | 'next') => () => {
    if (hasSelection && (wish === 'accept' || wish === 'reject')) {
      onBatch(wish)
      return
    }
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
  const undo = () => {
    const last = [...acts.held].findLast(([, act]) => act.state === 'held')
    if (acts.shownBatch?.state === 'held' || (last !== undefined && last[1].batch !== null)) acts.undoBatch()
    else if (last !== undefined) acts.undo(last[0])
  }
  useKeys({
    [keys.accept]: press('accept'),
    [keys['ask-more']]: press('ask-more'),
    [keys.reject]: press('reject'),
    [keys.redirect]: press('redirect'),
    [keys.schedule]: press('schedule'),
    [keys.next]: press('next'),
    [keys.undo]: undo,
    [keys.down]: moveRow(1),
    [keys.up]: moveRow(-1),
    ArrowDown: moveRow(1),
    ArrowUp: moveRow(-1),
    ...(hasSelection ? { Escape: onClear } : {}),
  })
  useSelectAll(onSelectAll)
  return null
}
