import type { Instant } from '../../kernel/clock.ts'
import { ageOn, dayOf, daysBetween, type Day } from '../../kernel/day.ts'
import type { Act } from '../../platform/forms/form.ts'
import { phoneOf, shownPerson, type Person } from '../residents/index.ts'
import type { Referral, ReferralState } from './referral.ts'
import { shownPlace, type Whole } from './shown.ts'
import type { ConsentAnswer } from './slip/consent-panel.ts'
import type { Age, Receipt, ReceiptAnswer, ReceiptStep, SlipContact, SlipFrame, SlipMark, SlipPerson } from './slip/slip-types.ts'
import { renderConsentForm, renderReceipt, renderReferralSlip, renderReturnSlip } from './slip/slip.ts'

type Printed = Whole & { readonly specialty: { zh: string; en: string } | null }

const MARKS: Partial<Record<ReferralState, SlipMark>> = { draft: 'draft', cancelled: 'cancelled', expired: 'expired', 'ended-elsewhere': 'void', 'not-agreed': 'void' }
// A child's age is said in days before 28 days and in months before two years: the habit of the paediatric chart.
const DAYS_SAID_UNTIL = 28
const MONTHS_SAID_UNTIL_YEARS = 2
const DAYS_OF_A_MONTH = 30

const ageOf = (bornOn: Day | null, today: Day): Age | null => {
  if (!bornOn) return null
  const years = ageOn(bornOn, today)
  const days = daysBetween(bornOn, today)
  if (days < DAYS_SAID_UNTIL) return { value: days, unit: 'day' }
  return years < MONTHS_SAID_UNTIL_YEARS ? { value: Math.floor(days / DAYS_OF_A_MONTH), unit: 'month' } : { value: years, unit: 'year' }
}

const frameOf = (referral: Referral, person: Person, act: Act): SlipFrame => ({
  slipNumber: referral.slipNo,
  referralType: referral.urgency,
  direction: referral.direction === 'lateral' ? 'across' : referral.direction,
  language: 'both',
  isSynthetic: person.synthetic,
  mark: MARKS[referral.state] ?? null,
  qrText: `jieli:referral:${referral.slipNo}`,
  printedBy: act.actor.name.zh,
  printedAt: act.now,
  zone: act.zone,
})

const personOf = (person: Person, act: Act): SlipPerson & SlipContact => ({
  name: person.zh,
  sex: person.sex === 'other' ? 'unknown' : person.sex,
  age: ageOf(person.bornOn, act.today),
  address: person.address,
  phone: phoneOf(person, act.cipher),
})

/** The slip, the return slip, the receipt or the consent form of a referral as PDF; prints exactly what the case says now. */
export const printSlip = (printed: Printed, kind: 'referral' | 'return' | 'receipt' | 'consent', act: Act): Uint8Array => {
  switch (kind) {
    case 'referral':
      return referralSlip(printed, act)
    case 'return':
      return returnSlip(printed, act)
    case 'receipt':
      return receipt(printed, act)
    case 'consent':
      return consentForm(printed, act)
  }
}

const parts = ({ referral, persons, places }: Printed) => ({
  person: persons.get(referral.person) as Person,
  sender: shownPlace(referral.org, places),
  receiver: shownPlace(referral.receiver, places),
  care: referral.careOrg ? shownPlace(referral.careOrg, places) : null,
})

const referralSlip = (printed: Printed, act: Act): Uint8Array => {
  const { referral, pool, specialty } = printed
  const { person, sender, receiver } = parts(printed)
  const signedOn = dayOf(referral.openedAt, act.zone)
  return renderReferralSlip({
    ...frameOf(referral, person, act),
    resident: { ...personOf(person, act), recordNumber: person.id },
    referredOn: signedOn,
    toInstitution: receiver.name.zh,
    toDepartment: specialty?.zh ?? null,
    receivingDoctor: pool?.doctorZh ?? null,
    impression: referral.letter.impression || referral.conditionWords.zh,
    presentHistory: referral.letter.reason || null,
    pastHistory: referral.letter.pastHistory || null,
    treatment: referral.letter.treatment || null,
    signature: { doctor: referral.senderName.zh, phone: sender.phone, institution: sender.name.zh, signedOn },
  })
}

