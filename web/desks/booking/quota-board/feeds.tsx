import { useState } from 'react'
import type { Queries } from '../../../api/api-types.ts'
import { useApi, useCommand } from '../../../api/use-api.ts'
import { Button } from '../../../ui/button.tsx'
import { Card, Facts } from '../../../ui/card.tsx'
import { Chip } from '../../../ui/chip.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { formatInstant } from '../../../ui/time-format.ts'
import { useToast } from '../../../ui/toast.tsx'
import { usePick } from '../../../words/language.tsx'
import { FeedRefs, type Target } from './feed-refs.tsx'
import { ReasonDialog } from './reason-dialog.tsx'
import { useQuotaWords, type QuotaWords } from './words.ts'

type Feed = Queries['booking.feed-health']['answer']['feeds'][number]
type Conflict = Feed['conflicts'][number]
type Gap = Feed['gaps'][number]

/** What hospital systems push: how far they were heard, where they conflict with units sold, what is missing. */
export const Feeds = ({ nameOf }: { nameOf: (specialty: string) => string }) => {
  const words = useQuotaWords()
  const asked = useApi('booking.feed-health', {})
  return (
    <section className="stack" aria-labelledby="feeds">
      <div>
        <h2 id="feeds">{words.feeds}</h2>
        <p className="soft small">{words.feedsLead}</p>
      </div>
      {asked.error !== null && <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />}
      {asked.data === undefined && asked.error === null && <Skeleton lines={4} />}
      {asked.data?.feeds.length === 0 && <EmptyState kind="none" title={words.noFeed} why={words.noFeedWhy} />}
      {asked.data?.feeds.map((feed) => (
        <OneFeed key={feed.source} feed={feed} targets={asked.data.targets} nameOf={nameOf} />
      ))}
    </section>
  )
}

type OneProps = { feed: Feed; targets: readonly Target[]; nameOf: (specialty: string) => string }

const OneFeed = ({ feed, targets, nameOf }: OneProps) => {
  const words = useQuotaWords()
  const waiting =
    feed.conflicts.some((one) => one.acknowledgedAt === null) ||
    feed.gaps.some((one) => one.givenUpAt === null) ||
    feed.unmapped > 0
  return (
    <Card
      level={3}
      title={feed.source}
      held={waiting}
      aside={<Chip tone={feed.isLate ? 'warning' : 'good'}>{feed.isLate ? words.late : words.onTime}</Chip>}
    >
      <div className="stack">
        <Facts
          facts={[
            [words.last, `${words.heard(feed.highest)} · ${feed.heardAt === null ? '—' : formatInstant(feed.heardAt)}`],
            [words.fedSlots, words.fedPlaces(feed.slots.places, feed.slots.free, feed.slots.capacity)],
            [words.fedBeds, words.fedPlaces(feed.beds.places, feed.beds.free, feed.beds.capacity)],
          ]}
        />
        {feed.unmapped > 0 && (
          <p className="along">
            <Chip tone="warning">{words.unmapped(feed.unmapped)}</Chip>
          </p>
        )}
        <FeedRefs source={feed.source} refs={feed.refs} targets={targets} nameOf={nameOf} />
        <div className="feed-work">
          <Conflicts conflicts={feed.conflicts} />
          <Gaps source={feed.source} gaps={feed.gaps} />
        </div>
      </div>
    </Card>
  )
}

const numbersOf = (one: Conflict, words: QuotaWords): string | null => {
  if (one.fedFree === null || one.fedUsed === null || one.fedCapacity === null) return null
  if (one.ownFree === null || one.ownSold === null || one.ownCapacity === null) return null
  const fed = words.fedNumbers(one.fedFree, one.fedUsed, one.fedCapacity)
  return words.numbers(fed, words.ownNumbers(one.ownFree, one.ownSold, one.ownCapacity))
}

/** The hospital's own number of a place, or when the slot is: a pool's number says nothing to people. */
const refOf = (one: Conflict): string => (one.ref === one.pool && one.startsAt !== null ? formatInstant(one.startsAt) : one.ref)

const Conflicts = ({ conflicts }: { conflicts: readonly Conflict[] }) => {
  const words = useQuotaWords()
  const pick = usePick()
  const toast = useToast()
  const acknowledge = useCommand('booking.acknowledge-conflict')
  const [chosen, setChosen] = useState<Conflict | null>(null)
  const submit = (reason: string) =>
    chosen &&
    acknowledge.mutate(
      { conflict: chosen.id, reason },
      { onSuccess: () => (toast({ text: words.acknowledgeDone }), setChosen(null)) },
    )
  return (
    <div className="stack tight">
      <h4>{words.conflicts}</h4>
      {conflicts.length === 0 && <p className="soft small">{words.noConflict}</p>}
      <ul className="stack tight">
        {conflicts.map((one) => (
          <li key={one.id} className="feed-item">
            <div>
              <p>
                <strong className="figures">{refOf(one)}</strong> {one.doctor !== null && `${pick(one.doctor)} `}
                {words.what[one.what](one.units)}
              </p>
              <p className="soft small">{numbersOf(one, words)}</p>
              {one.acknowledgedAt !== null && <p className="small">{words.acknowledged(one.reason ?? '')}</p>}
            </div>
            {one.acknowledgedAt === null && (
              <Button small aria-label={words.acknowledgeOf(refOf(one))} onClick={() => setChosen(one)}>
                {words.acknowledge}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {chosen !== null && (
        <ReasonDialog
          title={words.acknowledgeOf(refOf(chosen))}
          act={words.acknowledge}
          busy={acknowledge.isPending}
          error={acknowledge.error}
          isWhole
          onSubmit={submit}
          onClose={() => setChosen(null)}
        >
          {() => <p>{words.what[chosen.what](chosen.units)}</p>}
        </ReasonDialog>
      )}
    </div>
  )
}

const Gaps = ({ source, gaps }: { source: string; gaps: readonly Gap[] }) => {
  const words = useQuotaWords()
  const toast = useToast()
  const giveUp = useCommand('booking.give-up-gap')
  const [chosen, setChosen] = useState<Gap | null>(null)
  const submit = (reason: string) =>
    chosen &&
    giveUp.mutate(
      { source, from: chosen.from, to: chosen.to, reason },
      { onSuccess: () => (toast({ text: words.giveUpDone }), setChosen(null)) },
    )
  return (
    <div className="stack tight">
      <h4>{words.gaps}</h4>
      {gaps.length === 0 && <p className="soft small">{words.noGap}</p>}
      <ul className="stack tight">
        {gaps.map((gap) => (
          <li key={gap.from} className="feed-item">
            <div>
              <p className="figures">{words.gap(gap.from, gap.to)}</p>
              <p className="soft small">
                {gap.givenUpBecause === null ? words.gapFound(formatInstant(gap.foundAt)) : words.givenUp(gap.givenUpBecause)}
              </p>
            </div>
            {gap.givenUpAt === null && (
              <Button small aria-label={words.giveUpOf(words.gap(gap.from, gap.to))} onClick={() => setChosen(gap)}>
                {words.giveUp}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {chosen !== null && (
        <ReasonDialog
          title={words.giveUpOf(words.gap(chosen.from, chosen.to))}
          act={words.giveUp}
          busy={giveUp.isPending}
          error={giveUp.error}
          isWhole
          onSubmit={submit}
          onClose={() => setChosen(null)}
        >
          {() => <p>{words.giveUpNote}</p>}
        </ReasonDialog>
      )}
    </div>
  )
}
