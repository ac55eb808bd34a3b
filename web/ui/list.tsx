import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { Icon } from './icon.tsx'
import './list.css'

/** Things one under another. Its name is read out before them. */
export const List = ({ label, children }: { label: string; children: ReactNode }) => (
  <ul className="list" aria-label={label}>
    {children}
  </ul>
)

type RowProps = { title: ReactNode; lines?: ReactNode; aside?: ReactNode }

const RowWords = ({ title, lines, aside }: RowProps) => (
  <>
    <span className="list-words">
      <span className="list-title">{title}</span>
      {lines !== undefined && <span className="list-lines">{lines}</span>}
    </span>
    {aside !== undefined && <span className="list-aside">{aside}</span>}
  </>
)

/** A row that opens a page. */
export const LinkRow = ({ to, onFollow, ...words }: RowProps & { to: string; onFollow?: () => void }) => (
  <li>
    <Link to={to} className="list-row" onClick={onFollow}>
      <RowWords {...words} />
      <Icon name="arrow" />
    </Link>
  </li>
)

/** A row that does something here. */
export const PressRow = ({ onPress, current = false, ...words }: RowProps & { onPress: () => void; current?: boolean }) => (
  <li>
    <button type="button" className="list-row" aria-current={current || undefined} onClick={onPress}>
      <RowWords {...words} />
    </button>
  </li>
)

/** A row to read, with its own buttons in `aside` if any. */
export const PlainRow = (words: RowProps) => (
  <li className="list-row">
    <RowWords {...words} />
  </li>
)
