import { useState } from 'react'
import { useApi } from '../../../api/use-api.ts'
import { Page } from '../../../shell/desk-frame.tsx'
import { useActor } from '../../../shell/session.tsx'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { Select } from '../../../ui/field.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { usePick } from '../../../words/language.tsx'
import { oneEachSpecialty } from '../../specialties.ts'
import { copyOf, draftOf, emptyDraft, type Draft, type ShownPlan } from './draft.ts'
import { MonthStrip } from './month-strip.tsx'
import { PlanEditor } from './plan-editor.tsx'
import './plans.css'
import { StopDialog } from './stop-dialog.tsx'
import { usePlanWords } from './words.ts'

/** Which plan is open: a stored one, or a new one from this draft; `turn` begins it anew. */
type Open = { plan: string; turn: number } | { fresh: Draft; turn: number }

/** The weekly plans of this institution: from a plan, pools are published day by day. */
export const PlansPage = () => {
  const words = usePlanWords()
  const { institution } = useActor()
  const asked = useApi('booking.plans', {})
  const calendars = useApi('booking.calendars', {})
  const services = useApi('organisations.institution', { institution: institution?.id ?? '' })
  const departments = useDepartments(services.data)
  const [open, setOpen] = useState<Open | null>(null)
  const [stopping, setStopping] = useState(false)
  const error = asked.error ?? calendars.error ?? services.error
  const { data } = asked
  if (error !== null)
    return (
      <Page title={words.title}>
        <ErrorNote error={error} onRetry={() => void Promise.all([asked.refetch(), calendars.refetch(), services.refetch()])} />
      </Page>
    )
  if (data === undefined || calendars.data === undefined || departments === null)
    return (
      <Page title={words.title} lead={words.lead}>
        <Skeleton lines={8} />
      </Page>
    )
  const shown: Open | null = open ?? (data.plans[0] ? { plan: data.plans[0].id, turn: 0 } : null)
  const stored = shown !== null && 'plan' in shown ? (data.plans.find(({ id }) => id === shown.plan) ?? null) : null
  const isFresh = shown !== null && 'fresh' in shown
  const turn = (shown?.turn ?? 0) + 1
  const begin = (fresh: Draft) => setOpen({ fresh, turn })
  return (
    <Page
      title={words.title}
      lead={words.lead}
      acts={
        <>
          <Button icon="plus" onClick={() => begin(emptyDraft(departments[0]?.value ?? '', data.bounds))}>
            {words.create}
          </Button>
          {data.plans.length > 0 && <Button onClick={() => setStopping(true)}>{words.stop}</Button>}
        </>
      }
    >
      <div className="stack plans-page">
        {data.plans.length > 0 && (
          <PlanSelect
            plans={data.plans}
            departments={departments}
            value={stored?.id ?? ''}
            fresh={isFresh}
            onChange={(plan) => setOpen({ plan, turn })}
          />
        )}
        {shown === null && <EmptyState kind="none" title={words.none} why={words.noneWhy} />}
        {(stored !== null || isFresh) && (
          <PlanEditor
            key={`${stored?.id ?? 'new'}-${stored?.version ?? ''}-${shown?.turn ?? 0}`}
            first={stored === null ? (shown as { fresh: Draft }).fresh : draftOf(stored)}
            stored={stored}
            calendars={calendars.data}
            departments={departments}
            bounds={data.bounds}
            onSaved={(plan) => setOpen({ plan, turn })}
            onCopy={(draft) => begin(copyOf(draft, data.bounds))}
          />
        )}
        {stored !== null && <MonthStrip key={stored.id} plan={stored} calendars={calendars.data} exceptions={data.exceptions} />}
      </div>
      {stopping && <StopDialog plan={stored?.id ?? null} today={data.bounds.today} onClose={() => setStopping(false)} />}
    </Page>
  )
}

const useDepartments = (data: { services: readonly Parameters<typeof oneEachSpecialty>[0][number][] } | undefined) => {
  const pick = usePick()
  if (data === undefined) return null
  return oneEachSpecialty(data.services).map(({ specialty, name }) => ({ value: specialty, label: pick(name) }))
}

const PlanSelect = ({
  plans,
  departments,
  value,
  fresh,
  onChange,
}: {
  plans: readonly ShownPlan[]
  departments: readonly { value: string; label: string }[]
  value: string
  fresh: boolean
  onChange: (plan: string) => void
}) => {
  const words = usePlanWords()
  const pick = usePick()
  const labelOf = ({ specialty, by, kind }: ShownPlan): string => {
    const department = departments.find((one) => one.value === specialty)?.label ?? specialty
    return `${department} · ${by === null ? words.department : pick(by)} · ${words[kind]}`
  }
  const choices = plans.map((plan) => ({ value: plan.id as string, label: labelOf(plan) }))
  return (
    <div className="narrow-field">
      <Select
        label={words.choose}
        choices={fresh ? [{ value: 'fresh', label: words.fresh }, ...choices] : choices}
        value={fresh ? 'fresh' : value}
        onChange={onChange}
      />
    </div>
  )
}
