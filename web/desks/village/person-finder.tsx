import { useDeferredValue, useState } from 'react'
import { Link } from 'wouter'
import { useKeeper } from '../../api/keeper.tsx'
import { useApi } from '../../api/use-api.ts'
import { Chip } from '../../ui/chip.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Icon } from '../../ui/icon.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useServerNow } from '../../ui/use-server-now.ts'
import { usePick, useWordsOf } from '../../words/language.tsx'
import { findKept, keptVillage } from './kept-village.ts'
import { ageWords, type ShownPerson } from './people.ts'
import { villageWords } from './words.ts'

/** Finds a resident by name, initials, ID or phone while typing, and lists one's own; each row leads to `to`. */
export const PersonFinder = ({ to }: { to: (person: ShownPerson) => string }) => {
  const words = useWordsOf(villageWords)
  const [text, setText] = useState('')
  const asked = useDeferredValue(text.trim())
  const keeper = useKeeper()
  const { data: answered, error, isPending, refetch } = useApi('residents.search', { text: asked, limit: 30 })
  const isOffline = error?.status === 0
  // Cut off, one's own residents are found on this device; others have to be asked for.
  const village = isOffline && answered === undefined ? keptVillage(keeper) : null
  const data = answered ?? (village === null ? undefined : { persons: findKept(village, asked) })
  return (
    <div className="stack">
      <SearchBox label={words.find.label} value={text} onChange={setText} />
      <p className="field-hint">{words.find.hint}</p>
      {isPending && <Skeleton lines={5} />}
      {isOffline && data === undefined && <EmptyState kind="offline" />}
      {error !== null && !isOffline && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {data !== undefined && (
        <Found
          persons={data.persons}
          heading={asked === '' ? words.find.own : words.find.found(data.persons.length)}
          to={to}
          typed={asked}
        />
      )}
    </div>
  )
}

type FoundProps = { persons: readonly ShownPerson[]; heading: string; to: (person: ShownPerson) => string; typed: string }

const Found = ({ persons, heading, to, typed }: FoundProps) => {
  const words = useWordsOf(villageWords)
  const register = (
    <Link className="button primary" to="/village/register">
      {words.find.register}
    </Link>
  )
  if (persons.length === 0)
    return typed === '' ? (
      <EmptyState kind="none" title={words.find.noneYet} why={words.find.noneYetWhy} action={register} />
    ) : (
      <EmptyState kind="filtered" title={words.find.none} why={words.find.noneWhy} action={register} />
    )
  return (
    <section className="stack tight" aria-label={heading}>
      <h2 className="soft small" aria-live="polite">
        {heading}
      </h2>
      <ul className="list" aria-label={heading}>
        {persons.map((person) => (
          <li key={person.id}>
            <Link to={to(person)} state={person} className="list-row">
              <span className="list-words">
                <PersonLine person={person} />
              </span>
              <Icon name="arrow" />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Who it is in two lines: name, sex, age; masked number and address. */
export const PersonLine = ({ person }: { person: ShownPerson }) => {
  const words = useWordsOf(villageWords)
  const pick = usePick()
  const now = useServerNow()
  return (
    <>
      <span className="list-title">
        <span className="along">
          {pick(person.name)}
          <span className="soft small">
            {[words.sexes[person.sex], ageWords(person.bornOn, now, words)].filter((part) => part !== '').join(' · ')}
          </span>
          {person.synthetic && <Chip icon="info">{words.synthetic}</Chip>}
          {person.diedOn !== null && <Chip icon="info">{words.person.dead}</Chip>}
        </span>
      </span>
      <span className="list-lines">
        {[person.idNumber, person.address].filter((part) => part !== null && part !== '').join(' · ') || words.person.none}
      </span>
    </>
  )
}
