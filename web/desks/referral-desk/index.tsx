import { Redirect, Route, Switch } from 'wouter'
import { DeskFrame, type Place } from '../../shell/desk-frame.tsx'
import { KeyHelp } from '../../ui/key-help.tsx'
import { HeldActsProvider } from './held-acts-context.tsx'
import { InboxPage } from './inbox-page.tsx'
import { PoolsPage } from './pools-page.tsx'
import { ReferDownPage } from './refer-down-page.tsx'
import { TodayPage } from './today-page.tsx'
import { useWorklist } from './worklist.ts'
import { useDeskWords } from './words.ts'
import './referral-desk.css'

/** The working day of a hospital's referral desk and of its wards: what waits, who comes today, what is free, who goes back. */
export const Desk = () => (
  <HeldActsProvider>
    <Places />
  </HeldActsProvider>
)

const Places = () => {
  const words = useDeskWords()
  const { counts } = useWorklist('to-answer')
  const places: Place[] = [
    { to: '/desk/inbox', label: words.places.inbox, icon: 'inbox', count: counts?.toAnswer },
    { to: '/desk/today', label: words.places.today, icon: 'clock', count: counts?.today },
    { to: '/desk/pools', label: words.places.pools, icon: 'bed' },
    { to: '/desk/down', label: words.places.down, icon: 'back' },
  ]
  const { keys } = words
  const groups = [
    {
      title: keys.title,
      keys: [
        ['A', keys.accept],
        ['R', keys.reject],
        ['T', keys.redirect],
        ['S', keys.schedule],
        ['N', keys.next],
        ['U', keys.undo],
        ['Ctrl+Enter', keys.submit],
        ['Esc', keys.escape],
      ],
    },
  ] as const
  return (
    <DeskFrame places={places} aside={<KeyHelp groups={groups} />}>
      <Switch>
        <Route path="/desk/inbox" component={InboxPage} />
        <Route path="/desk/today" component={TodayPage} />
        <Route path="/desk/pools" component={PoolsPage} />
        <Route path="/desk/down" component={ReferDownPage} />
        <Redirect to="/desk/inbox" replace />
      </Switch>
    </DeskFrame>
  )
}
