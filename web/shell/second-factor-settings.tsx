import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Queries } from '../api/api-types.ts'
import { call } from '../api/client.ts'
import { useApi, useCommand } from '../api/use-api.ts'
import { Button } from '../ui/button.tsx'
import { ErrorNote } from '../ui/error-note.tsx'
import { List, PlainRow } from '../ui/list.tsx'
import { formatInstant } from '../ui/time-format.ts'
import { useWordsOf } from '../words/language.tsx'
import { KeptDevices } from './kept-devices.tsx'
import { CodeForm } from './second-factor-code.tsx'
import { Enrol } from './second-factor-enrol.tsx'
import { secondFactorWords } from './second-factor-words.ts'

const ASKED = ['security.my-sign-in', {}] as const
type MySignIn = Queries['security.my-sign-in']['answer']

/** How one signs in: the authenticator, the devices on which one is signed in, and what one was told about the account. */
export const SignInSafety = () => {
  const words = useWordsOf(secondFactorWords)
  const { data, error } = useApi('security.my-sign-in', {})
  if (error !== null) return <ErrorNote error={error} />
  if (data === undefined) return null
  return (
    <section className="stack sign-in-safety">
      <h3>{words.safety}</h3>
      <Authenticator factor={data.factor} />
      <h4>{words.here}</h4>
      <Sessions sessions={data.sessions} />
      <KeptDevices />
      {data.notices.length > 0 && (
        <>
          <h4>{words.notices}</h4>
          <List label={words.notices}>
            {data.notices.slice(0, 5).map(({ kind, at }) => (
              <PlainRow key={`${kind} ${at}`} title={words.noticeOf[kind] ?? kind} lines={formatInstant(at)} />
            ))}
          </List>
        </>
      )}
    </section>
  )
}

const Authenticator = ({ factor }: { factor: MySignIn['factor'] }) => {
  const words = useWordsOf(secondFactorWords)
  const memory = useQueryClient()
  const [step, setStep] = useState<'shown' | 'prove' | 'enrol'>('shown')
  const done = () => {
    setStep('shown')
    void memory.invalidateQueries({ queryKey: ASKED })
  }
  if (step === 'enrol') return <Enrol onDone={done} />
  return (
    <>
      <p>{factor.isSet ? words.factorSet(factor.recoveryCodesLeft) : words.factorUnset}</p>
      {step === 'shown' ? (
        <Button onClick={() => setStep('prove')}>{factor.isSet ? words.factorChange : words.factorAdd}</Button>
      ) : (
        <CodeForm
          secret
          words={{ label: words.proof, missing: words.proofMissing, go: words.go }}
          send={async (proof) => {
            await call('security.prove', { proof })
            setStep('enrol')
          }}
          others={
            <Button tone="quiet" wide onClick={() => setStep('shown')}>
              {words.cancel}
            </Button>
          }
        />
      )}
    </>
  )
}

const Sessions = ({ sessions }: { sessions: MySignIn['sessions'] }) => {
  const words = useWordsOf(secondFactorWords)
  const { mutate, error, isPending, variables } = useCommand('security.end-session')
  return (
    <>
      {error !== null && <ErrorNote error={error} />}
      <List label={words.here}>
        {sessions.map(({ id, device, usedAt, isThis }) => {
          const name = device || words.unknownDevice
          return (
            <PlainRow
              key={id}
              title={isThis ? `${name} · ${words.thisOne}` : name}
              lines={words.lastUsed(formatInstant(usedAt))}
              {...(isThis
                ? {}
                : {
                    aside: (
                      <Button
                        small
                        aria-label={words.endOf(name)}
                        busy={isPending && variables.session === id}
                        onClick={() => mutate({ session: id })}
                      >
                        {words.end}
                      </Button>
                    ),
                  })}
            />
          )
        })}
      </List>
    </>
  )
}
