import { useState } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import { OutboxProvider, useOutbox } from '../../api/use-outbox.tsx'
import { DeskFrame, Page } from '../../shell/desk-frame.tsx'
import { useActor } from '../../shell/session.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { useWordsOf } from '../../words/language.tsx'
import { OutboxPage } from './outbox-page.tsx'
import { villageWords } from './words.ts'

/** The village doctor's working day: today, my patients, refer, and what this device has saved. */
export const Desk = () => {
  const { account } = useActor()
  return (
    <OutboxProvider account={account}>
      <Places />
    </OutboxProvider>
  )
}

const Places = () => {
  const words = useWordsOf(villageWords)
  const { held } = useOutbox()
  const places = [
    { to: '/village/today', label: words.today, icon: 'home' },
    { to: '/village/patients', label: words.patients, icon: 'person' },
    { to: '/village/refer', label: words.refer, icon: 'baton' },
    { to: '/village/outbox', label: words.outbox, icon: 'device', count: held.filter(({ state }) => state !== 'sent').length },
  ] as const
  return (
    <DeskFrame places={places}>
      <Switch>
        <Route path="/village/today" component={Today} />
        <Route path="/village/patients" component={Patients} />
        <Route path="/village/refer" component={Refer} />
        <Route path="/village/outbox" component={OutboxPage} />
        <Redirect to="/village/today" replace />
      </Switch>
    </DeskFrame>
  )
}

const Today = () => {
  const words = useWordsOf(villageWords)
  return (
    <Page title={words.today}>
      <EmptyState kind="none" title={words.todayNone} why={words.todayWhy} />
    </Page>
  )
}

const Patients = () => {
  const words = useWordsOf(villageWords)
  return (
    <Page title={words.patients}>
      <EmptyState kind="none" title={words.patientsNone} why={words.patientsWhy} />
    </Page>
  )
}

const Refer = () => {
  const words = useWordsOf(villageWords)
  const [text, setText] = useState('')
  return (
    <Page title={words.refer}>
      <SearchBox label={words.find} value={text} onChange={setText} />
      <EmptyState kind={text === '' ? 'none' : 'filtered'} title={words.referNone} why={words.referWhy} />
    </Page>
  )
}
