import { useState } from 'react'
import { Link, useParams } from 'wouter'
import { Page } from '../../shell/desk-frame.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { LinkRow, List } from '../../ui/list.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { useWordsOf } from '../../words/language.tsx'
import { TimelineView } from '../timeline/timeline-view.tsx'
import { DueCare } from './due-care.tsx'
import { FamilyDoctorCall } from './family-doctor.tsx'
import { useForWhom, useRelatives } from './for-whom.tsx'
import { homeWords } from './home-words.ts'
import { MyBookings } from './my-bookings.tsx'
import { RecordOf } from './record-page.tsx'

/** For whom one may act: children until they are of age, and whoever has named one as proxy. */
export const FamilyPage = () => {
  const { relatives: words } = useWordsOf(homeWords)
  const { data, error, refetch } = useRelatives()
  return (
    <Page title={words.title} lead={words.lead}>
      {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton lines={3} />}
      {data?.persons.length === 0 && <EmptyState kind="none" title={words.none} why={words.noneWhy} />}
      {data !== undefined && data.persons.length > 0 && (
        <List label={words.title}>
          {data.persons.map(({ id, zh, kind }) => (
            <LinkRow key={id} to={`/me/family/${id}`} title={zh} lines={words.kinds[kind]} />
          ))}
        </List>
      )}
      {data !== undefined && data.persons.length > 0 && <p className="soft">{words.book}</p>}
      <FamilyDoctorCall />
    </Page>
  )
}

/** The health account of somebody whom one acts for: care that is due, the record, and the timeline. */
export const RelativePage = () => {
  const { relatives: words } = useWordsOf(homeWords)
  const { id = '' } = useParams<{ id: string }>()
  const { data, error, refetch } = useRelatives()
  const [part, setPart] = useState<'record' | 'life'>('record')
  const { all, choose } = useForWhom()
  const whom = all.find((one) => one.id === id)
  const relative = data?.persons.find((one) => one.id === id)
  if (relative === undefined)
    return (
      <Page title={words.title}>
        {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
        {data === undefined && error === null && <Skeleton lines={6} />}
        {data !== undefined && <EmptyState kind="no-right" title={words.none} why={words.noneWhy} />}
      </Page>
    )
  return (
    <Page title={words.of(relative.zh)} lead={words.kinds[relative.kind]}>
      {whom !== undefined && <MyBookings whom={whom} />}
      <Link className="button primary wide-button" to="/me/book" onClick={() => choose(id)}>
        {words.bookFor}
      </Link>
      <DueCare person={id} />
      <Tabs
        label={words.of(relative.zh)}
        tabs={(['record', 'life'] as const).map((key) => ({ key, label: words[key] }))}
        shown={part}
        onShow={setPart}
      >
        {part === 'record' ? <RecordOf person={id} /> : <TimelineView person={id} isPlain />}
      </Tabs>
      {relative.kind === 'guardian' && <p className="soft small">{words.sensitive}</p>}
    </Page>
  )
}
