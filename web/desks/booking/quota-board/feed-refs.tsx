import { useId, useState, type FormEvent } from 'react'
import type { Queries } from '../../../api/api-types.ts'
import { useCommand } from '../../../api/use-api.ts'
import { Button } from '../../../ui/button.tsx'
import { Chip } from '../../../ui/chip.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { Select } from '../../../ui/field.tsx'
import { formatInstant } from '../../../ui/time-format.ts'
import { useToast } from '../../../ui/toast.tsx'
import { usePick, useWords } from '../../../words/language.tsx'
import { useBedsWords } from '../beds/words.ts'
import { useQuotaWords } from './words.ts'

type Health = Queries['booking.feed-health']['answer']
type Ref = Health['feeds'][number]['refs'][number]
export type Target = Health['targets'][number]

/** What a plan of clinics or a class of beds is called. */
const useTargetName = (nameOf: (specialty: string) => string) => {
  const beds = useBedsWords()
  const pick = usePick()
  return ({ ward, sex, isolation, specialty, doctor, service }: Target): string => {
    if (ward !== null && sex !== null) return [pick(ward), beds.forSexes[sex], isolation ? beds.isolation : ''].filter(Boolean).join(' · ')
    return [nameOf(specialty), service === null ? '' : pick(service), doctor === null ? '' : pick(doctor)].filter(Boolean).join(' · ')
  } // prettier-ignore
}

type Props = {
  source: string
  refs: readonly Ref[]
  targets: readonly Target[]
  nameOf: (specialty: string) => string
}

/** The hospital's own numbers of clinics and wards: what each means here; those that mean nothing yet are work and come first. */
export const FeedRefs = ({ source, refs, targets, nameOf }: Props) => {
  const words = useQuotaWords()
  const targetName = useTargetName(nameOf)
  const [chosen, setChosen] = useState<Ref | null>(null)
  if (refs.length === 0) return null
  const meansOf = (one: Ref): string | null => {
    const target = targets.find(({ plan }) => plan === one.plan)
    if (target !== undefined) return targetName(target)
    if (one.startsAt !== null) return formatInstant(one.startsAt)
    return one.plan === null ? null : words.refGone
  }
  return (
    <div className="stack tight">
      <h4>{words.refs}</h4>
      <ul className="stack tight">
        {refs.map((one) => {
          const means = meansOf(one)
          return (
            <li key={`${one.kind} ${one.ref}`} className="feed-item">
              <div>
                <p className="along">
                  <strong className="figures">{one.ref}</strong>
                  <span>{words.refKinds[one.kind]}</span>
                  {means === null ? <Chip tone="warning">{words.refOpen}</Chip> : <span>{words.refMeans(means)}</span>}
                </p>
                <p className="soft small">
                  {words.fedNumbers(one.free, one.used, one.capacity)} · {formatInstant(one.at)}
                </p>
              </div>
              <Button
                small
                aria-label={`${means === null ? words.map : words.mapAgain} ${one.ref}`}
                onClick={() => setChosen(one)}
              >
                {means === null ? words.map : words.mapAgain}
              </Button>
            </li>
          )
        })}
      </ul>
      {chosen !== null && (
        <MapDialog
          source={source}
          one={chosen}
          choices={targets
            .filter(({ kind }) => kind === chosen.kind)
            .map((target) => ({ value: target.plan, label: targetName(target) }))}
          onClose={() => setChosen(null)}
        />
      )}
    </div>
  )
}

type MapProps = { source: string; one: Ref; choices: { value: string; label: string }[]; onClose: () => void }

const MapDialog = ({ source, one, choices, onClose }: MapProps) => {
  const words = useQuotaWords()
  const shared = useWords()
  const toast = useToast()
  const form = useId()
  const [plan, setPlan] = useState(one.plan ?? '')
  const [wasTried, setWasTried] = useState(false)
  const map = useCommand('booking.map-feed-ref')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setWasTried(true)
    if (plan === '' || map.isPending) return
    const wish = { source, kind: one.kind, ref: one.ref, plan }
    map.mutate(wish, { onSuccess: () => (toast({ text: words.mapDone, tone: 'good' }), onClose()) })
  }
  return (
    <Dialog
      title={words.mapOf(one.ref)}
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{shared.ui.cancel}</Button>
          <Button tone="primary" submit form={form} busy={map.isPending} disabled={choices.length === 0}>
            {words.map}
          </Button>
        </>
      }
    >
      <form id={form} className="stack" noValidate onSubmit={submit}>
        <p className="soft small">{words.mapWhat}</p>
        {map.error !== null && <ErrorNote error={map.error} />}
        {choices.length === 0 ? (
          <p>{words.mapNone[one.kind]}</p>
        ) : (
          <Select
            label={words.mapTo[one.kind]}
            choices={choices}
            value={plan}
            onChange={setPlan}
            error={wasTried && plan === '' ? words.mapMissing : undefined}
            required
          />
        )}
      </form>
    </Dialog>
  )
}
