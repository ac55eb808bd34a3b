import { useApi } from '../../api/use-api.ts'
import { List, PressRow } from '../../ui/list.tsx'
import { Select, TextArea } from '../../ui/field.tsx'
import { formatInstant } from '../../ui/time-format.ts'
import { useActor } from '../../shell/session.tsx'
import { usePick } from '../../words/language.tsx'
import { AdvicePanel } from '../advice/advice-panel.tsx'
import { BookingAdvice } from '../advice/booking-advice.tsx'
import { CostAt } from '../cost/cost-line.tsx'
import { useCosts } from '../cost/use-costs.ts'
import { oneEachSpecialty } from '../specialties.ts'
import { ActPanel, type Fault } from './act-panel.tsx'
import type { ActFormProps } from './answer-forms.tsx'
import { useDraft, useHeldActs } from './held-acts-context.tsx'
import { PlacePicker, placeOf, type Place } from './place-picker.tsx'
import { SlotPicker } from './slot-picker.tsx'
import { useDeskWords } from './words.ts'

type RedirectDraft = { to: Place | null; specialty: string; pool: string | null; reason: string }

const redirectFaults = ({ to, specialty, reason }: RedirectDraft, words: ReturnType<typeof useDeskWords>): Fault[] => {
  const faults: Fault[] = []
  if (to === null) faults.push({ field: 'receiver', text: words.redirect.toMissing })
  if (to !== null && specialty === '') faults.push({ field: 'specialty', text: words.redirect.specialtyMissing })
  if (reason.trim() === '') faults.push({ field: 'reason', text: words.redirect.reasonMissing })
  return faults
}

/** Handing the request to a better place: ranked suggestions or any institution, its specialty, and a unit if one is free. */
export const RedirectForm = ({ referral, who, refused, onClose }: ActFormProps) => {
  const words = useDeskWords()
  const acts = useHeldActs()
  const [draft, change] = useDraft<RedirectDraft>(referral.id, 'redirect', {
    to: null,
    specialty: referral.specialty,
    pool: null,
    reason: '',
  })
  const { to, specialty, pool } = draft
  const submit = () => {
    if (to === null) return
    const unit = pool === null ? {} : { unit: { org: to.id, pool } }
    acts.hold({
      act: 'redirect',
      who,
      input: { referral: referral.id, receiver: to.id, specialty, reason: draft.reason.trim(), ...unit },
    })
    onClose()
  }
  const parties = new Set([referral.sender.id, referral.receiver.id])
  return (
    <ActPanel
      title={words.redirect.title}
      act={words.acts.redirect}
      faults={redirectFaults(draft, words)}
      refused={refused}
      onSubmit={submit}
      onClose={onClose}
    >
      {({ idOf, faultOf }) => (
        <>
          <PlacePicker
            label={words.redirect.to}
            id={idOf('receiver')}
            error={faultOf('receiver')}
            value={to}
            isWanted={({ id }) => !parties.has(id)}
            onPick={(place) => change({ to: place, pool: null })}
          />
          {to === null ? (
            <Suggestions specialty={referral.specialty} without={parties} onPick={(place) => change({ to: place, pool: null })} />
          ) : (
            <>
              <SpecialtySelect
                org={to.id}
                id={idOf('specialty')}
                error={faultOf('specialty')}
                value={specialty}
                onPick={(code) => change({ specialty: code, pool: null })}
              />
              <CostThere referral={referral} place={to.id} specialty={specialty} />
              <p className="soft small">{words.redirect.unit}</p>
              <SlotPicker
                org={to.id}
                specialty={specialty}
                pool={pool}
                id={idOf('unit')}
                error={faultOf('unit')}
                onPick={(one) => change({ pool: one })}
              />
              <AdvicePanel
                question={{
                  hook: 'order-sign',
                  person: referral.person.id,
                  place: to.id,
                  condition: { key: referral.conditionKey, zh: referral.condition.zh },
                }}
                onPlace={(place) => change({ to: place, pool: null })}
              />
              <BookingAdvice referral={referral} org={to.id} specialty={specialty} pool={pool} />
            </>
          )}
          <TextArea
            id={idOf('reason')}
            label={words.redirect.reason}
            error={faultOf('reason')}
            required
            maxLength={500}
            value={draft.reason}
            onChange={(reason) => change({ reason })}
          />
        </>
      )}
    </ActPanel>
  )
}

/** What the person would pay for a stay there. */
const CostThere = ({ referral, place, specialty }: { referral: ActFormProps['referral']; place: string; specialty: string }) => {
  const ask = { person: referral.person.id, condition: referral.conditionKey, ...(specialty === '' ? {} : { specialty }) }
  const { costs, isPending } = useCosts(ask, [place])
  return <CostAt ask={ask} place={place} costs={costs} isPending={isPending} />
}

/** The specialties that an institution offers today, as a choice. */
export const SpecialtySelect = ({
  org,
  id,
  error,
  value,
  onPick,
}: {
  org: string
  id: string
  error: string | undefined
  value: string
  onPick: (code: string) => void
}) => {
  const words = useDeskWords()
  const pick = usePick()
  const asked = useApi('organisations.institution', { institution: org })
  const services = oneEachSpecialty(asked.data?.services ?? [])
  const choices = services.map((service) => ({ value: service.specialty, label: pick(service.name) }))
  const isOffered = services.some((service) => service.specialty === value)
  return (
    <Select
      label={words.redirect.specialty}
      id={id}
      error={error}
      required
      choices={choices}
      value={isOffered ? value : ''}
      onChange={onPick}
    />
  )
}

/** Places that offer the specialty, ranked from where this institution stands, with what is free there. */
const Suggestions = ({
  specialty,
  without,
  onPick,
}: {
  specialty: string
  without: ReadonlySet<string>
  onPick: (place: Place) => void
}) => {
  const words = useDeskWords()
  const pick = usePick()
  const own = useActor().institution?.id ?? ''
  const here = useApi('organisations.institution', { institution: own }, { enabled: own !== '' }).data?.institution
  const asked = useApi(
    'navigation.rank',
    { specialty, limit: 6, ...(here === undefined ? {} : { longitude: here.longitude, latitude: here.latitude }) },
    { enabled: here !== undefined },
  )
  const places = asked.data?.places.filter(({ institution }) => !without.has(institution.id)) ?? []
  if (places.length === 0) return null
  return (
    <div className="stack tight">
      <p className="soft small">{words.redirect.suggestions}</p>
      <List label={words.redirect.suggestions}>
        {places.map(({ institution, distanceKm, free, reservedFree, firstFreeAt }) => (
          <PressRow
            key={institution.id}
            title={pick(institution.name)}
            lines={[
              words.tiers[institution.tier] ?? institution.tier,
              words.redirect.km(distanceKm),
              words.redirect.free(free + reservedFree),
              firstFreeAt === null ? null : formatInstant(firstFreeAt),
            ]
              .filter((part) => part !== null)
              .join(' · ')}
            onPress={() => onPick(placeOf(institution))}
          />
        ))}
      </List>
    </div>
  )
}
