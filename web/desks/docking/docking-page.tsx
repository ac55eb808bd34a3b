import { useState } from 'react'
import { Page } from '../../shell/desk-frame.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Books } from './books.tsx'
import './docking.css'
import { StuckRow } from './stuck-row.tsx'
import { useStuck, type Stuck } from './use-stuck.ts'
import { useDockingWords } from './words.ts'

/** Rows of one step: each is a look at its case, so no more are asked than are read. */
const pageRows = 20

/** What the provincial platform refused and how the books stand. */
export const DockingPage = () => {
  const words = useDockingWords()
  const { data, error, refetch } = useStuck()
  return (
    <Page title={words.title} lead={words.lead}>
      {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton lines={6} />}
      {data?.stuck.length === 0 && <EmptyState kind="none" title={words.none} why={words.noneWhy} />}
      {data !== undefined && data.stuck.length > 0 && <StuckList stuck={data.stuck} />}
      <Books />
    </Page>
  )
}

const StuckList = ({ stuck }: { stuck: readonly Stuck[] }) => {
  const words = useDockingWords()
  const [shown, setShown] = useState(pageRows)
  return (
    <>
      <ul className="list stuck-list" aria-label={words.list}>
        {stuck.slice(0, shown).map((one) => (
          <StuckRow key={one.id} one={one} />
        ))}
      </ul>
      {stuck.length > shown && (
        <div>
          <Button onClick={() => setShown((before) => before + pageRows)}>
            {words.more(Math.min(pageRows, stuck.length - shown))}
          </Button>
        </div>
      )}
    </>
  )
}
