import { useId, useRef, type KeyboardEvent, type ReactNode } from 'react'
import './tabs.css'

export type Tab<K extends string> = { key: K; label: string; count?: number | undefined }

/** The tab to show for a key pressed on the tab at `at`, or null. Goes round at the ends. */
const tabAfter = (key: string, at: number, count: number): number | null => {
  if (key === 'ArrowRight') return (at + 1) % count
  if (key === 'ArrowLeft') return (at - 1 + count) % count
  if (key === 'Home') return 0
  return key === 'End' ? count - 1 : null
}

/** Several views of the same place, one at a time; arrow keys change the view. */
export const Tabs = <K extends string>({
  label,
  tabs,
  shown,
  onShow,
  children,
}: {
  label: string
  tabs: readonly Tab<K>[]
  shown: K
  onShow: (key: K) => void
  children: ReactNode
}) => {
  const id = useId()
  const strip = useRef<HTMLDivElement>(null)
  const press = (event: KeyboardEvent, at: number) => {
    const next = tabAfter(event.key, at, tabs.length)
    const tab = next === null ? undefined : tabs[next]
    if (next === null || tab === undefined) return
    event.preventDefault()
    onShow(tab.key)
    const button = strip.current?.children[next]
    if (button instanceof HTMLElement) button.focus()
  }
  return (
    <div className="tabs">
      <div ref={strip} className="tab-strip" role="tablist" aria-label={label}>
        {tabs.map((tab, at) => (
          <button
            key={tab.key}
            type="button"
            role="tab"
            id={`${id}-${tab.key}`}
            aria-selected={tab.key === shown}
            aria-controls={tab.key === shown ? `${id}-panel` : undefined}
            tabIndex={tab.key === shown ? 0 : -1}
            onClick={() => onShow(tab.key)}
            onKeyDown={(event) => press(event, at)}
          >
            {tab.label}
            {tab.count !== undefined && <span className="tab-count figures">{tab.count}</span>}
          </button>
        ))}
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a panel may hold nothing focusable; the tab pattern asks for a stop */}
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${shown}`} tabIndex={0} className="tab-panel">
        {children}
      </div>
    </div>
  )
}
