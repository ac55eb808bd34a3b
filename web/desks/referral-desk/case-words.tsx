import { formatDay } from '../../ui/time-format.ts'
import { Chip } from '../../ui/chip.tsx'
import { useServerNow } from '../../ui/use-server-now.ts'
import { usePick } from '../../words/language.tsx'
import { ageWords, dayAt } from './times.ts'
import type { Row } from './worklist.ts'
import { useDeskWords } from './words.ts'

const urgencyTone = { ordinary: 'quiet', emergency: 'danger', 'green-channel': 'warning' } as const

/** How urgent a case is; ordinary ones need no chip, so that the others stand out. */
export const UrgencyChip = ({ urgency }: { urgency: Row['urgency'] }) => {
  const words = useDeskWords()
  return urgency === 'ordinary' ? null : <Chip tone={urgencyTone[urgency]}>{words.urgencies[urgency]}</Chip>
}

/** Which way a patient is handed: up, down or across. */
export const DirectionChip = ({ direction }: { direction: Row['direction'] }) => {
  const words = useDeskWords()
  return (
    <Chip tone="quiet" icon={direction === 'down' ? 'back' : 'arrow'}>
      {words.directions[direction]}
    </Chip>
  )
}

const stateTone = (state: Row['state']) =>
  state === 'submitted' ? 'baton' : ['asked', 'rejected', 'expired', 'no-show'].includes(state) ? 'warning' : 'calm'

/** Where a case stands, in a word. */
export const StateChip = ({ state }: { state: Row['state'] }) => {
  const words = useDeskWords()
  return <Chip tone={stateTone(state)}>{words.states[state]}</Chip>
}

/** 停诊: the clinic of the time that was given does not take place, and there is no other time yet. */
export const TimeLostChip = ({ timeLostAt, state }: Pick<Row, 'timeLostAt' | 'state'>) => {
  const words = useDeskWords()
  const isOpen = ['submitted', 'asked', 'accepted'].includes(state)
  return timeLostAt === null || !isOpen ? null : <Chip tone="danger">{words.timeLost}</Chip>
}

/** Age and sex, `72 岁 男`. */
export const useAgeAndSex = (): ((person: Pick<Row['person'], 'bornOn' | 'sex'>) => string) => {
  const words = useDeskWords()
  const today = dayAt(useServerNow())
  return ({ bornOn, sex }) => [ageWords(bornOn, today, words), words.sexes[sex] ?? sex].filter(Boolean).join(' ')
}

/** A person's name with the mark of a synthetic one. */
export const PersonName = ({ person }: { person: Row['person'] }) => {
  const words = useDeskWords()
  const pick = usePick()
  return (
    <>
      {pick(person.name)}
      {person.synthetic && <span className="synthetic-mark">{words.synthetic}</span>}
    </>
  )
}

/** The day of an instant that may be missing. */
export const dayOrNothing = (at: string | null): string | null => (at === null ? null : formatDay(at))
