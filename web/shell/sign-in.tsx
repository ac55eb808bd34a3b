import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useId, useRef, useState, type FormEvent } from 'react'
import { Link, useLocation } from 'wouter'
import { fetchQuery } from '../api/client.ts'
import type { DemoAccount, Role, SignInStep } from '../api/api-types.ts'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Checkbox } from '../ui/choice.tsx'
import { ErrorNote } from '../ui/error-note.tsx'
import { ErrorSummary, type FieldFault } from '../ui/error-summary.tsx'
import { TextField } from '../ui/field.tsx'
import { List, PressRow } from '../ui/list.tsx'
import { useLanguage, useWords } from '../words/language.tsx'
import { deskOf, isInside } from './desk-of-role.ts'
import { RelayTrack } from './relay-mark.tsx'
import { useSession } from './session.tsx'
import './sign-in.css'

/** The first page: who are you. On a demonstration server, its accounts are offered with one tap. */
export const SignIn = () => {
  const words = useWords()
  return (
    <main id="content" tabIndex={-1} className="sign-in">
      <title>{`${words.signIn.title} · ${words.name}`}</title>
      <div className="sign-in-promise">
        <RelayTrack />
        <p>{words.promise}</p>
      </div>
      <Steps />
    </main>
  )
}

/** The password, then the authenticator where one is asked; the second step comes only when it is needed. */
const Steps = () => {
  const words = useWords()
  const { enter } = useSession()
  const [path, goTo] = useLocation()
  const [next, setNext] = useState<'factor' | 'enrol' | null>(null)
  // The page that was open may be the desk of whoever worked here before.
  const arrive = (role: Role) => {
    if (!isInside(deskOf(role), path)) goTo('/')
  }
  const proceed = (step: SignInStep) => {
    if (step.next !== 'whole') return setNext(step.next)
    enter(step.actor)
    arrive(step.actor.role)
  }
  if (next === null) return <SignInForm onStep={proceed} />
  return (
    <Suspense fallback={<output>{words.signIn.going}</output>}>
      <SecondStep next={next} onDone={proceed} onBack={() => setNext(null)} />
    </Suspense>
  )
}

const SecondStep = lazy(() => import('./second-factor-step.tsx').then((module) => ({ default: module.SecondStep })))

const SignInForm = ({ onStep }: { onStep: (step: SignInStep) => void }) => {
  const words = useWords()
  const { signIn } = useSession()
  const id = useId()
  const [account, setAccount] = useState('')
  const [password, setPassword] = useState('')
  const [passwordShown, setPasswordShown] = useState(false)
  const [attempt, setAttempt] = useState(0)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const form = useRef<HTMLFormElement>(null)
  const faults: FieldFault[] = []
  if (account.trim() === '') faults.push({ fieldId: `${id}-account`, text: words.signIn.accountMissing })
  if (password === '') faults.push({ fieldId: `${id}-password`, text: words.signIn.passwordMissing })
  const shownFaults = attempt > 0 ? faults : []
  const faultOf = (field: string) => shownFaults.find(({ fieldId }) => fieldId === `${id}-${field}`)?.text
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setAttempt((before) => before + 1)
    if (faults.length > 0 || busy) return
    setBusy(true)
    setError(null)
    try {
      onStep(await signIn(account.trim(), password))
    } catch (thrown) {
      setError(thrown)
      setBusy(false)
    }
  }
  const fill = (demo: DemoAccount) => {
    setAccount(demo.account)
    setPassword(demo.password)
    form.current?.querySelector<HTMLButtonElement>('[type=submit]')?.focus()
  }
  return (
    <div className="sign-in-side">
      <form ref={form} className="card stack" noValidate onSubmit={(event) => void submit(event)}>
        <h1>{words.signIn.title}</h1>
        <ErrorSummary faults={shownFaults} attempt={attempt} />
        {error !== null && <ErrorNote error={error} />}
        <TextField
          id={`${id}-account`}
          label={words.signIn.account}
          hint={words.signIn.accountHint}
          error={faultOf('account')}
          value={account}
          onChange={setAccount}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
        />
        <TextField
          id={`${id}-password`}
          label={words.signIn.password}
          error={faultOf('password')}
          type={passwordShown ? 'text' : 'password'}
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
        />
        <Checkbox label={words.signIn.showPassword} checked={passwordShown} onChange={setPasswordShown} />
        <Button tone="primary" submit wide busy={busy}>
          {words.signIn.go}
        </Button>
      </form>
      <Link className="button plain wide-button" to="/find">
        {words.signIn.find}
      </Link>
      <Link className="button plain wide-button" to="/slots">
        {words.signIn.slots}
      </Link>
      <DemoAccounts onPick={fill} />
    </div>
  )
}

const DemoAccounts = ({ onPick }: { onPick: (demo: DemoAccount) => void }) => {
  const words = useWords()
  const language = useLanguage()
  const { data } = useDemoAccounts()
  if (data === undefined || data.length === 0) return null
  return (
    <Card title={words.signIn.demoTitle}>
      <p className="soft small demo-hint">{words.signIn.demoHint}</p>
      <div className="demo-accounts">
        <List label={words.signIn.demoTitle}>
          {data.map((demo) => (
            <PressRow key={demo.account} title={demo[language]} lines={demo.account} onPress={() => onPick(demo)} />
          ))}
        </List>
      </div>
    </Card>
  )
}

/** The demonstration's accounts; an empty list on a real server, which does not answer this query. */
export const useDemoAccounts = () =>
  useQuery({
    queryKey: ['session', 'demo.accounts'],
    queryFn: async ({ signal }) => {
      try {
        return (await fetchQuery('demo.accounts', {}, signal)).accounts
      } catch {
        return []
      }
    },
    staleTime: Infinity,
  })
