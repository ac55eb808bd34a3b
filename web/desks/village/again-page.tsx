import { useState, type FormEvent } from 'react'
import { Link, useParams } from 'wouter'
import { useApi } from '../../api/use-api.ts'
import { Page } from '../../shell/desk-frame.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { SavedChip } from '../../ui/saved-chip.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { usePick, useWordsOf } from '../../words/language.tsx'
import { StateChip, type Case } from './case-row.tsx'
import { ConsentFields, consentInput, noConsent, type ConsentEntry } from './consent-fields.tsx'
import { maskedName } from './people.ts'
import { PlaceStep, usePlaces } from './place-step.tsx'
import { SaidReason } from './said-reason.tsx'
import { SavedNote } from './saved-note.tsx'
import { slotOf, UnitChoice, useSlots, type UnitChosen } from './unit-choice.tsx'
import { useSaved } from './use-saved.ts'
import { caseWords } from './words.ts'

/** Sends a case on its way again after a return, a silence or a no-show; letter and record go along as they are. */
export const AgainPage = () => {
  const words = useWordsOf(caseWords)
  const { id = '' } = useParams<{ id: string }>()
  const { data, error, isPending, refetch } = useApi('referral.get', { referral: id })
  if (data === undefined)
    return (
      <Page title={words.acts.again}>
        {isPending && <Skeleton lines={6} />}
        {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
      </Page>
    )
  return <Again one={data} />
}

const Again = ({ one }: { one: Case }) => {
  const words = useWordsOf(caseWords)
  const pick = usePick()
  const saved = useSaved('referral.submit', (body) => body.referral === one.id)
  const [chosen, setChosen] = useState<string | null>(null)
  const [unit, setUnit] = useState<UnitChosen>(null)
  const [consent, setConsent] = useState<ConsentEntry>({ ...noConsent, isGiven: one.consent !== null })
  const places = usePlaces({ specialty: one.specialty })
  // Whoever returned it, or did not answer, is not the first choice again.
  const fresh = places.places.find(({ institution }) => institution.id !== one.receiver.id)
  const place =
    places.places.find(({ institution }) => institution.id === chosen) ??
    (one.state === 'no-show' ? places.places[0] : fresh) ??
    null
  const { slots, isPending, knownAt } = useSlots(place?.institution.id, one.specialty)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (place === null || saved.isUnderway) return
    const slot = slotOf(slots, unit)
    const body = {
      referral: one.id,
      receiver: place.institution.id,
      unit: slot && { org: slot.org, pool: slot.pool },
      consent: one.consent === null ? consentInput(consent) : null,
    }
    void saved.save(body, `${words.acts.again} · ${maskedName(one.person.name.zh)}`, one.person.id)
  }
  if (saved.answer !== null) return <Sent one={one} />
  const said = one.trace.findLast(({ reason, why }) => reason !== null || why !== null)
  return (
    <Page title={`${words.acts.again}：${pick(one.person.name)}`}>
      <p className="along">
        {pick(one.condition)} · {pick(one.receiver.name)} <StateChip state={one.state} />
      </p>
      {said !== undefined && <SaidReason why={said.why} reason={said.reason} />}
      <form className="stack" onSubmit={submit}>
        <PlaceStep
          step="1. "
          places={places}
          chosen={place}
          onChoose={({ institution }) => (setChosen(institution.id), setUnit(null))}
        />
        {place !== null && (
          <Card>
            <UnitChoice slots={slots} vouchers={[]} isPending={isPending} knownAt={knownAt} chosen={unit} onChoose={setUnit} />
          </Card>
        )}
        {one.consent === null && (
          <ConsentFields consent={consent} fault={undefined} onChange={(some) => setConsent({ ...consent, ...some })} />
        )}
        <SavedNote saved={saved} />
        <Button tone="primary" wide submit icon="baton" busy={saved.isUnderway && !saved.isWaiting} disabled={place === null}>
          {words.refer.send}
        </Button>
      </form>
    </Page>
  )
}

const Sent = ({ one }: { one: Case }) => {
  const words = useWordsOf(caseWords)
  const pick = usePick()
  return (
    <Page title={words.refer.sent}>
      <Card title={pick(one.person.name)} aside={<SavedChip state="sent" />}>
        <div className="stack">
          <p>{words.refer.sentWhy(one.slipNo)}</p>
          <div>
            <Link className="button primary" to={`/village/cases/${one.id}`}>
              {words.refer.seeCase}
            </Link>
          </div>
        </div>
      </Card>
    </Page>
  )
}
