import { lazy } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import { DeskFrame, type Place } from '../../shell/desk-frame.tsx'
import { useActor } from '../../shell/session.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useQuotaWords } from '../booking/quota-board/words.ts'
import { usePlansPlace } from '../booking/plans/plans-place.ts'
import { useMissedPlace } from '../booking/missed/missed-place.ts'
import { useShortagePlace } from '../booking/shortage/shortage-place.ts'
import { useMatrixPlace } from '../bureau-matrix/matrix-place.ts'
import { useSteeringPlace } from '../steering/steering-place.ts'
import { useAppsPlace } from '../apps/apps-place.ts'
import { useIntakePlace } from '../intake/intake-place.ts'
import { useAuditPlace } from '../audit/audit-place.ts'
import { useSettledPlace } from '../settled/settled-place.ts'
import { useFilingsPlace } from '../off-site/off-site-place.ts'
import { useBudgetPlace } from '../insurer/budget/budget-place.ts'
import { useHeadsPlace } from '../insurer/heads/heads-place.ts'
import { usePointsPlace } from '../insurer/points/points-place.ts'
import { useMethodsPlace } from '../insurer/methods/methods-place.ts'
import { useMeasuresPlace } from '../insurer/measures/measures-place.ts'
import { useDipPlace } from '../insurer/dip/dip-place.ts'
import { useWhatIfPlace } from '../insurer/what-if/what-if-place.ts'
import { useCoveragePlace } from '../insurer/mobile-payment/coverage-place.ts'
import { useRecognitionPlace } from '../recognition/recognition-place.ts'
import { usePrivacyPlace } from '../record-access/privacy-place.ts'
import { useReviewPlace } from '../match-review/review-place.ts'
import { useCapabilityPlace } from '../capability/capability-place.ts'
import { CasesPage } from './cases-page.tsx'
import { GovernancePage } from './governance-page.tsx'
import { HelpPage } from './help-page.tsx'
import { RegisterPage } from './register-page.tsx'
import { registersFor, type RegisterName } from './registers.ts'
import { RegistersPage } from './registers-page.tsx'
import { useManagerWords } from './words.ts'
import './manager.css'

const QuotaBoardPage = lazy(() =>
  import('../booking/quota-board/quota-board-page.tsx').then((part) => ({ default: part.QuotaBoardPage })),
)

const PlansPage = lazy(() => import('../booking/plans/plans-page.tsx').then((part) => ({ default: part.PlansPage })))
const ShortagePage = lazy(() => import('../booking/shortage/shortage-page.tsx').then((part) => ({ default: part.ShortagePage })))

const MissedPage = lazy(() => import('../booking/missed/missed-page.tsx').then((part) => ({ default: part.MissedPage })))

const MatrixPage = lazy(() => import('../bureau-matrix/matrix-page.tsx').then((part) => ({ default: part.MatrixPage })))

const CapabilityPage = lazy(() => import('../capability/capability-page.tsx').then((part) => ({ default: part.CapabilityPage })))

const ReviewPage = lazy(() => import('../match-review/review-page.tsx').then((part) => ({ default: part.ReviewPage })))

const ReceivedPage = lazy(() => import('../intake/received-page.tsx').then((part) => ({ default: part.ReceivedPage })))

const PrivacyPage = lazy(() => import('../record-access/privacy-page.tsx').then((part) => ({ default: part.PrivacyPage })))

const MeasuresPage = lazy(() => import('../recognition/measures-page.tsx').then((part) => ({ default: part.MeasuresPage })))

const BudgetPage = lazy(() => import('../insurer/budget/budget-page.tsx').then((part) => ({ default: part.BudgetPage })))

const DipPage = lazy(() => import('../insurer/dip/dip-page.tsx').then((part) => ({ default: part.DipPage })))

const HeadsPage = lazy(() => import('../insurer/heads/heads-page.tsx').then((part) => ({ default: part.HeadsPage })))
const PointsPage = lazy(() => import('../insurer/points/points-page.tsx').then((part) => ({ default: part.PointsPage })))

const MethodsPage = lazy(() => import('../insurer/methods/methods-page.tsx').then((part) => ({ default: part.MethodsPage })))

const FundMeasuresPage = lazy(() =>
  import('../insurer/measures/measures-page.tsx').then((part) => ({ default: part.FundMeasuresPage })),
)

const WhatIfPage = lazy(() => import('../insurer/what-if/what-if-page.tsx').then((part) => ({ default: part.WhatIfPage })))

const AuditPage = lazy(() => import('../audit/audit-page.tsx').then((part) => ({ default: part.AuditPage })))
const CoveragePage = lazy(() =>
  import('../insurer/mobile-payment/coverage-page.tsx').then((part) => ({ default: part.CoveragePage })),
)

const SettledPage = lazy(() => import('../settled/settled-page.tsx').then((part) => ({ default: part.SettledPage })))

const FilingsPage = lazy(() => import('../off-site/filings-page.tsx').then((part) => ({ default: part.FilingsPage })))

const AppsPage = lazy(() => import('../apps/apps-page.tsx').then((part) => ({ default: part.AppsPage })))

const SteeringPage = lazy(() => import('../steering/steering-page.tsx').then((part) => ({ default: part.SteeringPage })))

