import { useCommand } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { List, PlainRow } from '../../ui/list.tsx'
import { formatDay } from '../../ui/time-format.ts'
import { useToast } from '../../ui/toast.tsx'
import { usePick, useWordsOf } from '../../words/language.tsx'
import type { Holder } from './card-page.tsx'
import { cardWords } from './card-words.ts'

/** Payment apps: which may show this card. */
export const CardApps = ({ holder }: { holder: Holder }) => {
  const words = useWordsOf(cardWords)
  return (
    <Card title={words.apps}>
      <div className="stack">
        <p className="soft">{words.appsWhy}</p>
        <List label={words.apps}>
          {holder.apps.map((app) => (
            <AppRow key={app.id} person={holder.person} app={app} />
          ))}
        </List>
      </div>
    </Card>
  )
}

const AppRow = ({ person, app }: { person: string; app: Holder['apps'][number] }) => {
  const words = useWordsOf(cardWords)
  const pick = usePick()
  const toast = useToast()
  const allow = useCommand('health-card.allow-app')
  const withdraw = useCommand('health-card.withdraw-app')
  const isAllowed = app.allowedAt !== null
  const error = allow.error ?? withdraw.error
  const press = () =>
    (isAllowed ? withdraw : allow).mutate(
      { person, app: app.id },
      { onSuccess: () => toast({ text: isAllowed ? words.withdrawn : words.allowed }) },
    )
  return (
    <PlainRow
      title={pick(app.name)}
      lines={
        <>
          {app.allowedAt === null ? words.notAllowed : words.allowedOn(formatDay(app.allowedAt))}
          {error !== null && <ErrorNote error={error} />}
        </>
      }
      aside={
        <Button
          small
          tone={isAllowed ? 'plain' : 'primary'}
          busy={allow.isPending || withdraw.isPending}
          aria-label={`${isAllowed ? words.withdraw : words.allow}：${pick(app.name)}`}
          onClick={press}
        >
          {isAllowed ? words.withdraw : words.allow}
        </Button>
      }
    />
  )
}
