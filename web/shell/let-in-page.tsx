import { useState } from 'react'
import { useApi, useCommand } from '../api/use-api.ts'
import { Button } from '../ui/button.tsx'
import { Card, Facts } from '../ui/card.tsx'
import { Checkbox } from '../ui/choice.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorNote } from '../ui/error-note.tsx'
import { TextField } from '../ui/field.tsx'
import { List, PressRow } from '../ui/list.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { usePick } from '../words/language.tsx'
import { useActor } from './session.tsx'
import { useLetInWords } from './let-in-words.ts'
import './let-in.css'

type Chosen = { readonly id: string; readonly name: { zh: string; en: string | null } }
type Asking = NonNullable<ReturnType<typeof useApi<'smart.asked'>>['data']>

const lettersLeast = 2
const ticketHere = (): string => new URLSearchParams(globalThis.location.search).get('ticket') ?? ''

/** The page on which a signed-in person sees what an app asks for, takes some of it away, and allows or refuses. */
export const LetInPage = () => {
  const words = useLetInWords()
  const ticket = ticketHere()
  const { data, error, refetch } = useApi('smart.asked', { ticket }, { enabled: ticket !== '' })
  return (
    <main id="content" tabIndex={-1} className="page let-in">
      <h1>{words.title}</h1>
      {ticket === '' || error?.status === 404 ? (
        <EmptyState kind="filtered" title={words.notGood} />
      ) : error ? (
        <ErrorNote error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Skeleton lines={6} />
      ) : (
        <Asked ticket={ticket} asking={data} />
      )}
    </main>
  )
}

const Asked = ({ ticket, asking }: { ticket: string; asking: Asking }) => {
  const words = useLetInWords()
  const pick = usePick()
  const { role } = useActor()
  const allow = useCommand('smart.allow')
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set(asking.scopes.map(({ scope }) => scope)))
  const [person, setPerson] = useState<Chosen | null>(null)
  const [tried, setTried] = useState(false)
  const isEmpty = ![...kept].some((scope) => scope.includes('/') || scope === 'openid')
  const isUnchosen = asking.patient === 'choose' && person === null
  const keep = (scope: string, on: boolean) =>
    setKept(on ? new Set([...kept, scope]) : new Set([...kept].filter((one) => one !== scope)))
  const go = () => {
    setTried(true)
    if (isEmpty || isUnchosen || allow.isPending) return
    const input = { ticket, scopes: [...kept].join(' '), ...(person ? { person: person.id } : {}) }
    allow.mutate(input, { onSuccess: ({ next }) => globalThis.location.assign(next) })
  }
  return (
    <Card title={pick(asking.app)}>
      <div className="stack">
        <p>{words.asks(pick(asking.app), role === 'resident' ? words.where.resident : words.where.others)}</p>
        <fieldset className="stack tight let-in-rights">
          <legend>{words.rights}</legend>
          {asking.scopes.map((one) => (
            <Checkbox
              key={one.scope}
              label={pick(one)}
              note={one.changes ? `${words.changes} · ${one.scope}` : one.scope}
              checked={kept.has(one.scope)}
              onChange={(on) => keep(one.scope, on)}
            />
          ))}
        </fieldset>
        {asking.patient === 'choose' && <Choose chosen={person} onPick={setPerson} />}
        <Facts
          facts={[
            ...(asking.patient === 'self' ? [[words.about, words.self] as const] : []),
            ...(asking.patient === 'started-for' ? [[words.about, words.startedFor] as const] : []),
            [words.lasts, words.hours(asking.hours)],
            [words.goesTo, asking.app.goesTo],
          ]}
        />
        {tried && (isEmpty || isUnchosen) && <p role="alert">{isEmpty ? words.mustKeep : words.mustChoose}</p>}
        {allow.error !== null && <ErrorNote error={allow.error} />}
        <div className="along">
          <Button tone="primary" busy={allow.isPending || allow.isSuccess} onClick={go}>
            {allow.isSuccess ? words.going : words.allow}
          </Button>
          <Button onClick={() => globalThis.location.assign(asking.refuse)}>{words.refuse}</Button>
        </div>
      </div>
    </Card>
  )
}

const Choose = ({ chosen, onPick }: { chosen: Chosen | null; onPick: (person: Chosen | null) => void }) => {
  const words = useLetInWords()
  const pick = usePick()
  const [text, setText] = useState('')
  const isAsked = text.trim().length >= lettersLeast
  const { data } = useApi('residents.search', { text: text.trim(), limit: 10 }, { enabled: isAsked && chosen === null })
  if (chosen !== null)
    return (
      <div className="along apart">
        <span>
          {words.chosen} <strong>{pick(chosen.name)}</strong>
        </span>
        <Button small onClick={() => onPick(null)}>
          {words.change}
        </Button>
      </div>
    )
  return (
    <div className="stack tight">
      <TextField label={words.choose} hint={words.chooseHint} value={text} onChange={setText} />
      {isAsked && data?.persons.length === 0 && <p className="soft">{words.noneFound}</p>}
      {isAsked && data !== undefined && data.persons.length > 0 && (
        <List label={words.choose}>
          {data.persons.map((one) => (
            <PressRow
              key={one.id}
              title={pick(one.name)}
              lines={[one.bornOn, one.idNumber].filter(Boolean).join(' · ')}
              onPress={() => onPick(one)}
            />
          ))}
        </List>
      )}
    </div>
  )
}
