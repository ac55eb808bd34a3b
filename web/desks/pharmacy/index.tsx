import { lazy, Suspense, type ComponentType } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import { DeskFrame, Page } from '../../shell/desk-frame.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useWordsOf } from '../../words/language.tsx'
import { useAuditPlace } from '../audit/audit-place.ts'
import { useSettledPlace } from '../settled/settled-place.ts'
import { pharmacyWords } from './words.ts'

const page = <Name extends string>(load: () => Promise<Record<Name, ComponentType>>, name: Name) =>
  lazy(() => load().then((part) => ({ default: part[name] })))
const SettledPage = page(() => import('../settled/settled-page.tsx'), 'SettledPage')
const AuditPage = page(() => import('../audit/audit-page.tsx'), 'AuditPage')
const SettleView = lazy(() => import('../settled/settle/settle-view.tsx').then((part) => ({ default: part.SettleView })))

/** The counter of a pharmacy of the insurance: settle what is bought, what was settled, and what audits ask about it. */
export const Desk = () => {
  const words = useWordsOf(pharmacyWords)
  const places = [
    { to: '/pharmacy', label: words.place, icon: 'card' },
    ...useSettledPlace('/pharmacy'),
    ...useAuditPlace('/pharmacy'),
  ] as const
  return (
    <DeskFrame places={places}>
      <Suspense fallback={<Skeleton lines={8} />}>
        <Switch>
          <Route path="/pharmacy" component={CounterPage} />
          <Route path="/pharmacy/settled" component={SettledPage} />
          <Route path="/pharmacy/audit" component={AuditPage} />
          <Route>
            <Redirect to="/pharmacy" replace />
          </Route>
        </Switch>
      </Suspense>
    </DeskFrame>
  )
}

const CounterPage = () => {
  const words = useWordsOf(pharmacyWords)
  return (
    <Page title={words.title} lead={words.lead}>
      <SettleView />
    </Page>
  )
}
