import { useState } from 'react'
import type { ShownPlan, ShownPlanStep } from '../../../src/modules/continuity/contract.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { useServerNow } from '../../ui/use-server-now.ts'
import { usePick } from '../../words/language.tsx'
import { SavedNote } from '../village/saved-note.tsx'
import { useSaved } from '../village/use-saved.ts'
import { useContinuityWords } from './words.ts'

/** What primary care does with a step: done, with what was found; or not done, and why. Saved on this device first. */
export const StepActs = ({ plan, step }: { plan: ShownPlan; step: ShownPlanStep }) => {
  const { plan: words, cancel } = useContinuityWords()
  const pick = usePick()
  const now = useServerNow()
  const saved = useSaved('continuity.tick-step', (body) => body.plan === plan.id && body.step === step.id)
  const [opened, setOpened] = useState<'done' | 'not-done' | null>(null)
  const [text, setText] = useState('')
  const [tried, setTried] = useState(false)
  const open = (which: 'done' | 'not-done' | null) => {
    setOpened(which)
    setText('')
    setTried(false)
  }
  const save = async () => {
    setTried(true)
    const said = text.trim()
    if (opened === null || (opened === 'not-done' && said === '')) return
    const occurredAt = new Date(now).toISOString()
    const told = opened === 'done' ? (said === '' ? {} : { value: said }) : { why: said }
    await saved.save(
      { plan: plan.id, step: step.id, state: opened, occurredAt, ...told },
      `${words.states[opened]} · ${pick(step.words)}`,
    )
    open(null)
  }
  if (saved.isUnderway) return <SavedNote saved={saved} />
  return (
    <div className="stack tight">
      <SavedNote saved={saved} />
      {opened === null ? (
        <div className="along">
          <Button small tone="primary" aria-label={`${words.done}: ${pick(step.words)}`} onClick={() => open('done')}>
            {words.done}
          </Button>
          <Button small aria-label={`${words.notDone}: ${pick(step.words)}`} onClick={() => open('not-done')}>
            {words.notDone}
          </Button>
        </div>
      ) : (
        <>
          <TextField
            label={opened === 'done' ? words.value : words.why}
            required={opened === 'not-done'}
            maxLength={opened === 'done' ? 100 : 300}
            error={tried && opened === 'not-done' && text.trim() === '' ? words.whyMissing : undefined}
            value={text}
            onChange={setText}
          />
          <div className="along">
            <Button small tone="primary" onClick={() => void save()}>
              {words.record}
            </Button>
            <Button small onClick={() => open(null)}>
              {cancel}
            </Button>
          </div>
        </>
      )}
    </div>
  )
}
