import type { SignInStep } from '../api/api-types.ts'
import { call } from '../api/client.ts'
import { Button } from '../ui/button.tsx'
import { useWordsOf } from '../words/language.tsx'
import { CodeForm } from './second-factor-code.tsx'
import { Enrol } from './second-factor-enrol.tsx'
import { secondFactorWords } from './second-factor-words.ts'

/** The second step of signing in: a code, or first an authenticator to get one from. */
export const SecondStep = ({
  next,
  onDone,
  onBack,
}: {
  next: 'factor' | 'enrol'
  onDone: (step: SignInStep) => void
  onBack: () => void
}) => {
  const words = useWordsOf(secondFactorWords)
  const back = (
    <Button tone="quiet" wide onClick={onBack}>
      {words.back}
    </Button>
  )
  return (
    <div className="sign-in-side">
      <section className="card stack">
        <h1>{next === 'factor' ? words.title : words.enrolTitle}</h1>
        {next === 'factor' ? (
          <CodeForm
            words={{ label: words.code, hint: words.codeHint, missing: words.codeMissing, go: words.go }}
            send={async (code) => onDone(await call('security.sign-in-code', { code }))}
            others={back}
          />
        ) : (
          <Enrol onDone={onDone} intro={<p>{words.enrolWhy}</p>} others={back} />
        )}
      </section>
    </div>
  )
}
