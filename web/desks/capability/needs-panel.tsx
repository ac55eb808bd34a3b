import type { Queries } from '../../api/api-types.ts'
import { useApi } from '../../api/use-api.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { usePick } from '../../words/language.tsx'
import type { Kind } from './said.ts'
import { useCapabilityWords } from './words.ts'

type Needs = Queries['navigation.capability-needs']['answer']

/** What a declaration is about takes of staff and things, and how the institution stands to each; or which conditions hang on a thing. */
export const NeedsPanel = ({ institution, about, subject }: { institution: string; about: Kind; subject: string }) => {
  const words = useCapabilityWords()
  const asked = useApi('navigation.capability-needs', { institution, about, key: subject })
  return (
    <section className="capability-needs stack tight" aria-label={words.needs.title} aria-live="polite">
      {asked.error !== null && <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />}
      {asked.data === undefined && asked.error === null && <Skeleton lines={3} />}
      {asked.data?.takes && <Takes takes={asked.data.takes} isSpecialty={about === 'specialty'} />}
      {asked.data?.neededFor && <NeededFor neededFor={asked.data.neededFor} />}
      <p className="soft small">{words.needs.source}</p>
    </section>
  )
}

const Takes = ({ takes, isSpecialty }: { takes: NonNullable<Needs['takes']>; isSpecialty: boolean }) => {
  const { needs: words, tiers } = useCapabilityWords()
  const pick = usePick()
  const specialties = takes.anySpecialty ? words.anySpecialty : takes.specialties.map(pick).join(words.or)
  const here =
    takes.doctors === null
      ? words.unknown
      : `${words.doctorsHere(takes.doctors)}${takes.doctors > 0 ? `, ${takes.rankSuffices ? words.rankHere : words.rankMissing}` : ''}`
  const lacksDoctor = takes.doctors === 0 || (takes.doctors !== null && !takes.rankSuffices)
  return (
    <>
      <h3>{words.title}</h3>
      {isSpecialty && <p className="soft small">{words.specialtyNote}</p>}
      {takes.isAbove && <p className="capability-missing">{words.above(tiers[takes.lowestTier])}</p>}
      <ul className="capability-list">
        <li className={lacksDoctor ? 'capability-missing' : undefined}>
          {words.doctor(pick(takes.doctorRank), specialties)} — {here}
        </li>
        {takes.needs.map((need) => (
          <li key={need.key} className={need.stand === 'missing' ? 'capability-missing' : undefined}>
            {words.kinds[need.kind]}: {pick(need)} — {words.stands[need.stand]}
          </li>
        ))}
      </ul>
      {takes.needs.length === 0 && <p className="soft small">{words.nothing}</p>}
    </>
  )
}

const NeededFor = ({ neededFor: { total, conditions } }: { neededFor: NonNullable<Needs['neededFor']> }) => {
  const { needs: words } = useCapabilityWords()
  const pick = usePick()
  if (total === 0) return <p>{words.neededForNone}</p>
  const rest = total - conditions.length
  return (
    <>
      <h3>{words.neededFor(total)}</h3>
      <p>
        {conditions.map(({ name }) => pick(name)).join('、')}
        {rest > 0 && ` ${words.more(rest)}`}
      </p>
    </>
  )
}
