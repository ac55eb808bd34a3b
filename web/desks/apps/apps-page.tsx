import { useState } from 'react'
import type { Queries } from '../../api/api-types.ts'
import { useApi, useCommand } from '../../api/use-api.ts'
import { Page } from '../../shell/desk-frame.tsx'
import { Button } from '../../ui/button.tsx'
import { Card, Facts } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { formatInstant } from '../../ui/time-format.ts'
import { useToast } from '../../ui/toast.tsx'
import { usePick } from '../../words/language.tsx'
import { AdviserForm } from './adviser-form.tsx'
import { AppForm } from './app-form.tsx'
import './apps.css'
import { StopForm } from './stop-form.tsx'
import { useAppsWords } from './words.ts'

/** The register of apps and of services of decision support, for the region's administrators. */
export const AppsPage = () => {
  const words = useAppsWords()
  return (
    <Page title={words.title} lead={words.lead}>
      <Apps />
      <Advisers />
    </Page>
  )
}

const Apps = () => {
  const words = useAppsWords()
  const { data, error, refetch } = useApi('smart.clients', {})
  const [adding, setAdding] = useState(false)
  return (
    <Card title={words.apps}>
      <div className="stack">
        {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
        {data === undefined && error === null && <Skeleton lines={4} />}
        {data?.clients.length === 0 && <EmptyState kind="none" title={words.noApps} why={words.noAppsWhy} />}
        {data?.clients.map((app) => (
          <OneApp key={app.id} app={app} />
        ))}
        {adding ? (
          <AppForm onClose={() => setAdding(false)} />
        ) : (
          <div>
            <Button icon="plus" onClick={() => setAdding(true)}>
              {words.addApp}
            </Button>
          </div>
        )}
      </div>
    </Card>
  )
}

const StateOf = ({ stoppedAt }: { stoppedAt: string | null }) => {
  const words = useAppsWords()
  return <Chip tone={stoppedAt === null ? 'good' : 'quiet'}>{stoppedAt === null ? words.running : words.stopped}</Chip>
}

const OneApp = ({ app }: { app: Queries['smart.clients']['answer']['clients'][number] }) => {
  const words = useAppsWords()
  const pick = usePick()
  const toast = useToast()
  const stop = useCommand('smart.stop-client')
  return (
    <section className="registered stack tight" aria-label={pick(app)}>
      <div className="along">
        <h3>{pick(app)}</h3> <StateOf stoppedAt={app.stoppedAt} />
      </div>
      <p className="soft small">
        {app.id} · {words.kinds[app.kind]} · {words.registered} {formatInstant(app.registeredAt)}
      </p>
      <Facts
        facts={[
          [words.scopes, app.scopes],
          ...(app.redirectUris.length > 0 ? [[words.goesTo, app.redirectUris.join(' ')] as const] : []),
          ...(app.launchUrl === null ? [] : [[words.launch, app.launchUrl] as const]),
          ...(app.hasKeys ? [[words.keys, words.hasKeys] as const] : []),
        ]}
      />
      {app.stoppedAt === null && (
        <StopForm
          label={words.stop}
          isDanger
          busy={stop.isPending}
          error={stop.error}
          onSend={(reason) => stop.mutate({ client: app.id, reason }, { onSuccess: () => toast({ text: words.doneStop }) })}
        />
      )}
    </section>
  )
}

const Advisers = () => {
  const words = useAppsWords()
  const { data, error, refetch } = useApi('smart.advisers', {})
  const [adding, setAdding] = useState(false)
  return (
    <Card title={words.advisers}>
      <div className="stack">
        <p className="soft small">{words.advisersLead}</p>
        {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
        {data === undefined && error === null && <Skeleton lines={4} />}
        {data?.advisers.map((adviser) => (
          <OneAdviser key={adviser.id} adviser={adviser} />
        ))}
        {adding ? (
          <AdviserForm onClose={() => setAdding(false)} />
        ) : (
          <div>
            <Button icon="plus" onClick={() => setAdding(true)}>
              {words.addAdviser}
            </Button>
          </div>
        )}
      </div>
    </Card>
  )
}

const OneAdviser = ({ adviser }: { adviser: Queries['smart.advisers']['answer']['advisers'][number] }) => {
  const words = useAppsWords()
  const pick = usePick()
  const toast = useToast()
  const change = useCommand('smart.switch-adviser')
  const isOn = adviser.stoppedAt === null
  const named = (names: Readonly<Record<string, string>>, keys: readonly string[]) =>
    keys.map((key) => names[key] ?? key).join('、')
  return (
    <section className="registered stack tight" aria-label={pick(adviser)}>
      <div className="along">
        <h3>{pick(adviser)}</h3> <StateOf stoppedAt={adviser.stoppedAt} />
      </div>
      <p className="soft small">
        {adviser.id} · {adviser.url ?? words.own}
      </p>
      <Facts
        facts={[
          [words.asksAt, named(words.hooks, adviser.hooks)],
          ...(adviser.url === null
            ? []
            : [[words.shares, adviser.shares.length === 0 ? words.sharesNone : named(words.types, adviser.shares)] as const]),
          [words.wait, String(adviser.waitMs)],
        ]}
      />
      <StopForm
        key={String(isOn)}
        label={isOn ? words.stop : words.resume}
        isDanger={isOn}
        busy={change.isPending}
        error={change.error}
        onSend={(reason) =>
          change.mutate({ adviser: adviser.id, isOn: !isOn, reason }, { onSuccess: () => toast({ text: words.doneSwitch }) })
        }
      />
    </section>
  )
}
