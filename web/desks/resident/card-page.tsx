import { useEffect, useState } from 'react'
import type { Queries } from '../../api/api-types.ts'
import { useApi, useCommand } from '../../api/use-api.ts'
import { Page } from '../../shell/desk-frame.tsx'
import { useActor } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useToast } from '../../ui/toast.tsx'
import { formatInstant } from '../../ui/time-format.ts'
import { usePick, useWordsOf } from '../../words/language.tsx'
import { CardActs } from './card-acts.tsx'
import { CardApps } from './card-apps.tsx'
import { CardBound } from './card-bound.tsx'
import { CardCodes } from './card-codes.tsx'
import { keepCard, keptCard } from './card-kept.ts'
import { CardUses } from './card-uses.tsx'
import { cardWords } from './card-words.ts'
import { QrCode } from './qr-code.tsx'
import './card.css'

export type Holder = Queries['health-card.mine']['answer']['holders'][number]

/** The e-health card on the telephone: its codes, what is bound to it, who may show it, where it was used; one’s own and the family’s. */
export const CardPage = () => {
  const words = useWordsOf(cardWords)
  const { account } = useActor()
  const pick = usePick()
  const { data, error, isPending, refetch } = useApi('health-card.mine', {}, { follows: ['residents'] })
  const [chosen, setChosen] = useState<string | null>(null)
  const own = data?.holders.find(({ as }) => as === 'self')
  const ownText = own?.cards.find(({ state }) => state === 'active')?.text ?? null
  const ownName = own === undefined ? '' : pick(own.name)
  useEffect(() => {
    if (own !== undefined) keepCard(ownText === null ? null : { account, name: ownName, text: ownText })
  }, [own, ownText, ownName, account])
  const shown = data?.holders.find(({ person }) => person === chosen) ?? data?.holders[0]
  return (
    <Page title={words.title} lead={words.lead}>
      {error !== null && data === undefined && <Kept account={account} />}
      {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {isPending && error === null && <Skeleton lines={8} />}
      {data !== undefined && data.holders.length > 1 && shown !== undefined && (
        <Tabs
          label={words.holders}
          tabs={data.holders.map(({ person, name, as }) => ({ key: person, label: `${pick(name)} · ${words.as[as]}` }))}
          shown={shown.person}
          onShow={setChosen}
        >
          <OfHolder key={shown.person} holder={shown} />
        </Tabs>
      )}
      {data?.holders.length === 1 && shown !== undefined && <OfHolder holder={shown} />}
    </Page>
  )
}

const OfHolder = ({ holder }: { holder: Holder }) => {
  const card = holder.cards.find(({ state }) => state === 'active')
  return (
    <div className="stack wide">
      {card === undefined ? <NoCard person={holder.person} /> : <CardCodes holder={holder} text={card.text} />}
      <CardBound holder={holder} />
      {holder.apps.length > 0 && card !== undefined && <CardApps holder={holder} />}
      <CardUses person={holder.person} />
      {card !== undefined && <CardActs person={holder.person} />}
    </div>
  )
}

const NoCard = ({ person }: { person: string }) => {
  const words = useWordsOf(cardWords)
  const toast = useToast()
  const apply = useCommand('health-card.apply')
  return (
    <Card title={words.title} held>
      <div className="stack">
        <EmptyState
          kind="none"
          title={words.none}
          why={words.noneWhy}
          action={
            <Button
              tone="primary"
              busy={apply.isPending}
              onClick={() => apply.mutate({ person }, { onSuccess: () => toast({ text: words.applied }) })}
            >
              {words.apply}
            </Button>
          }
        />
        {apply.error !== null && <ErrorNote error={apply.error} />}
      </div>
    </Card>
  )
}

/** Without a network: the identity code as it was last known. */
const Kept = ({ account }: { account: string }) => {
  const words = useWordsOf(cardWords)
  const kept = keptCard(account)
  if (kept === null) return null
  return (
    <Card title={words.offline} held>
      <div className="stack">
        <p>{words.offlineWhy(formatInstant(kept.at))}</p>
        <div className="card-code">
          <QrCode text={kept.text} label={words.staticLabel(kept.name)} />
          <p className="big-line">{kept.name}</p>
        </div>
      </div>
    </Card>
  )
}
