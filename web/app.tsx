import { QueryClientProvider } from '@tanstack/react-query'
import { lazy, Suspense, useMemo, type ReactNode } from 'react'
import { Link, Redirect, Route, Switch, useLocation } from 'wouter'
import { LiveProvider } from './api/live.tsx'
import { createQueryMemory } from './api/use-api.ts'
import { deskOf, isInside } from './shell/desk-of-role.ts'
import { ErrorBoundary } from './shell/error-boundary.tsx'
import { PreferencesProvider } from './shell/preferences.tsx'
import { markSessionLost, SessionProvider, useSession } from './shell/session.tsx'
import { SignIn, useDemoAccounts } from './shell/sign-in.tsx'
import { TopBar } from './shell/top-bar.tsx'
import { EmptyState } from './ui/empty-state.tsx'
import { ErrorNote } from './ui/error-note.tsx'
import { Skeleton } from './ui/skeleton.tsx'
import { ToastProvider } from './ui/toast.tsx'
import { useWords } from './words/language.tsx'

const VillageDesk = lazy(() => import('./desks/village/index.tsx').then(({ Desk }) => ({ default: Desk })))
const ReferralDesk = lazy(() => import('./desks/referral-desk/index.tsx').then(({ Desk }) => ({ default: Desk })))
const ResidentDesk = lazy(() => import('./desks/resident/index.tsx').then(({ Desk }) => ({ default: Desk })))
const ManagerDesk = lazy(() => import('./desks/manager/index.tsx').then(({ Desk }) => ({ default: Desk })))
const PharmacyDesk = lazy(() => import('./desks/pharmacy/index.tsx').then(({ Desk }) => ({ default: Desk })))
const SlotsPage = lazy(() => import('./slots/slots-page.tsx').then((part) => ({ default: part.SlotsPage })))
const OpenFindPage = lazy(() => import('./find/find-page.tsx').then((part) => ({ default: part.OpenFindPage })))
const LetInPage = lazy(() => import('./shell/let-in-page.tsx').then((part) => ({ default: part.LetInPage })))
const Board = lazy(() => import('./desks/booking/waiting-room/board.tsx').then((part) => ({ default: part.Board })))
const Gallery = lazy(() => import('./gallery/gallery.tsx').then(({ Gallery }) => ({ default: Gallery })))

/** The whole of the browser's side: preferences, session, live stream, and the desk of who is signed in. */
export const App = () => {
  const memory = useMemo(() => {
    const made = createQueryMemory(() => markSessionLost(made))
    return made
  }, [])
  return (
    <PreferencesProvider>
      <QueryClientProvider client={memory}>
        <ToastProvider>
          <SessionProvider>
            <Connected />
          </SessionProvider>
        </ToastProvider>
      </QueryClientProvider>
    </PreferencesProvider>
  )
}

const Connected = () => {
  const { actor, isLost } = useSession()
  return (
    <LiveProvider listening={actor !== null && !isLost}>
      <Frame />
    </LiveProvider>
  )
}

const Frame = () => {
  const words = useWords()
  const [path] = useLocation()
  // A screen in a waiting room has nobody who signs in or reads menus.
  if (path.startsWith('/board/')) return <WaitingRoom screen={path.slice('/board/'.length)} />
  return (
    <>
      <a
        className="skip-link"
        href="#content"
        onClick={(event) => {
          event.preventDefault()
          document.getElementById('content')?.focus()
        }}
      >
        {words.skip}
      </a>
      <header>
        <DemoBanner />
        <TopBar />
      </header>
      <ErrorBoundary key={path.split('/')[1]}>
        <Suspense fallback={<Waiting />}>
          {path === '/gallery' ? <Gallery /> : path === '/slots' ? <SlotsPage /> : path === '/find' ? <OpenFindPage /> : <Work />}
        </Suspense>
      </ErrorBoundary>
    </>
  )
}

const WaitingRoom = ({ screen }: { screen: string }) => (
  <ErrorBoundary>
    <Suspense fallback={null}>
      <Board params={{ key: screen }} />
    </Suspense>
  </ErrorBoundary>
)

const DemoBanner = () => {
  const words = useWords()
  const { data } = useDemoAccounts()
  return data === undefined || data.length === 0 ? null : <p className="demo-banner">{words.demo}</p>
}

const InPage = ({ children }: { children: ReactNode }) => (
  <main id="content" tabIndex={-1} className="page">
    {children}
  </main>
)

const Waiting = () => {
  const words = useWords()
  return (
    <InPage>
      <h1 className="unseen">{words.name}</h1>
      <Skeleton lines={5} />
    </InPage>
  )
}

/** Signing in, or the desk. A session that ends asks again over the desk, whose typed words stay where they are. */
const Work = () => {
  const { actor, isLost, isLoading, error, retry } = useSession()
  const words = useWords()
  if (isLoading) return <Waiting />
  if (actor === null) {
    if (error === null) return <SignIn />
    return (
      <InPage>
        <h1 className="unseen">{words.name}</h1>
        <ErrorNote error={error} onRetry={retry} />
      </InPage>
    )
  }
  return (
    <>
      {isLost && <SignIn />}
      <div key={actor.account} hidden={isLost}>
        <Desks />
      </div>
    </>
  )
}

const Desks = () => {
  const [path] = useLocation()
  const { actor } = useSession()
  if (actor === null) return null
  const home = deskOf(actor.role)
  if (path === '/') return <Redirect to={home} replace />
  if (path === '/let-in') return <LetInPage />
  if (!isInside(home, path)) return <NotHere home={home} path={path} />
  return (
    <Switch>
      <Route path="/village/*?" component={VillageDesk} />
      <Route path="/desk/*?" component={ReferralDesk} />
      <Route path="/me/*?" component={ResidentDesk} />
      <Route path="/overview/*?" component={ManagerDesk} />
      <Route path="/pharmacy/*?" component={PharmacyDesk} />
    </Switch>
  )
}

const NotHere = ({ home, path }: { home: string; path: string }) => {
  const words = useWords()
  const isForeignDesk = (['/village', '/desk', '/me', '/overview', '/pharmacy'] as const).some((desk) => isInside(desk, path))
  const toHome = (
    <Link className="button primary" to={home}>
      {words.notFound.home}
    </Link>
  )
  return (
    <InPage>
      <h1 className="unseen">{words.notFound.title}</h1>
      {isForeignDesk ? (
        <EmptyState kind="no-right" action={toHome} />
      ) : (
        <EmptyState kind="filtered" title={words.notFound.title} why={words.notFound.next} action={toHome} />
      )}
    </InPage>
  )
}
