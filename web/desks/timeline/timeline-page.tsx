import { useParams } from 'wouter'
import { Page } from '../../shell/desk-frame.tsx'
import { useActor } from '../../shell/session.tsx'
import { AppsOf } from '../apps/apps-of.tsx'
import { TimelineView } from './timeline-view.tsx'
import { useTimelineWords } from './words.ts'

/** The timeline of a person whom a desk treats; the person stands in the page's address. */
export const TimelinePage = () => {
  const words = useTimelineWords()
  const { id = '' } = useParams<{ id: string }>()
  return (
    <Page title={words.title} lead={words.lead}>
      <AppsOf person={id} />
      <TimelineView key={id} person={id} />
    </Page>
  )
}

/** One's own timeline, in plain words. */
export const OwnTimelinePage = () => {
  const words = useTimelineWords()
  const { resident } = useActor()
  return (
    <Page title={words.title} lead={words.ownLead}>
      {resident !== null && <TimelineView person={resident} isPlain />}
    </Page>
  )
}
