import { useState } from 'react'
import { showable } from '../../api/api-error.ts'
import { fetchQuery } from '../../api/client.ts'
import { Button } from '../../ui/button.tsx'
import { useToast } from '../../ui/toast.tsx'
import { usePick } from '../../words/language.tsx'
import type { BatchForm } from './batch-forms.tsx'
import { useDeskKeys } from './desk-keys-context.tsx'
import { download } from './download.ts'
import type { Batch } from './held-acts.ts'
import { useHeldActs } from './held-acts-context.tsx'
import { bytesOf } from './print-slip.ts'
import type { Selection } from './use-selection.ts'
import { useDeskWords } from './words.ts'

type Props = { selection: Selection; onBatch: (form: BatchForm) => void; onMine: () => void }

/** What is selected and what may be done with all of it; while a batch is held or runs, how far it is and how to stop it. */
export const BatchBar = ({ selection, onBatch, onMine }: Props) => {
  const { shownBatch } = useHeldActs()
  if (shownBatch !== null && shownBatch.state !== 'over') return <BatchUnderWay batch={shownBatch} />
  return (
    <>
      {shownBatch?.state === 'over' && shownBatch.refused > 0 && <BatchOver batch={shownBatch} />}
      {selection.chosen.size > 0 && <Chosen selection={selection} onBatch={onBatch} onMine={onMine} />}
    </>
  )
}

const BatchUnderWay = ({ batch }: { batch: Batch }) => {
  const words = useDeskWords()
  const acts = useHeldActs()
  const { keys } = useDeskKeys()
  const act = words.acts[batch.act]
  const came = batch.done + batch.refused
  return (
    <fieldset className="batch-bar held" aria-label={words.batch.will(act, batch.all)}>
      <p>
        <strong>{batch.state === 'held' ? words.batch.will(act, batch.all) : words.batch.running(act, came, batch.all)}</strong>
      </p>
      {batch.state === 'held' && <p className="small">{words.batch.note}</p>}
      {batch.state === 'running' && (
        <progress aria-label={words.batch.running(act, came, batch.all)} value={came} max={batch.all} />
      )}
      <div className="along">
        {batch.state === 'held' && (
          <Button small onClick={() => void acts.sendBatch()}>
            {words.batch.now}
          </Button>
        )}
        <Button small shortcut={batch.state === 'held' ? keys.undo.toUpperCase() : undefined} onClick={acts.undoBatch}>
          {batch.state === 'held' ? words.batch.undo : words.batch.stop}
        </Button>
      </div>
    </fieldset>
  )
}

const BatchOver = ({ batch }: { batch: Batch }) => {
  const words = useDeskWords()
  const acts = useHeldActs()
  return (
    <output className="batch-bar over">
      <p>
        <strong>{words.batch.over(words.acts[batch.act], batch.done, batch.refused)}</strong>
      </p>
      <Button small onClick={acts.closeBatch}>
        {words.batch.close}
      </Button>
    </output>
  )
}

const Chosen = ({ selection, onBatch, onMine }: Props) => {
  const { batch: words } = useDeskWords()
  const { keys } = useDeskKeys()
  const { progress, start } = useDownloads()
  return (
    <fieldset className="batch-bar" aria-label={words.chosen(selection.chosen.size)}>
      <p className="along apart">
        <strong>{words.chosen(selection.chosen.size)}</strong>
        <Button small tone="quiet" shortcut="Esc" onClick={selection.clear}>
          {words.clear}
        </Button>
      </p>
      <div className="along">
        <Button small shortcut={keys.accept.toUpperCase()} onClick={() => onBatch('accept')}>
          {words.accept}
        </Button>
        <Button small shortcut={keys.reject.toUpperCase()} onClick={() => onBatch('reject')}>
          {words.reject}
        </Button>
        <Button small tone="quiet" icon="person" onClick={onMine}>
          {words.mine}
        </Button>
        <Button small tone="quiet" icon="record" onClick={() => void start([...selection.chosen])}>
          {progress === null ? words.print : words.downloading(progress.done, progress.all)}
        </Button>
      </div>
    </fieldset>
  )
}

/** Saves the slips of several cases one after another; one that fails is said and does not stop the others. */
const useDownloads = () => {
  const pick = usePick()
  const toast = useToast()
  const [progress, setProgress] = useState<{ done: number; all: number } | null>(null)
  const start = async (referrals: readonly string[]) => {
    if (progress !== null) return
    for (const [done, referral] of referrals.entries()) {
      setProgress({ done, all: referrals.length })
      try {
        const { fileName, pdf } = await fetchQuery('referral.slip', { referral, kind: 'referral' })
        download([bytesOf(pdf)], fileName, 'application/pdf')
      } catch (thrown) {
        toast({ text: pick(showable(thrown).body), tone: 'danger' })
      }
    }
    setProgress(null)
  }
  return { progress, start }
}
