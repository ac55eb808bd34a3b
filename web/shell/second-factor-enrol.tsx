import { useEffect, useState, type ReactNode } from 'react'
import type { SignInStep } from '../api/api-types.ts'
import { call } from '../api/client.ts'
import { QrCode } from '../desks/resident/qr-code.tsx'
import { Button } from '../ui/button.tsx'
import { ErrorNote } from '../ui/error-note.tsx'
import { useWordsOf } from '../words/language.tsx'
import { CodeForm } from './second-factor-code.tsx'
import { secondFactorWords } from './second-factor-words.ts'
import './second-factor.css'

type Secret = { secret: string; uri: string }

/** Sets an authenticator up: the QR code, its first code, then the recovery codes, which are shown this once. */
export const Enrol = ({
  onDone,
  intro,
  others,
}: {
  onDone: (step: SignInStep) => void
  intro?: ReactNode
  others?: ReactNode
}) => {
  const words = useWordsOf(secondFactorWords)
  const [begun, setBegun] = useState<Secret | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [confirmed, setConfirmed] = useState<(SignInStep & { recoveryCodes: string[] }) | null>(null)
  useEffect(() => {
    let isHere = true
    call('security.begin-factor', {}).then(
      (secret) => isHere && setBegun(secret),
      (thrown: unknown) => isHere && setError(thrown),
    )
    return () => {
      isHere = false
    }
  }, [])
  if (confirmed !== null) return <RecoveryCodes codes={confirmed.recoveryCodes} onDone={() => onDone(confirmed)} />
  if (error !== null)
    return (
      <div className="stack">
        <ErrorNote error={error} />
        {others}
      </div>
    )
  if (begun === null) return <output>{words.preparing}</output>
  return (
    <div className="stack">
      {intro}
      <ol className="enrol-steps">
        {words.enrolSteps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <div className="enrol-secret">
        <QrCode text={begun.uri} label={words.qr} />
        <p className="small">
          {words.secret}
          <code>{begun.secret.match(/.{1,4}/g)?.join(' ')}</code>
        </p>
      </div>
      <CodeForm
        words={{ label: words.firstCode, missing: words.firstCodeMissing, go: words.confirm }}
        send={async (code) => setConfirmed(await call('security.confirm-factor', { code }))}
        others={others}
      />
    </div>
  )
}

const RecoveryCodes = ({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) => {
  const words = useWordsOf(secondFactorWords)
  return (
    <section className="stack">
      <h2>{words.recoveryTitle}</h2>
      <p>{words.recoveryWhy}</p>
      <ul className="recovery-codes" aria-label={words.recoveryList}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <Button tone="primary" wide onClick={onDone}>
        {words.recoverySaved}
      </Button>
    </section>
  )
}
