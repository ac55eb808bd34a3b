import { useState } from 'react'
import { useApi } from '../../api/use-api.ts'
import { Page } from '../../shell/desk-frame.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Select } from '../../ui/field.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import './intake.css'
import { ReceivedRow } from './received-row.tsx'
import { UploadDialog } from './upload-dialog.tsx'
import { useIntakeWords } from './words.ts'

const PAGE = 30
const states = ['stuck', 'kept', 'taken', 'solved'] as const
type Shown = (typeof states)[number] | 'all'

/** What other systems have sent, and what became of it; what cannot be used waits here for somebody. */
export const ReceivedPage = () => {
  const words = useIntakeWords()
  const [state, setState] = useState<Shown>('stuck')
  const [after, setAfter] = useState<string | undefined>(undefined)
  const [uploads, setUploads] = useState(false)
  const asked = useApi('intake.list', { limit: PAGE, ...(state === 'all' ? {} : { state }), ...(after === undefined ? {} : { after }) })
  const next = asked.data?.next ?? null
  const refresh = () => void asked.refetch()
  const show = (next: Shown) => {
    setState(next)
    setAfter(undefined)
  }
  return (
    <Page title={words.title} lead={words.lead}>
      <div className="along apart intake-tools">
        <Select
          label={words.show}
          value={state}
          onChange={show}
          choices={[...states.map((value) => ({ value, label: words.states[value] })), { value: 'all' as const, label: words.all }]}
        />
        <span className="along">
          {asked.data !== undefined && <output className="soft">{words.count(asked.data.counts.stuck ?? 0)}</output>}
          <Button onClick={refresh} busy={asked.isFetching}>
            {words.refresh}
          </Button>
          <Button tone="primary" onClick={() => setUploads(true)}>
            {words.upload}
          </Button>
        </span>
      </div>
      {asked.error !== null && <ErrorNote error={asked.error} onRetry={refresh} />}
      {asked.data === undefined && asked.error === null && <Skeleton lines={8} />}
      {asked.data?.messages.length === 0 && <EmptyState kind="none" title={words.none} why={words.noneWhy} />}
      {asked.data !== undefined && asked.data.messages.length > 0 && (
        <ul className="list" aria-label={words.list}>
          {asked.data.messages.map((one) => (
            <ReceivedRow key={one.id} one={one} onChanged={refresh} />
          ))}
        </ul>
      )}
      <div className="along">
        {after !== undefined && <Button onClick={() => setAfter(undefined)}>{words.first}</Button>}
        {next !== null && <Button onClick={() => setAfter(next)}>{words.more}</Button>}
      </div>
      {uploads && <UploadDialog onClose={() => setUploads(false)} onDone={refresh} />}
    </Page>
  )
}
