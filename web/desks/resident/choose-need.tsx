import { useState } from 'react'
import { Link } from 'wouter'
import { useApi } from '../../api/use-api.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { LinkRow, List } from '../../ui/list.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { useLanguage, usePick, useWordsOf } from '../../words/language.tsx'
import { bookingWords, troubles } from './booking-words.ts'

/** What the visit is for: a trouble in plain words, or an illness found by name. */
export const ChooseNeed = () => {
  const words = useWordsOf(bookingWords)
  const language = useLanguage()
  const [text, setText] = useState('')
  return (
    <>
      <div className="stack tight">
        <SearchBox label={words.needSearch} value={text} onChange={setText} />
        <p className="soft small">{words.needHint}</p>
      </div>
      {text.trim() !== '' && <Illnesses text={text.trim()} />}
      <ul className="choice-list">
        {troubles.map(({ specialty, zh, en, doorZh, doorEn }) => (
          <li key={specialty}>
            <Link className="choice-tile link-tile" to={`/me/book?specialty=${specialty}`}>
              <strong>{language === 'zh' ? zh : en}</strong>
              <span className="soft small">{language === 'zh' ? doorZh : doorEn}</span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  )
}

const Illnesses = ({ text }: { text: string }) => {
  const words = useWordsOf(bookingWords)
  const pick = usePick()
  const { data, error } = useApi('navigation.conditions', { text, limit: 6 })
  if (error !== null) return <ErrorNote error={error} />
  if (data === undefined) return null
  if (data.conditions.length === 0) return <EmptyState kind="filtered" title={words.needNone} why={words.needNoneWhy} />
  return (
    <List label={words.needSearch}>
      {data.conditions.map((one) => (
        <LinkRow key={one.key} to={`/me/book?condition=${encodeURIComponent(one.key)}`} title={pick(one.name)} />
      ))}
    </List>
  )
}
