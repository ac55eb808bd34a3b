import type { ComponentProps, MouseEvent, ReactNode } from 'react'
import { useWords } from '../words/language.tsx'
import './button.css'
import { Icon, type IconName } from './icon.tsx'

export type ButtonProps = Omit<ComponentProps<'button'>, 'type'> & {
  /** `primary` once a screen, `plain` for the rest, `quiet` inside lists, `danger` for what cannot be undone. */
  tone?: 'primary' | 'plain' | 'quiet' | 'danger'
  small?: boolean
  /** Fills the width, as on phones. */
  wide?: boolean
  icon?: IconName | undefined
  /** While true the button keeps its focus, says that work goes on, and ignores presses. */
  busy?: boolean
  /** The key that does the same, shown beside the words. */
  shortcut?: string | undefined
  submit?: boolean
  children: ReactNode
}

/** A press that does something. For going somewhere use a link. */
export const Button = ({
  tone = 'plain',
  small = false,
  wide = false,
  icon,
  busy = false,
  shortcut,
  submit = false,
  children,
  className = '',
  onClick,
  ...rest
}: ButtonProps) => {
  const words = useWords()
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (busy) event.preventDefault()
    else onClick?.(event)
  }
  return (
    <button
      {...rest}
      type={submit ? 'submit' : 'button'}
      className={`button ${tone}${small ? ' small-button' : ''}${wide ? ' wide-button' : ''} ${className}`}
      aria-disabled={busy || undefined}
      aria-keyshortcuts={shortcut}
      onClick={press}
    >
      {icon !== undefined && <Icon name={icon} />}
      <span>{busy ? words.ui.busy : children}</span>
      {shortcut !== undefined && <kbd aria-hidden="true">{shortcut}</kbd>}
    </button>
  )
}

/** A button that shows only a picture; `label` is what it is called. */
export const IconButton = ({
  label,
  icon,
  className = '',
  ...rest
}: Omit<ComponentProps<'button'>, 'type' | 'children'> & { label: string; icon: IconName }) => (
  <button {...rest} type="button" className={`icon-button ${className}`} aria-label={label} title={label}>
    <Icon name={icon} />
  </button>
)
