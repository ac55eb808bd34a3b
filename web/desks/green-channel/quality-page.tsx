import { useSearchParams } from 'wouter'
import type { Queries } from '../../api/api-types.ts'
import { useApi } from '../../api/use-api.ts'
import { Page } from '../../shell/desk-frame.tsx'
import { Facts } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Select } from '../../ui/field.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { useServerNow } from '../../ui/use-server-now.ts'
import { usePick } from '../../words/language.tsx'
import { channelKeys, type ChannelKey } from './channel-icon.tsx'
import './quality.css'
import { monthsUntil } from './quality-months.ts'
import { QualityTable } from './quality-table.tsx'
import { useQualityWords } from './quality-words.ts'
import { useGreenWords } from './words.ts'

export type Quality = Queries['green-channel.quality']['answer']

const monthsShown = 12

/** How this hospital kept the times of a channel in a month. Channel and month stand in the address. */
export const QualityPage = () => {
  const words = useQualityWords()
  const green = useGreenWords()
  const [search, setSearch] = useSearchParams()
  const months = monthsUntil(useServerNow(), monthsShown)
  const channel = channelKeys.find((key) => key === search.get('channel')) ?? channelKeys[0] ?? 'stroke'
  const month = months.find((one) => one === search.get('month')) ?? months[0] ?? ''
  return (
    <Page title={words.title} lead={words.lead}>
      <div className="narrow-field">
        <Select
          label={words.month}
          choices={months.map((value) => ({ value, label: value }))}
          value={month}
          onChange={(next) => setSearch({ channel, month: next }, { replace: true })}
        />
      </div>
      <Tabs
        label={words.channel}
        tabs={channelKeys.map((key) => ({ key, label: green.channels[key] }))}
        shown={channel}
        onShow={(next) => setSearch({ channel: next, month }, { replace: true })}
      >
        <MonthOf channel={channel} month={month} />
      </Tabs>
    </Page>
  )
}

const MonthOf = ({ channel, month }: { channel: ChannelKey; month: string }) => {
  const words = useQualityWords()
  const { data, error, refetch } = useApi('green-channel.quality', { channel, month }, { follows: ['referral'] })
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Skeleton lines={6} />
  if (data.cases === 0) return <EmptyState kind="filtered" title={words.none} why={words.noneWhy} />
  return <Counted quality={data} />
}

const Counted = ({ quality }: { quality: Quality }) => {
  const words = useQualityWords()
  const pick = usePick()
  return (
    <div className="stack quality-month">
      <Facts
        facts={[
          [words.cases, quality.cases],
          [words.open, quality.open],
          [words.notConfirmed, quality.notConfirmed],
          [words.neverEnded, quality.neverEnded],
          [words.lateEntries, quality.lateEntries],
        ]}
      />
      <QualityTable caption={words.table(pick(quality.channel), quality.month)} targets={quality.targets} />
      {quality.needleGoals.length > 0 && (
        <p>
          {words.goals}: {quality.needleGoals.map(({ minutes, within }) => words.goal(minutes, within)).join(' · ')}
        </p>
      )}
    </div>
  )
}