/** The desk of those who manage: of a consortium, of the health bureau, of the system; and of insurers, who read. */
export const Desk = () => {
  const words = useManagerWords()
  const { role } = useActor()
  const overseesCases = role !== 'insurer'
  const quotas = useQuotaWords()
  const hasQuotas = role === 'consortium-manager'
  const plansPlace = usePlansPlace()
  const matrixPlace = useMatrixPlace()
  const steeringPlace = useSteeringPlace()
  const capabilityPlace = useCapabilityPlace()
  const reviewPlace = useReviewPlace()
  const privacyPlace = usePrivacyPlace()
  const intakePlace = useIntakePlace()
  const recognitionPlace = useRecognitionPlace()
  const appsPlace = useAppsPlace()
  const budgetPlace = useBudgetPlace()
  const dipPlace = useDipPlace()
  const fundMeasuresPlace = useMeasuresPlace()
  const headsPlace = useHeadsPlace()
  const pointsPlace = usePointsPlace()
  const methodsPlace = useMethodsPlace()
  const auditPlace = useAuditPlace('/overview')
  const filingsPlace = useFilingsPlace()
  const settledPlace = useSettledPlace('/overview')
  const coveragePlace = useCoveragePlace()
  const whatIfPlace = useWhatIfPlace()
  const places: Place[] = [
    { to: '/overview/governance', label: words.places.governance, icon: 'home' },
    { to: '/overview/help', label: words.places.help, icon: 'baton' },
    ...(overseesCases ? [{ to: '/overview/cases', label: words.places.cases, icon: 'clock' } as const] : []),
    ...(overseesCases ? [{ to: '/overview/matrix', label: matrixPlace, icon: 'place' } as const] : []),
    ...(overseesCases ? [{ to: '/overview/steering', label: steeringPlace, icon: 'arrow' } as const] : []),
    ...(overseesCases ? [{ to: '/overview/capability', label: capabilityPlace, icon: 'check' } as const] : []),
    ...(hasQuotas ? [{ to: '/overview/quotas', label: quotas.place, icon: 'filter' } as const] : []),
    ...(hasQuotas ? [{ to: '/overview/plans', label: plansPlace, icon: 'calendar' } as const] : []),
    ...useShortagePlace('/overview'),
    ...useMissedPlace('/overview'),
    ...reviewPlace,
    ...privacyPlace,
    ...recognitionPlace,
    ...budgetPlace,
    ...fundMeasuresPlace,
    ...headsPlace,
    ...pointsPlace,
    ...methodsPlace,
    ...dipPlace,
    ...whatIfPlace,
    ...auditPlace,
    ...settledPlace,
    ...filingsPlace,
    ...coveragePlace,
    ...intakePlace,
    ...appsPlace,
    { to: '/overview/registers', label: words.places.registers, icon: 'record' },
  ]
  return (
    <DeskFrame places={places}>
      <Switch>
        <Route path="/overview/governance" component={GovernancePage} />
        <Route path="/overview/help" component={HelpPage} />
        {overseesCases && <Route path="/overview/cases" component={CasesPage} />}
        {overseesCases && <Route path="/overview/matrix" component={MatrixPage} />}
        {overseesCases && <Route path="/overview/steering" component={SteeringPage} />}
        {overseesCases && <Route path="/overview/capability" component={CapabilityPage} />}
        {hasQuotas && <Route path="/overview/plans" component={PlansPage} />}
        {hasQuotas && <Route path="/overview/quotas" component={QuotaBoardPage} />}
        {role === 'consortium-manager' && <Route path="/overview/shortage" component={ShortagePage} />}
        {role === 'consortium-manager' && <Route path="/overview/missed" component={MissedPage} />}
        {reviewPlace.length > 0 && <Route path="/overview/doubles" component={ReviewPage} />}
        {privacyPlace.length > 0 && <Route path="/overview/privacy" component={PrivacyPage} />}
        {recognitionPlace.length > 0 && <Route path="/overview/recognition" component={MeasuresPage} />}
        {coveragePlace.length > 0 && <Route path="/overview/payment" component={CoveragePage} />}
        {budgetPlace.length > 0 && <Route path="/overview/budget" component={BudgetPage} />}
        {dipPlace.length > 0 && <Route path="/overview/dip" component={DipPage} />}
        {methodsPlace.length > 0 && <Route path="/overview/methods" component={MethodsPage} />}
        {headsPlace.length > 0 && <Route path="/overview/heads" component={HeadsPage} />}
        {pointsPlace.length > 0 && <Route path="/overview/points" component={PointsPage} />}
        {fundMeasuresPlace.length > 0 && <Route path="/overview/fund-measures" component={FundMeasuresPage} />}
        {whatIfPlace.length > 0 && <Route path="/overview/what-if" component={WhatIfPage} />}
        {auditPlace.length > 0 && <Route path="/overview/audit" component={AuditPage} />}
        {settledPlace.length > 0 && <Route path="/overview/settled" component={SettledPage} />}
        {filingsPlace.length > 0 && <Route path="/overview/filings" component={FilingsPage} />}
        {intakePlace.length > 0 && <Route path="/overview/received" component={ReceivedPage} />}
        {appsPlace.length > 0 && <Route path="/overview/apps" component={AppsPage} />}
        <Route path="/overview/registers" component={RegistersPage} />
        <Route path="/overview/registers/:name">{({ name }) => <Named key={name} name={name} />}</Route>
        <Redirect to="/overview/governance" replace />
      </Switch>
    </DeskFrame>
  )
}

const Named = ({ name }: { name: string }) => {
  const { role } = useActor()
  const known = registersFor(role).find((one): one is RegisterName => one === name)
  return known === undefined ? <EmptyState kind="no-right" /> : <RegisterPage name={known} />
}
