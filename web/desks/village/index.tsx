import { lazy, Suspense, type ComponentType } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import { useApi } from '../../api/use-api.ts'
import { useOutbox } from '../../api/use-outbox.tsx'
import { DeskFrame } from '../../shell/desk-frame.tsx'
import { useActor } from '../../shell/session.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useWordsOf } from '../../words/language.tsx'
import { useAuditPlace } from '../audit/audit-place.ts'
import { useCashierPlace } from '../cashier/cashier-place.ts'
import { useSettledPlace } from '../settled/settled-place.ts'
import { useCounterPlace } from '../health-card/counter-place.ts'
import { useUnread } from '../correspondence/unread-badge.tsx'
import { DeviceGate } from './device-gate.tsx'
import { LineStrip } from './line-strip.tsx'
import { TodayPage } from './today-page.tsx'
import { useKeepFresh } from './use-keep-fresh.ts'
import './village.css'
import { villageWords } from './words.ts'

// The first screen comes alone, for lines as slow as 2G; the others follow, and all of them are kept for when there is no network.
const page = <Name extends string>(load: () => Promise<Record<Name, ComponentType>>, name: Name) =>
  lazy(() => load().then((part) => ({ default: part[name] })))
const AgainPage = page(() => import('./again-page.tsx'), 'AgainPage')
const CaseListPage = page(() => import('./case-list-page.tsx'), 'CaseListPage')
const ConsentsPage = page(() => import('../record-access/consents-page.tsx'), 'ConsentsPage')
const AuditPage = page(() => import('../audit/audit-page.tsx'), 'AuditPage')
const SettledPage = page(() => import('../settled/desk-settled.tsx'), 'DeskSettledPage')
const CashierPage = page(() => import('../cashier/cashier-page.tsx'), 'CashierPage')
const CounterPage = page(() => import('../health-card/counter-page.tsx'), 'CounterPage')
const CasePage = page(() => import('./case-page.tsx'), 'CasePage')
const DevicePage = page(() => import('./device-page.tsx'), 'DevicePage')
const OutboxPage = page(() => import('./outbox-page.tsx'), 'OutboxPage')
const PapersPage = page(() => import('./papers-page.tsx'), 'PapersPage')
const PersonPage = page(() => import('./person-page.tsx'), 'PersonPage')
const ReferPage = page(() => import('./refer-page.tsx'), 'ReferPage')
const ReferWhoPage = page(() => import('./residents-page.tsx'), 'ReferWhoPage')
const RegisterPage = page(() => import('./register-page.tsx'), 'RegisterPage')
const ResidentsPage = page(() => import('./residents-page.tsx'), 'ResidentsPage')
const TimelinePage = page(() => import('../timeline/timeline-page.tsx'), 'TimelinePage')
const RushPage = page(() => import('./rush-page.tsx'), 'RushPage')
const RushWhoPage = page(() => import('./residents-page.tsx'), 'RushWhoPage')

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
    useCounterPlace('/village'),
    useCashierPlace('/village'),
    ...useSettledPlace('/village'),
    ...useAuditPlace('/village'),
    { to: '/village/outbox', label: words.outbox, icon: 'device', count: held.filter(({ state }) => state !== 'sent').length },
  ] as const
  return (
    <DeskFrame places={places}>
      <LineStrip />
      <Suspense fallback={<Skeleton lines={8} />}>
        <Switch>
          <Route path="/village/today" component={TodayPage} />
          <Route path="/village/residents" component={ResidentsPage} />
          <Route path="/village/residents/:id" component={PersonPage} />
          <Route path="/village/residents/:id/timeline" component={TimelinePage} />
          <Route path="/village/residents/:id/consents" component={ConsentsPage} />
          <Route path="/village/register" component={RegisterPage} />
          <Route path="/village/refer" component={ReferWhoPage} />
          <Route path="/village/refer/:id" component={ReferPage} />
          <Route path="/village/emergency" component={RushWhoPage} />
          <Route path="/village/emergency/:id" component={RushPage} />
          <Route path="/village/cases" component={CaseListPage} />
          <Route path="/village/cases/:id" component={CasePage} />
          <Route path="/village/cases/:id/again" component={AgainPage} />
          <Route path="/village/cases/:id/papers" component={PapersPage} />
          <Route path="/village/cashier" component={CashierPage} />
          <Route path="/village/settled" component={SettledPage} />
          <Route path="/village/audit" component={AuditPage} />
          <Route path="/village/card" component={CounterPage} />
          <Route path="/village/outbox" component={OutboxPage} />
          <Route path="/village/device" component={DevicePage} />
          <Redirect to="/village/today" replace />
        </Switch>
      </Suspense>
    </DeskFrame>
  )
}
