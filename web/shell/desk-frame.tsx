import { useEffect, useRef, useState, type ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import { Icon, type IconName } from '../ui/icon.tsx'
import { useWords } from '../words/language.tsx'
import './desk-frame.css'

/** A place inside a desk: where its menu leads. `count` is what waits there. */
export type Place = { to: string; label: string; icon: IconName; count?: number | undefined }

/** How many entries stand in the bar of a phone; of a longer menu all but the last of them, and the way to the others. */
const BAR_MOST = 5
/** More than this is many: the number must fit beside its icon. */
const COUNTED_MOST = 99
const shownCount = (count: number): string => (count > COUNTED_MOST ? `${COUNTED_MOST}+` : `${count}`)

/**
 * The frame of a desk: a menu (at the thumb on phones, at the side on wide screens) and the page.
 * Going to another place moves the focus to the page, so that screen readers and keys follow.
 */
export const DeskFrame = ({ places, aside, children }: { places: readonly Place[]; aside?: ReactNode; children: ReactNode }) => {
  const words = useWords()
  const [path] = useLocation()
  const page = useRef<HTMLElement>(null)
  const shownPath = useRef(path)
  const [isOpen, setOpen] = useState(false)
  const behind = places.length > BAR_MOST ? places.slice(BAR_MOST - 1) : []
  const waiting = behind.reduce((sum, { count }) => sum + (count ?? 0), 0)
  useEffect(() => {
    if (shownPath.current === path) return
    shownPath.current = path
    setOpen(false)
    page.current?.focus({ preventScroll: true })
    window.scrollTo(0, 0)
  }, [path])
  useEffect(() => {
    if (!isOpen) return
    const close = ({ key }: KeyboardEvent) => key === 'Escape' && setOpen(false)
    document.addEventListener('keydown', close)
    return () => document.removeEventListener('keydown', close)
  }, [isOpen])
  return (
    <div className="desk">
      <nav className="desk-menu" aria-label={words.mainMenu}>
        <div className="desk-menu-held">
          <ul className={isOpen ? 'open' : undefined}>
            {places.map(({ to, label, icon, count }) => (
              <li key={to} className={behind.some((place) => place.to === to) ? 'behind' : undefined}>
                <Link to={to} aria-current={path === to ? 'page' : undefined} onClick={() => setOpen(false)}>
                  <Icon name={icon} />
                  <span>{label}</span>
                  {count !== undefined && count > 0 && <span className="menu-count figures">{shownCount(count)}</span>}
                </Link>
              </li>
            ))}
            {behind.length > 0 && (
              <li className="menu-more">
                <button
                  type="button"
                  aria-expanded={isOpen}
                  className={behind.some(({ to }) => to === path) ? 'here' : undefined}
                  onClick={() => setOpen(!isOpen)}
                >
                  <Icon name={isOpen ? 'cross' : 'menu'} />
                  <span>{isOpen ? words.menuLess : words.menuMore}</span>
                  {!isOpen && waiting > 0 && <span className="menu-count figures">{shownCount(waiting)}</span>}
                </button>
              </li>
            )}
          </ul>
          {aside !== undefined && <div className="desk-menu-aside">{aside}</div>}
        </div>
      </nav>
      <main id="content" ref={page} tabIndex={-1} className="page">
        {children}
      </main>
    </div>
  )
}

/** One page of a desk: its name in the window and as the first heading, its acts beside, and what it holds. */
export const Page = ({
  title,
  waiting = 0,
  lead,
  acts,
  children,
}: {
  title: string
  /** How many wait for an answer: shown in the window's name, so that it is seen from other windows too. */
  waiting?: number
  lead?: ReactNode
  acts?: ReactNode
  children: ReactNode
}) => {
  const words = useWords()
  return (
    <div className="stack wide">
      <title>{`${waiting > 0 ? `(${waiting}) ` : ''}${title} · ${words.name}`}</title>
      <div className="along apart">
        <div>
          <h1>{title}</h1>
          {lead !== undefined && <p className="soft">{lead}</p>}
        </div>
        {acts !== undefined && <div className="along">{acts}</div>}
      </div>
      {children}
    </div>
  )
}
