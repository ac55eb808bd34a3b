import { useState, type FormEvent } from 'react'
import { useParams } from 'wouter'
import type { Commands, Queries } from '../../api/api-types.ts'
import { contactNow } from '../../api/contact.ts'
import { serverNow } from '../../api/server-clock.ts'
import { useApi } from '../../api/use-api.ts'
import { Page } from '../../shell/desk-frame.tsx'
import { useActor } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Checkbox } from '../../ui/choice.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorSummary } from '../../ui/error-summary.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { usePick, useWordsOf } from '../../words/language.tsx'
import { AdvicePanel } from '../advice/advice-panel.tsx'
import { ConditionStep } from './condition-step.tsx'
import { withCriteria } from './criteria-of.ts'
import { CriteriaStep } from './criteria-step.tsx'
import { ConsentFields, consentInput, noConsent, type ConsentEntry } from './consent-fields.tsx'
import { LetterFields, letterIds, type LetterFaults } from './letter-fields.tsx'
import { filledLetter, missingFor, templatesFor, type Letter } from './letter-templates.ts'
import { LetterTemplateBar, TemplatePapers } from './letter-template-bar.tsx'
import { OpenAlready } from './open-already.tsx'
import { maskedName, type ShownPerson } from './people.ts'
import { PersonLine } from './person-finder.tsx'
import { usePerson } from './person-page.tsx'
import { PlaceStep, usePlaces } from './place-step.tsx'
import { ReferDone } from './refer-done.tsx'
import { knownConditions, type Condition } from './remembered.ts'
import { SavedNote } from './saved-note.tsx'
import { leave, slotOf, UnitChoice, useSlots, voucherChosen, voucherOf, type UnitChosen } from './unit-choice.tsx'
import { RefuseConsent } from './refuse-consent.tsx'
import { useKept } from './use-kept.ts'
import { useLetterTemplates } from './use-letter-templates.ts'
import { useSaved } from './use-saved.ts'
import { useVouchers } from './use-vouchers.ts'
import { caseWords } from './words.ts'

type SendInput = Commands['referral.send']['input']
type Entry = {
  condition: Condition | null
  place: string | null
  unit: UnitChosen
  template: string | null
  /** What was typed over the letter that filled itself in. */
  typed: Partial<Letter>
  consent: ConsentEntry
  isGreen: boolean
}
const blank: Entry = { condition: null, place: null, unit: null, template: null, typed: {}, consent: noConsent, isGreen: false }

/** A referral that waits on this device or was refused, back in the form. */
const entryOf = ({ condition, receiver, unit, voucher, letter, consent, urgency }: SendInput): Entry => ({
  condition: knownConditions().find(({ key }) => key === condition.key) ?? null,
  place: receiver,
  unit: voucher == null ? (unit?.pool ?? leave) : voucherChosen(voucher),
  template: null,
  typed: {
    impression: letter.impression ?? '',
    reason: letter.reason ?? '',
    pastHistory: letter.pastHistory ?? '',
    treatment: letter.treatment ?? '',
  },
  consent: consent ? { isGiven: true, by: consent.by, relation: consent.relation ?? '' } : noConsent,
  isGreen: urgency === 'green-channel',
})

/** Refers one resident: condition, place and time, letter, consent; each step fills the next in as far as it can. */
export const ReferPage = () => {
  const words = useWordsOf(caseWords)
  const { id = '' } = useParams<{ id: string }>()
  const { person, isOwn, isPending, error } = usePerson(id)
  if (person === undefined)
    return (
      <Page title={words.refer.title}>
        {isPending ? <Skeleton lines={8} /> : <EmptyState kind={error?.status === 0 ? 'offline' : 'no-right'} />}
      </Page>
    )
  return <Refer key={id} person={person} isOwn={isOwn} />
}

