import { Checkbox } from '../../../ui/choice.tsx'
import { Select, TextField } from '../../../ui/field.tsx'
import { usePick } from '../../../words/language.tsx'
import type { Calendars, Draft, PlansAnswer } from './draft.ts'
import { usePlanWords } from './words.ts'

type Props = {
  draft: Draft
  onChange: (part: Partial<Draft>) => void
  calendars: Calendars
  departments: readonly { value: string; label: string }[]
  bounds: PlansAnswer['bounds']
}

/** Doctors and devices of a department, then all others; doctors without a calendar get one with the plan. */
const useCalendarChoices = ({ calendars, staff }: Calendars, specialty: string) => {
  const words = usePlanWords()
  const pick = usePick()
  const ofDepartment = (one: { specialty: string | null }) => one.specialty === null || one.specialty === specialty
  return [
    { value: 'none', label: words.noCalendar },
    ...calendars.filter(ofDepartment).map(({ org, id, name, isOwn, owner }) => ({
      value: `${org}/${id}`,
      label: isOwn || owner === null ? pick(name) : `${pick(name)} · ${pick(owner)}`,
    })),
    ...staff.filter(ofDepartment).map(({ id, name, title }) => ({
      value: `staff/${id}`,
      label: words.newDoctor(`${pick(name)}${title ? ` ${title}` : ''}`),
    })),
  ]
}

/** What a plan is of, and for when it holds. */
export const PlanFields = ({ draft, onChange, calendars, departments, bounds }: Props) => {
  const words = usePlanWords()
  const choices = useCalendarChoices(calendars, draft.specialty)
  return (
    <div className="stack">
      <div className="plan-fields">
        <Select
          label={words.specialty}
          choices={[...departments]}
          value={draft.specialty}
          onChange={(specialty) => onChange({ specialty })}
        />
        <Select
          label={words.calendar}
          choices={choices}
          value={draft.by === '' ? 'none' : draft.by}
          onChange={(by) => onChange({ by: by === 'none' ? '' : by })}
        />
        <Select
          label={words.unitKind}
          choices={(['visit', 'exam', 'session'] as const).map((value) => ({ value, label: words.kinds[value] }))}
          value={draft.unitKind}
          onChange={(unitKind) => onChange({ unitKind })}
        />
        <Select
          label={words.kind}
          choices={(['expert', 'ordinary'] as const).map((value) => ({ value, label: words[value] }))}
          value={draft.kind}
          onChange={(kind) => onChange({ kind })}
        />
        <TextField
          label={words.minutes}
          type="number"
          inputMode="numeric"
          min={bounds.minutesLeast}
          max={bounds.minutesMost}
          value={draft.minutes}
          onChange={(minutes) => onChange({ minutes })}
        />
        <TextField
          label={words.daysAhead}
          type="number"
          inputMode="numeric"
          min={1}
          max={bounds.daysMost}
          value={draft.daysAhead}
          onChange={(daysAhead) => onChange({ daysAhead })}
        />
        <TextField
          label={words.validFrom}
          type="date"
          value={draft.validFrom}
          onChange={(validFrom) => onChange({ validFrom })}
        />
        <TextField
          label={words.validUntil}
          type="date"
          value={draft.validUntil}
          onChange={(validUntil) => onChange({ validUntil })}
        />
        <Select
          label={words.makeUp}
          choices={[
            { value: 'own', label: words.ownWeekday },
            ...words.weekdays.map((label, at) => ({ value: String(at + 1), label })),
          ]}
          value={draft.makeUp === '' ? 'own' : draft.makeUp}
          onChange={(makeUp) => onChange({ makeUp: makeUp === 'own' ? '' : makeUp })}
        />
        <TextField label={words.room} maxLength={100} value={draft.place} onChange={(place) => onChange({ place })} />
      </div>
      <Checkbox
        label={words.holidays}
        checked={draft.worksOnHolidays}
        onChange={(worksOnHolidays) => onChange({ worksOnHolidays })}
      />
    </div>
  )
}
