import { useState } from 'react'
import { useApi } from '../../../api/use-api.ts'
import { Page } from '../../../shell/desk-frame.tsx'
import { useActor } from '../../../shell/session.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { Tabs } from '../../../ui/tabs.tsx'
import { BuildCatalogue, CataloguePart } from './catalogue-part.tsx'
import './dip.css'
import { useDipWords } from './words.ts'
import { SendTable } from './send-table.tsx'
import { YearPart } from './year-part.tsx'

/** Payment by disease: a year with its hospitals and clearing, and the catalogue that it is priced by. */
export const DipPage = () => {
  const words = useDipWords()
  const { role } = useActor()
  const mayBuild = role === 'insurer'
  const [tab, setTab] = useState<'year' | 'catalogue'>('year')
  const { data, error, refetch } = useApi('fund.dip-catalogues', {})
  const maySend = ['insurer', 'consortium-manager'].includes(role)
  const acts = (
    <>
      {maySend && <SendTable />}
      {mayBuild && <BuildCatalogue onBuilt={() => setTab('catalogue')} />}
    </>
  )
  return (
    <Page title={words.title} lead={words.lead} acts={acts}>
      {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && <Skeleton lines={8} />}
      {data?.catalogues.length === 0 && <EmptyState kind="none" title={words.none} why={words.noneWhy} />}
      {data !== undefined && data.catalogues.length > 0 && (
        <Tabs
          label={words.tabs}
          tabs={[
            { key: 'year', label: words.yearTab },
            { key: 'catalogue', label: words.catalogueTab },
          ]}
          shown={tab}
          onShow={setTab}
        >
          {tab === 'year' ? <YearPart catalogues={data.catalogues} /> : <CataloguePart catalogues={data.catalogues} />}
        </Tabs>
      )}
    </Page>
  )
}