const useReferral = (person: ShownPerson, record: Queries['health-record.summary']['answer'] | undefined) => {
  const { account } = useActor()
  const saved = useSaved('referral.send', (body) => body.person === person.id)
  const [kept, change, forget] = useKept<Entry>(`jieli-refer-${account}-${person.id}`, blank)
  const waiting = saved.entry !== null && saved.entry.state !== 'sent' ? entryOf(saved.entry.body as SendInput) : null
  const entry = kept.condition === null && waiting !== null ? waiting : kept
  const { condition } = entry
  const known = useLetterTemplates()
  const templates = condition === null ? [] : templatesFor(condition, known)
  const template = templates.find(({ key }) => key === entry.template) ?? templates[0]
  const missing = missingFor(template, record)
  const letter: Letter | null = condition === null ? null : { ...filledLetter(condition, template, record), ...entry.typed }
  return {
    saved,
    entry,
    change: (some: Partial<Entry>) => change({ ...entry, ...some }),
    forget,
    templates,
    template,
    missing,
    letter,
  }
}

const useFaults = (letter: Letter | null, consent: ConsentEntry): LetterFaults => {
  const { refer: words } = useWordsOf(caseWords)
  return {
    ...(letter?.impression.trim() === '' ? { impression: words.impressionMissing } : {}),
    ...(letter?.reason.trim() === '' ? { reason: words.reasonMissing } : {}),
    ...(consent.isGiven ? {} : { consent: words.consentMissing }),
  }
}

const Refer = ({ person, isOwn }: { person: ShownPerson; isOwn: boolean }) => {
  const words = useWordsOf(caseWords)
  const pick = usePick()
  const { data: record } = useApi('health-record.summary', { person: person.id }, { enabled: isOwn })
  const referral = useReferral(person, record)
  const { saved, entry, change } = referral
  if (saved.answer !== null || saved.isWaiting)
    return (
      <ReferDone
        answer={saved.answer}
        asked={saved.entry?.body as SendInput | undefined}
        name={pick(person.name)}
        onLeave={referral.forget}
      />
    )
  return (
    <Page title={words.refer.of(pick(person.name))}>
      <div>
        <PersonLine person={person} />
      </div>
      <OpenAlready person={person.id} condition={entry.condition} />
      <ConditionStep
        step="1. "
        chosen={entry.condition}
        about={person}
        onChoose={(condition) => change({ condition, place: null, unit: null, template: null, typed: {} })}
        onChange={() => change({ condition: null })}
      />
      {entry.condition !== null && <Rest person={person} isOwn={isOwn} condition={entry.condition} referral={referral} />}
    </Page>
  )
}

type RestProps = { person: ShownPerson; isOwn: boolean; condition: Condition; referral: ReturnType<typeof useReferral> }

