import { useId, type ReactNode } from 'react'
import './card.css'

/** One thing on the page, named by its heading. `held` marks the thing that is in this person's hands now. */
export const Card = ({
  title,
  aside,
  held = false,
  level = 2,
  children,
}: {
  title?: ReactNode
  aside?: ReactNode
  held?: boolean
  level?: 2 | 3
  children: ReactNode
}) => {
  const id = useId()
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <section className={held ? 'card held' : 'card'} aria-labelledby={title === undefined ? undefined : id}>
      {title !== undefined && (
        <div className="along apart card-head">
          <Heading id={id}>{title}</Heading>
          {aside}
        </div>
      )}
      {children}
    </section>
  )
}

/** Names and values of one thing, read as a list of pairs. */
export const Facts = ({ facts }: { facts: readonly (readonly [name: string, value: ReactNode])[] }) => (
  <dl className="facts">
    {facts.map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
)
