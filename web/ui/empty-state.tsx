import type { ReactNode } from 'react'
import { useWords } from '../words/language.tsx'
import './empty-state.css'
import { Icon, type IconName } from './icon.tsx'

/** Why a list is empty. Each asks for another next step. */
export type EmptyKind = 'none' | 'filtered' | 'no-right' | 'offline'

const iconOf: Record<EmptyKind, IconName> = { none: 'inbox', filtered: 'filter', 'no-right': 'lock', offline: 'noNetwork' }

/** Says why nothing is here and what to do next; `title` and `why` replace the general sentences. */
export const EmptyState = ({
  kind,
  title,
  why,
  action,
}: {
  kind: EmptyKind
  title?: string
  why?: string
  action?: ReactNode
}) => {
  const words = useWords()
  return (
    <div className="empty-state">
      <span className="empty-picture">
        <Icon name={iconOf[kind]} />
      </span>
      <p className="empty-title">{title ?? words.empty[kind]}</p>
      <p className="soft">{why ?? words.empty[`${kind}Why`]}</p>
      {action}
    </div>
  )
}
