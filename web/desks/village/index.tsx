import { lazy } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import { useApi } from '../../api/use-api.ts'
import { useOutbox } from '../../api/use-outbox.tsx'
import { DeskFrame } from '../../shell/desk-frame.tsx'
import { useActor } from '../../shell/session.tsx'
import { useWordsOf } from '../../words/language.tsx'
import { useUnread } from '../correspondence/unread-badge.tsx'
import { AgainPage } from './again-page.tsx'
import { CaseListPage } from './case-list-page.tsx'
import { CasePage } from './case-page.tsx'
import { DeviceGate } from './device-gate.tsx'
import { LineStrip } from './line-strip.tsx'
import { OutboxPage } from './outbox-page.tsx'
import { PapersPage } from './papers-page.tsx'
import { PersonPage } from './person-page.tsx'
import { ReferPage } from './refer-page.tsx'
import { RegisterPage } from './register-page.tsx'
import { ReferWhoPage, ResidentsPage, RushWhoPage } from './residents-page.tsx'
import { RushPage } from './rush-page.tsx'
import { TodayPage } from './today-page.tsx'
import { useKeepFresh } from './use-keep-fresh.ts'
import './village.css'
import { villageWords } from './words.ts'

const DevicePage = lazy(() => import('./device-page.tsx').then(({ DevicePage: page }) => ({ default: page })))

/** The village doctor's and the family doctor's working day: today, residents, refer, my patients, and what this device has saved. */
export const Desk = () => {
  const { account } = useActor()
  return (
    <DeviceGate account={account}>
      <Places />
    </DeviceGate>
  )
}

const Places = () => {
  const words = useWordsOf(villageWords)
  const { held } = useOutbox()
  useKeepFresh()
  const { data: mine } = useApi('referral.worklist', { side: 'sender', state: 'mine-to-act', limit: 100 })
  const goOn = mine?.rows.filter(({ state }) => ['asked', 'rejected', 'expired', 'no-show'].includes(state)).length
  const { total: unread } = useUnread()
  const places = [
    { to: '/village/today', label: words.today, icon: 'home', count: goOn },
    { to: '/village/residents', label: words.residents, icon: 'person' },
    { to: '/village/refer', label: words.refer, icon: 'baton' },
    { to: '/village/cases', label: words.patients, icon: 'record', count: unread },
    { to: '/village/outbox', label: words.outbox, icon: 'device', count: held.filter(({ state }) => state !== 'sent').length },
  ] as const
  return (
    <DeskFrame places={places}>
      <LineStrip />
      <Switch>
        <Route path="/village/today" component={TodayPage} />
        <Route path="/village/residents" component={ResidentsPage} />
        <Route path="/village/residents/:id" component={PersonPage} />
        <Route path="/village/register" component={RegisterPage} />
        <Route path="/village/refer" component={ReferWhoPage} />
        <Route path="/village/refer/:id" component={ReferPage} />
        <Route path="/village/emergency" component={RushWhoPage} />
        <Route path="/village/emergency/:id" component={RushPage} />
        <Route path="/village/cases" component={CaseListPage} />
        <Route path="/village/cases/:id" component={CasePage} />
        <Route path="/village/cases/:id/again" component={AgainPage} />
        <Route path="/village/cases/:id/papers" component={PapersPage} />
        <Route path="/village/outbox" component={OutboxPage} />
        <Route path="/village/device" component={DevicePage} />
        <Redirect to="/village/today" replace />
      </Switch>
    </DeskFrame>
  )
}
