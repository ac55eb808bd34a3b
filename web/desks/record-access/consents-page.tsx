import { useParams } from 'wouter'
import { Page } from '../../shell/desk-frame.tsx'
import { Card } from '../../ui/card.tsx'
import { useConsentWords } from './consent-words.ts'
import { ConsentsPart } from './consents-part.tsx'
import { RepresentativesPart } from './representatives-part.tsx'
import { useAccessWords } from './words.ts'

/** For the care team: consents of a resident, those on paper too, and who may act for the resident. */
export const ConsentsPage = () => {
  const { staff: words } = useConsentWords()
  const { consents } = useAccessWords()
  const { id = '' } = useParams<{ id: string }>()
  return (
    <Page title={words.title} lead={words.lead}>
      <Card title={consents.part}>
        <ConsentsPart person={id} isStaff />
      </Card>
      <RepresentativesPart person={id} isStaff />
    </Page>
  )
}
