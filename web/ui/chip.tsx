import type { ReactNode } from 'react'
import './chip.css'
import { Icon, type IconName } from './icon.tsx'

export type ChipTone = 'calm' | 'good' | 'warning' | 'danger' | 'quiet' | 'baton'

const iconOf: Record<ChipTone, IconName> = {
  calm: 'info',
  good: 'check',
  warning: 'clock',
  danger: 'warning',
  quiet: 'record',
  baton: 'baton',
}

/** A state in a word, with a picture: the colour only repeats what both say. */
export const Chip = ({ tone = 'quiet', icon, children }: { tone?: ChipTone; icon?: IconName; children: ReactNode }) => (
  <span className={`chip ${tone}`}>
    <Icon name={icon ?? iconOf[tone]} />
    <span>{children}</span>
  </span>
)
