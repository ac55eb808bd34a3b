import { lazy, useState } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import { DeskFrame, type Place } from '../../shell/desk-frame.tsx'
import { IconButton } from '../../ui/button.tsx'
import { KeyHelp } from '../../ui/key-help.tsx'
import { useShortagePlace } from '../booking/shortage/shortage-place.ts'
import { useMissedPlace } from '../booking/missed/missed-place.ts'
import { useQueuePlace } from '../booking/waiting-room/queue-place.ts'
import { useBedsWords } from '../booking/beds/words.ts'
import { useAuditPlace } from '../audit/audit-place.ts'
import { useCapabilityPlace } from '../capability/capability-place.ts'
import { useCashierPlace } from '../cashier/cashier-place.ts'
import { useSettledPlace } from '../settled/settled-place.ts'
import { useDockingPlace } from '../docking/use-stuck.ts'
import { useCounterPlace } from '../health-card/counter-place.ts'
import { useQualityWords } from '../green-channel/quality-words.ts'
import type { KeyedAct } from './desk-keys.ts'
import { DeskKeysProvider, useDeskKeys } from './desk-keys-context.tsx'
import { HeldActsProvider } from './held-acts-context.tsx'
import { InboxPage } from './inbox-page.tsx'
import { KeyDialog } from './key-dialog.tsx'
import { PoolsPage } from './pools-page.tsx'
import { ReferDownPage } from './refer-down-page.tsx'
import { TodayPage } from './today-page.tsx'
import { useWorklist } from './worklist.ts'
import { useDeskWords } from './words.ts'
import './inbox.css'
import './referral-desk.css'

const CounterPage = lazy(() => import('../health-card/counter-page.tsx').then((part) => ({ default: part.CounterPage })))
const CashierPage = lazy(() => import('../cashier/cashier-page.tsx').then((part) => ({ default: part.CashierPage })))
const TimelinePage = lazy(() => import('../timeline/timeline-page.tsx').then((part) => ({ default: part.TimelinePage })))
const QueuePage = lazy(() => import('../booking/waiting-room/queue-page.tsx').then((part) => ({ default: part.QueuePage })))
const PlansPage = lazy(() => import('../booking/plans/plans-page.tsx').then((part) => ({ default: part.PlansPage })))
const ShortagePage = lazy(() => import('../booking/shortage/shortage-page.tsx').then((part) => ({ default: part.ShortagePage })))
const CapabilityPage = lazy(() => import('../capability/capability-page.tsx').then((part) => ({ default: part.CapabilityPage })))
const MissedPage = lazy(() => import('../booking/missed/missed-page.tsx').then((part) => ({ default: part.MissedPage })))
const DockingPage = lazy(() => import('../docking/docking-page.tsx').then((part) => ({ default: part.DockingPage })))
const QualityPage = lazy(() => import('../green-channel/quality-page.tsx').then((part) => ({ default: part.QualityPage })))

const SettledPage = lazy(() => import('../settled/desk-settled.tsx').then((part) => ({ default: part.DeskSettledPage })))
const AuditPage = lazy(() => import('../audit/audit-page.tsx').then((part) => ({ default: part.AuditPage })))

const BedsPage = lazy(() => import('../booking/beds/beds-page.tsx').then((part) => ({ default: part.BedsPage })))
const QuotaBoardPage = lazy(() =>
  import('../booking/quota-board/quota-board-page.tsx').then((part) => ({ default: part.QuotaBoardPage })),
)

/** The working day of a hospital's referral desk and of its wards: what waits, who comes today, what is free, who goes back. */
export const Desk = () => (
  <DeskKeysProvider>
    <HeldActsProvider>
      <Places />
    </HeldActsProvider>
  </DeskKeysProvider>
)

const Places = () => {
  const words = useDeskWords()
  const quality = useQualityWords()
  const beds = useBedsWords()
  const { counts } = useWorklist('to-answer')
  const places: Place[] = [
    { to: '/desk/inbox', label: words.places.inbox, icon: 'inbox', count: counts?.toAnswer },
    { to: '/desk/today', label: words.places.today, icon: 'clock', count: counts?.today },
    useQueuePlace(),
    useCounterPlace('/desk'),
    useCashierPlace('/desk'),
    { to: '/desk/pools', label: words.places.pools, icon: 'calendar' },
    { to: '/desk/beds', label: beds.place, icon: 'bed' },
    ...useShortagePlace('/desk'),
    ...useMissedPlace('/desk'),
    { to: '/desk/down', label: words.places.down, icon: 'back' },
    { to: '/desk/quality', label: quality.place, icon: 'check' },
    { to: '/desk/capability', label: useCapabilityPlace(), icon: 'record' },
    ...useAuditPlace('/desk'),
    ...useSettledPlace('/desk'),
    ...useDockingPlace(),
  ]
  const { keys, keysDialog } = words
  const { keys: chosen } = useDeskKeys()
  const [changes, setChanges] = useState(false)
  const shown = (act: KeyedAct) => chosen[act].toUpperCase()
  const groups = [
    {
      title: keys.title,
      keys: [
        [`${shown('down')} ${shown('up')}`, `${keysDialog.acts.down} / ${keysDialog.acts.up}`],
        ['Space', keysDialog.select],
        ['Shift+↑ ↓', keysDialog.extend],
        ['Ctrl+A', keysDialog.all],
        [shown('accept'), keys.accept],
        [shown('ask-more'), keys['ask-more']],
        [shown('reject'), keys.reject],
        [shown('redirect'), keys.redirect],
        [shown('schedule'), keys.schedule],
        [shown('next'), keys.next],
        [shown('undo'), keys.undo],
        ['Ctrl+Enter', keys.submit],
        ['Esc', keys.escape],
      ],
    },
  ] as const
  return (
    <DeskFrame
      places={places}
      aside={
        <div className="along">
          <KeyHelp groups={groups} />
          <IconButton label={keysDialog.open} icon="settings" onClick={() => setChanges(true)} />
          <KeyDialog open={changes} onClose={() => setChanges(false)} />
        </div>
      }
    >
      <Switch>
        <Route path="/desk/inbox" component={InboxPage} />
        <Route path="/desk/today" component={TodayPage} />
        <Route path="/desk/cashier" component={CashierPage} />
        <Route path="/desk/card" component={CounterPage} />
        <Route path="/desk/person/:id/timeline" component={TimelinePage} />
        <Route path="/desk/queue" component={QueuePage} />
        <Route path="/desk/pools" component={PoolsPage} />
        <Route path="/desk/beds" component={BedsPage} />
        <Route path="/desk/plans" component={PlansPage} />
        <Route path="/desk/quotas" component={QuotaBoardPage} />
        <Route path="/desk/shortage" component={ShortagePage} />
        <Route path="/desk/missed" component={MissedPage} />
        <Route path="/desk/down" component={ReferDownPage} />
        <Route path="/desk/quality" component={QualityPage} />
        <Route path="/desk/audit" component={AuditPage} />
        <Route path="/desk/settled" component={SettledPage} />
        <Route path="/desk/capability" component={CapabilityPage} />
        <Route path="/desk/province" component={DockingPage} />
        <Redirect to="/desk/inbox" replace />
      </Switch>
    </DeskFrame>
  )
}
