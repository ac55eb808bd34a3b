import { lazy, Suspense } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import { useApi } from '../../api/use-api.ts'
import { DeskFrame, type Place } from '../../shell/desk-frame.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useWordsOf } from '../../words/language.tsx'
import { cardWords } from './card-words.ts'
import { planWords } from './plan-words.ts'
import { ForWhomProvider } from './for-whom.tsx'
import { homeWords } from './home-words.ts'
import { HomePage } from './home-page.tsx'
import { useNews } from './new-results.tsx'
import './resident.css'
import { TurnBanner } from './turn-banner.tsx'
import { residentWords } from './words.ts'

const BookPage = lazy(() => import('./book-page.tsx').then((part) => ({ default: part.BookPage })))
const FindPage = lazy(() => import('./find-page.tsx').then((part) => ({ default: part.FindPage })))
const ReferralPage = lazy(() => import('./referral-page.tsx').then((part) => ({ default: part.ReferralPage })))
const LifePage = lazy(() => import('../timeline/timeline-page.tsx').then((part) => ({ default: part.OwnTimelinePage })))
const RecordPage = lazy(() => import('./record-page.tsx').then((part) => ({ default: part.RecordPage })))
const CardPage = lazy(() => import('./card-page.tsx').then((part) => ({ default: part.CardPage })))
const VisitPage = lazy(() => import('./visit-page.tsx').then((part) => ({ default: part.VisitPage })))
const OwnSettledPage = lazy(() => import('../settled/own-settled.tsx').then((part) => ({ default: part.OwnSettledPage })))
const BillsPage = lazy(() => import('./bills-page.tsx').then((part) => ({ default: part.BillsPage })))
const PayPlacesPage = lazy(() => import('./pay-places-page.tsx').then((part) => ({ default: part.PayPlacesPage })))
const BillPage = lazy(() => import('./bill-page.tsx').then((part) => ({ default: part.BillPage })))
const OffSitePage = lazy(() => import('../off-site/off-site-page.tsx').then((part) => ({ default: part.OffSitePage })))
const FamilyPage = lazy(() => import('./family-page.tsx').then((part) => ({ default: part.FamilyPage })))
const RelativePage = lazy(() => import('./family-page.tsx').then((part) => ({ default: part.RelativePage })))
const PlanPage = lazy(() => import('./plan-page.tsx').then((part) => ({ default: part.PlanPage })))
const AccountPage = lazy(() => import('./account-page.tsx').then((part) => ({ default: part.AccountPage })))

/** The resident's pages: the health account, the plan after a stay, booking a visit, my card, my record, my data. */
export const Desk = () => {
  const { places: names } = useWordsOf(residentWords)
  const { place: plan } = useWordsOf(planWords)
  const { place: card } = useWordsOf(cardWords)
  const { place: home } = useWordsOf(homeWords)
  const { data } = useApi('continuity.my-plan', {})
  const { data: news } = useNews()
  const hasPlan = (data?.plans.length ?? 0) > 0
  const places: Place[] = [
    { to: '/me/home', label: home, icon: 'home', count: news?.news.length },
    // Most people have none; who has one finds it at the thumb.
    ...(hasPlan ? [{ to: '/me/plan', label: plan, icon: 'check' } as const] : []),
    { to: '/me/book', label: names.book, icon: 'calendar' },
    { to: '/me/card', label: card, icon: 'card' },
    { to: '/me/record', label: names.record, icon: 'record' },
    { to: '/me/account', label: names.account, icon: 'person' },
  ]
  return (
    <DeskFrame places={places}>
      <ForWhomProvider>
        <div className="resident-pages">
          <TurnBanner />
          <Suspense fallback={<Skeleton lines={5} />}>
            <Switch>
              <Route path="/me/home" component={HomePage} />
              <Route path="/me/life" component={LifePage} />
              <Route path="/me/referral" component={ReferralPage} />
              <Route path="/me/book" component={BookPage} />
              <Route path="/me/find" component={FindPage} />
              <Route path="/me/card" component={CardPage} />
              <Route path="/me/visit" component={VisitPage} />
              <Route path="/me/record" component={RecordPage} />
              <Route path="/me/plan" component={PlanPage} />
              <Route path="/me/bills" component={BillsPage} />
              <Route path="/me/bills/places" component={PayPlacesPage} />
              <Route path="/me/settled" component={OwnSettledPage} />
              <Route path="/me/bills/:org/:id" component={BillPage} />
              <Route path="/me/off-site" component={OffSitePage} />
              <Route path="/me/family" component={FamilyPage} />
              <Route path="/me/family/:id" component={RelativePage} />
              <Route path="/me/account" component={AccountPage} />
              <Redirect to="/me/home" replace />
            </Switch>
          </Suspense>
        </div>
      </ForWhomProvider>
    </DeskFrame>
  )
}
