import { useEffect, useRef, type ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import { Icon, type IconName } from '../ui/icon.tsx'
import { useWords } from '../words/language.tsx'
import './desk-frame.css'

/** A place inside a desk: where its menu leads. `count` is what waits there. */
export type Place = { to: string; label: string; icon: IconName; count?: number | undefined }

/**
 * The frame of a desk: a menu (at the thumb on phones, at the side on wide screens) and the page.
 * Going to another place moves the focus to the page, so that screen readers and keys follow.
 */
export const DeskFrame = ({ places, aside, children }: { places: readonly Place[]; aside?: ReactNode; children: ReactNode }) => {
  const words = useWords()
  const [path] = useLocation()
  const page = useRef<HTMLElement>(null)
  const shownPath = useRef(path)
  const menu = useRef<HTMLElement>(null)
  useEffect(() => {
    // The menu alone is moved: scrolling an element into view would move the page as well.
    const list = menu.current?.querySelector('ul')
    const here = list?.querySelector<HTMLElement>('[aria-current=page]')
    if (list && here) list.scrollLeft = here.offsetLeft - (list.clientWidth - here.offsetWidth) / 2
  }, [path, places.length])
  useEffect(() => {
    if (shownPath.current === path) return
    shownPath.current = path
    page.current?.focus({ preventScroll: true })
    window.scrollTo(0, 0)
  }, [path])
  return (
    <div className="desk">
      <nav ref={menu} className="desk-menu" aria-label={words.mainMenu}>
        <ul>
          {places.map(({ to, label, icon, count }) => (
            <li key={to}>
              <Link to={to} aria-current={path === to ? 'page' : undefined}>
                <Icon name={icon} />
                <span>{label}</span>
                {count !== undefined && count > 0 && <span className="menu-count figures">{count}</span>}
              </Link>
            </li>
          ))}
        </ul>
        {aside !== undefined && <div className="desk-menu-aside">{aside}</div>}
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