const answerOfConsent = ({ consent, consentRefusal, endedWhy }: Referral): ConsentAnswer | null => {
  const said = consentRefusal ?? consent
  return said && { agrees: consentRefusal === null, by: said.by, relation: said.relation ?? null, why: consentRefusal ? endedWhy : null, at: said.at }
}

const consentForm = (printed: Printed, act: Act): Uint8Array => {
  const { referral, specialty } = printed
  const { person, sender, receiver } = parts(printed)
  const frame = frameOf(referral, person, act)
  return renderConsentForm({
    ...frame,
    // A form on which somebody did not agree is as good as one on which somebody did.
    mark: referral.state === 'not-agreed' ? null : frame.mark,
    resident: { ...personOf(person, act), idNumber: shownPerson(person, act.cipher).idNumber },
    fromInstitution: sender.name.zh,
    toInstitution: receiver.name.zh,
    toDepartment: specialty?.zh ?? null,
    appointmentAt: referral.appointmentAt,
    condition: referral.letter.impression || referral.conditionWords.zh,
    reason: referral.letter.reason || null,
    risks: (referral.consentRefusal ?? referral.consent)?.told ?? [],
    answer: answerOfConsent(referral),
    doctor: referral.senderName.zh,
    signedOn: null,
  })
}

const returnSlip = (printed: Printed, act: Act): Uint8Array => {
  const { referral, trace } = printed
  const { person, receiver, care } = parts(printed)
  const returned = referral.returned
  const at = trace.findLast((step) => step.type === 'referral.handed-back')?.at
  const signedOn = at ? dayOf(at, act.zone) : null
  return renderReturnSlip({
    ...frameOf(referral, person, act),
    direction: 'down',
    resident: { ...personOf(person, act), caseNumber: returned?.inpatientNumber ?? null },
    returnedOn: signedOn,
    toInstitution: care?.name.zh ?? null,
    receivingDoctor: null,
    diagnosis: returned?.diagnosis ?? null,
    inpatientNumber: returned?.inpatientNumber ?? null,
    mainResults: returned?.findings ?? null,
    treatmentAndPlan: returned ? [returned.treatment, returned.plan, returned.medication && `用药:${returned.medication}`].filter(Boolean).join('\n') : null,
    signature: { doctor: returned?.doctor.zh ?? null, phone: receiver.phone, institution: receiver.name.zh, signedOn },
  })
}

const STEPS: Record<ReceiptStep, string> = { arrived: 'referral.arrived', admitted: 'referral.begun', discharged: 'referral.discharged', returned: 'referral.handed-back' }

const answerOf = ({ referral, pool, trace, specialty }: Printed): ReceiptAnswer => {
  const rejected = trace.findLast((step) => step.type === 'referral.rejected')
  if (referral.state === 'rejected' && rejected)
    return { result: 'rejected', reason: { code: 'rejected', says: { zh: rejected.reason ?? '', en: rejected.reason ?? '' } } }
  return {
    result: 'accepted',
    department: specialty?.zh ?? null,
    doctor: pool?.doctorZh ?? null,
    place: pool?.placeZh ?? referral.queue,
    arriveBefore: referral.appointmentEndsAt,
  }
}

const receipt = (printed: Printed, act: Act): Uint8Array => {
  const { referral, trace } = printed
  const { person, sender, receiver } = parts(printed)
  const answered = trace.findLast((step) => ['referral.accepted', 'referral.rejected', 'referral.emergency-started'].includes(step.type))
  const momentOf = (type: string): Instant | undefined => trace.findLast((step) => step.type === type)?.occurredAt
  const steps = Object.entries(STEPS).flatMap(([step, type]) => (momentOf(type) ? [[step, momentOf(type)]] : []))
  const slip: Receipt = {
    ...frameOf(referral, person, act),
    resident: personOf(person, act),
    fromInstitution: sender.name.zh,
    answeredBy: { institution: receiver.name.zh, doctor: answered?.actor.zh ?? null, phone: receiver.phone },
    answeredAt: answered?.at ?? null,
    answer: answerOf(printed),
    steps: Object.fromEntries(steps),
  }
  return renderReceipt(slip)
}