const Rest = ({ person, isOwn, condition, referral }: RestProps) => {
  const words = useWordsOf(caseWords)
  const { saved, entry, change, letter } = referral
  const [attempt, setAttempt] = useState(0)
  const places = usePlaces({ condition: condition.key, ...(person.village === null ? {} : { village: person.village }) })
  const place = places.places.find(({ institution }) => institution.id === entry.place) ?? places.places[0] ?? null
  const specialty = places.known?.specialty.code ?? condition.specialty
  const { slots, isPending, knownAt } = useSlots(place?.institution.id, specialty)
  const vouchers = useVouchers().filter((one) => one.org === place?.institution.id && one.specialty === specialty)
  const told = referral.template?.risks.map(({ zh }) => zh) ?? []
  const faults = useFaults(letter, entry.consent)
  const shownFaults = attempt > 0 ? faults : {}
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setAttempt((before) => before + 1)
    if (Object.keys(faults).length > 0 || place === null || letter === null || saved.isUnderway) return
    const slot = slotOf(slots, entry.unit)
    const voucher = voucherOf(vouchers, entry.unit)
    const body: SendInput = {
      person: person.id,
      receiver: place.institution.id,
      specialty,
      condition: { key: condition.key, zh: condition.name.zh, en: condition.name.en },
      letter,
      consent: consentInput(entry.consent, told),
      urgency: entry.isGreen ? 'green-channel' : 'ordinary',
      unit: slot && { org: slot.org, pool: slot.pool },
      ...(voucher === null ? {} : { voucher: voucher.number }),
      // By the device's clock and the server's offset as last known; the server refuses what would lie in the future.
      ...(navigator.onLine && contactNow() !== 'cut' ? {} : { occurredAt: new Date(serverNow()).toISOString() }),
    }
    void saved.save(body, `${words.refer.title} · ${maskedName(person.name.zh)}`)
  }
  return (
    <form className="stack" onSubmit={submit} noValidate>
      <CriteriaStep
        person={person.id}
        condition={condition}
        isOwn={isOwn}
        onWrite={(sentence) => change({ typed: { ...entry.typed, reason: withCriteria(letter?.reason ?? '', sentence) } })}
      />
      <PlaceStep
        step="2. "
        places={places}
        chosen={place}
        ask={isOwn ? { person: person.id, condition: condition.key, specialty } : null}
        onChoose={({ institution }) => change({ place: institution.id, unit: null })}
      />
      <AdvicePanel
        question={
          place && {
            hook: 'order-sign',
            person: person.id,
            place: place.institution.id,
            condition: { key: condition.key, zh: condition.name.zh },
          }
        }
        onPlace={({ id }) => change({ place: id, unit: null })}
      />
      {place !== null && (
        <Card>
          <UnitChoice
            slots={slots}
            vouchers={vouchers}
            isPending={isPending}
            knownAt={knownAt}
            chosen={entry.unit}
            onChoose={(unit) => change({ unit })}
          />
        </Card>
      )}
      <Card title={`3. ${words.refer.letter}`}>
        <LetterPart referral={referral} faults={shownFaults} />
      </Card>
      <Card title={`4. ${words.refer.consentTitle}`}>
        <div className="stack">
          <ConsentFields
            consent={entry.consent}
            fault={shownFaults.consent}
            risks={referral.template?.risks ?? []}
            onChange={(some) => change({ consent: { ...entry.consent, ...some } })}
          />
          <Checkbox label={words.refer.green} checked={entry.isGreen} onChange={(isGreen) => change({ isGreen })} />
          {attempt > 0 && (
            <ErrorSummary
              attempt={attempt}
              faults={(Object.keys(faults) as (keyof LetterFaults)[]).map((part) => ({
                fieldId: letterIds[part],
                text: faults[part] ?? '',
              }))}
            />
          )}
          {place !== null && letter !== null && (
            <RefuseConsent
              name={maskedName(person.name.zh)}
              request={{
                person: person.id,
                receiver: place.institution.id,
                specialty,
                condition: { key: condition.key, zh: condition.name.zh, en: condition.name.en },
                letter,
                ...(told.length === 0 ? {} : { told }),
              }}
            />
          )}
          <SavedNote saved={saved} />
          <Button tone="primary" wide submit icon="baton" busy={saved.isUnderway} disabled={place === null}>
            {words.refer.send}
          </Button>
        </div>
      </Card>
    </form>
  )
}

const LetterPart = ({ referral, faults }: { referral: ReturnType<typeof useReferral>; faults: LetterFaults }) => {
  const { refer: words } = useWordsOf(caseWords)
  const { entry, change, letter, templates, template, missing } = referral
  if (letter === null) return null
  const { reason: _reason, ...typedBeside } = entry.typed
  return (
    <div className="stack">
      <p className="field-hint">{words.letterHint}</p>
      <LetterTemplateBar
        templates={templates}
        chosen={template}
        missing={missing}
        onChoose={({ key }) => change({ template: key, typed: typedBeside })}
      />
      <LetterFields letter={letter} faults={faults} onChange={(some) => change({ typed: { ...entry.typed, ...some } })} />
      <TemplatePapers template={template} />
    </div>
  )
}
