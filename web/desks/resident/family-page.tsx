import { useState } from 'react'
import { useParams } from 'wouter'
import { useApi } from '../../api/use-api.ts'
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
import { homeWords } from './home-words.ts'
import { RecordOf } from './record-page.tsx'

const useRelatives = () => useApi('record-access.represented', {}, { follows: ['record-access'] })

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
      <p className="soft">{words.book}</p>
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
