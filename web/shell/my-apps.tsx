import { useState } from 'react'
import type { Queries } from '../api/api-types.ts'
import { useApi, useCommand } from '../api/use-api.ts'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { ConfirmDialog } from '../ui/dialog.tsx'
import { ErrorNote } from '../ui/error-note.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { formatInstant } from '../ui/time-format.ts'
import { useToast } from '../ui/toast.tsx'
import { usePick } from '../words/language.tsx'
import { useMyAppsWords } from './my-apps-words.ts'

type MyApp = Queries['smart.my-apps']['answer']['apps'][number]

/** The apps that one has let in: what each may see, until when, and taking it back, which ends it at once. */
export const MyApps = () => {
  const words = useMyAppsWords()
  const { data, error, refetch } = useApi('smart.my-apps', {})
  return (
    <Card title={words.title}>
      <div className="stack">
        {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
        {data === undefined && error === null && <Skeleton lines={2} />}
        {data?.apps.length === 0 && <p className="soft">{words.none}</p>}
        {data?.apps.map((one) => (
          <OneApp key={one.allowance} one={one} />
        ))}
      </div>
    </Card>
  )
}

const OneApp = ({ one }: { one: MyApp }) => {
  const words = useMyAppsWords()
  const pick = usePick()
  const toast = useToast()
  const end = useCommand('smart.end-app')
  const [asking, setAsking] = useState(false)
  const name = pick(one.app)
  const takeBack = () => {
    setAsking(false)
    end.mutate({ allowance: one.allowance }, { onSuccess: () => toast({ text: words.done(name) }) })
  }
  return (
    <section className="stack tight" aria-label={name}>
      <p>
        <strong>{name}</strong>
      </p>
      <ul>
        {one.scopes.map((scope) => (
          <li key={scope.scope}>{pick(scope)}</li>
        ))}
      </ul>
      <p className="soft small">{words.since(formatInstant(one.begunAt), formatInstant(one.expiresAt))}</p>
      {end.error !== null && <ErrorNote error={end.error} />}
      <div>
        <Button tone="danger" busy={end.isPending} onClick={() => setAsking(true)}>
          {words.end}
        </Button>
      </div>
      <ConfirmDialog
        title={words.sure(name)}
        consequence={words.consequence}
        act={words.end}
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={takeBack}
      />
    </section>
  )
}
