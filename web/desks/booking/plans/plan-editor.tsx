import { useState } from 'react'
import { useCommand } from '../../../api/use-api.ts'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { Chip } from '../../../ui/chip.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { inputOf, isSame, type Calendars, type Draft, type Effect, type PlansAnswer, type ShownPlan } from './draft.ts'
import { PlanFields } from './plan-fields.tsx'
import { PublishDialog } from './publish-dialog.tsx'
import { SessionForm } from './session-form.tsx'
import type { Drawn } from './week.ts'
import { WeekGrid } from './week-grid.tsx'
import { usePlanWords } from './words.ts'

type Props = {
  first: Draft
  stored: ShownPlan | null
  calendars: Calendars
  departments: readonly { value: string; label: string }[]
  bounds: PlansAnswer['bounds']
  onSaved: (plan: string) => void
  onCopy: (draft: Draft) => void
}

/** The calendar that a draft names; a doctor without one gets it now. */
const useCalendarOf = (calendars: Calendars) => {
  const save = useCommand('booking.save-calendar')
  return async (draft: Draft): Promise<{ org: string; id: string } | null> => {
    const [org = '', id = ''] = draft.by.split('/')
    if (draft.by === '') return null
    if (org !== 'staff') return { org, id }
    const doctor = calendars.staff.find((one) => one.id === id)
    if (doctor === undefined) return null
    const name = { zh: `${doctor.name.zh}${doctor.title ? ` ${doctor.title}` : ''}`, en: doctor.name.en ?? null }
    const made = await save.mutateAsync({ kind: 'doctor', name, specialty: doctor.specialty, staff: id })
    return { org: made.org, id: made.calendar }
  }
}

/** One plan: its week, what it is of, and what publishing it would do. */
export const PlanEditor = ({ first, stored, calendars, departments, bounds, onSaved, onCopy }: Props) => {
  const words = usePlanWords()
  const toast = useToast()
  const [draft, setDraft] = useState(first)
  const [chosen, setChosen] = useState<number | null>(null)
  const [asked, setAsked] = useState<{ effect: Effect; calendar: { org: string; id: string } | null } | null>(null)
  const tried = useCommand('booking.save-plan')
  const save = useCommand('booking.save-plan')
  const calendarOf = useCalendarOf(calendars)
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }))
  const setSessions = (sessions: readonly Drawn[]) => change({ sessions })
  const draw = (session: Drawn) => {
    const key = Math.max(0, ...draft.sessions.map((one) => one.key)) + 1
    setSessions([...draft.sessions, { ...session, key, capacity: draft.sessions[0]?.capacity ?? session.capacity }])
    setChosen(key)
  }
  const check = async () => {
    const calendar = await calendarOf(draft)
    if (calendar) change({ by: `${calendar.org}/${calendar.id}` })
    tried.mutate(
      { ...inputOf(draft, calendar, stored), dryRun: true },
      { onSuccess: ({ effect }) => setAsked({ effect, calendar }) },
    )
  }
  const publish = (stopReason: string | null) => {
    const input = inputOf(draft, asked?.calendar ?? null, stored)
    save.mutate(stopReason === null ? input : { ...input, stopReason }, {
      onSuccess: ({ plan, effect }) => {
        toast({ text: words.saved(effect.unitsOpened) })
        setAsked(null)
        onSaved(plan)
      },
    })
  }
  const minutes = Math.max(bounds.minutesLeast, Number(draft.minutes) || bounds.minutesUsual)
  return (
    <>
      <Card
        title={words.week}
        aside={isSame(draft, first) && draft.plan !== null ? undefined : <Chip tone="warning">{words.unsaved}</Chip>}
      >
        <p className="soft small week-hint">{words.weekHint}</p>
        <div className="plan-week">
          <WeekGrid
            sessions={draft.sessions}
            minutes={minutes}
            chosen={chosen}
            onChoose={setChosen}
            onDraw={draw}
            onChange={(session) => setSessions(draft.sessions.map((one) => (one.key === session.key ? session : one)))}
            onRemove={(key) => setSessions(draft.sessions.filter((one) => one.key !== key))}
          />
          <SessionForm sessions={draft.sessions} chosen={chosen} onChoose={setChosen} onSessions={setSessions} />
        </div>
      </Card>
      <Card title={words.about}>
        <PlanFields draft={draft} onChange={change} calendars={calendars} departments={departments} bounds={bounds} />
      </Card>
      {tried.error !== null && <ErrorNote error={tried.error} />}
      <div className="along">
        <Button tone="primary" busy={tried.isPending} onClick={() => void check()}>
          {words.check}
        </Button>
        {draft.plan !== null && <Button onClick={() => onCopy(draft)}>{words.copy}</Button>}
      </div>
      <PublishDialog
        effect={asked?.effect ?? null}
        error={save.error}
        busy={save.isPending}
        onConfirm={publish}
        onClose={() => setAsked(null)}
      />
    </>
  )
}
