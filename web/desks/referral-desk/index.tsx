import { useRef, useState } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import { DeskFrame, Page, type Place } from '../../shell/desk-frame.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { KeyHelp } from '../../ui/key-help.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import { useWordsOf } from '../../words/language.tsx'
import { referralDeskWords } from './words.ts'

/** The referral desk's working day: what waits, who comes today, what is late, who goes back. */
export const Desk = () => {
  const words = useWordsOf(referralDeskWords)
  const places: Place[] = [
    { to: '/desk/inbox', label: words.inbox, icon: 'inbox' },
    { to: '/desk/arrivals', label: words.arrivals, icon: 'bed' },
    { to: '/desk/overdue', label: words.overdue, icon: 'clock' },
    { to: '/desk/hand-back', label: words.handBack, icon: 'back' },
  ]
  return (
    <DeskFrame places={places} aside={<KeyHelp />}>
      <Switch>
        <Route path="/desk/inbox">
          <Queue title={words.inbox} why={words.inboxWhy} />
        </Route>
        <Route path="/desk/arrivals">
          <Queue title={words.arrivals} why={words.arrivalsWhy} />
        </Route>
        <Route path="/desk/overdue">
          <Queue title={words.overdue} why={words.overdueWhy} />
        </Route>
        <Route path="/desk/hand-back">
          <Queue title={words.handBack} why={words.handBackWhy} />
        </Route>
        <Redirect to="/desk/inbox" replace />
      </Switch>
    </DeskFrame>
  )
}

const Queue = ({ title, why }: { title: string; why: string }) => {
  const words = useWordsOf(referralDeskWords)
  const [text, setText] = useState('')
  const search = useRef<HTMLInputElement>(null)
  useKeys({ '/': () => search.current?.focus() })
  return (
    <Page title={title}>
      <SearchBox label={words.find} value={text} onChange={setText} inputRef={search} />
      {text === '' ? <EmptyState kind="none" why={why} /> : <EmptyState kind="filtered" />}
    </Page>
  )
}
