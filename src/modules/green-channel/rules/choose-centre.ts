import { plusMinutes, type Instant } from '../../../kernel/clock.ts'
import type { OrgId } from '../../../kernel/id.ts'
import type { Name, Words } from '../../../kernel/words.ts'
import type { Capability, CentreChoice, CentreLevel, ConsideredCentre, Onset, Verdict } from '../green-channel.ts'

/** A certified centre of the channel, seen from where the patient is. */
export type Candidate = {
  readonly institution: OrgId
  readonly name: Name
  readonly level: CentreLevel
  readonly capabilities: readonly Capability[]
  readonly km: number
  readonly travelMinutes: number
  /** Whether it receives at the moment of arrival. */
  readonly isOpen: boolean
  readonly hasSpecialty: boolean
  readonly isOwnPlace: boolean
}

/** A treatment with its policy values of the day; minutes, null where there is no such limit. */
export type TimedTreatment = {
  readonly capability: Capability
  readonly words: Words
  readonly windowMinutes: number | null
  readonly doorMinutes: number
  readonly contactMinutes: number | null
}

export type ChoiceAsked = {
  readonly candidates: readonly Candidate[]
  /** Best first. */
  readonly treatments: readonly TimedTreatment[]
  /** The one treatment that the doctor asks for; null leaves it to the channel. */
  readonly needs: Capability | null
  /** The place that the doctor wants instead of the nearest suitable one. */
  readonly wish: OrgId | null
  readonly onset: Onset
  readonly firstContact: Instant
  readonly departure: Instant
  readonly listedMost: number
}

/** The last moment at which a treatment may begin; null when nothing limits it or the onset is not known. */
export const deadlineOf = (
  { windowMinutes, contactMinutes }: TimedTreatment,
  onset: Onset,
  firstContact: Instant,
): Instant | null => {
  const window = windowMinutes !== null && onset.kind !== 'unknown' ? plusMinutes(onset.at, windowMinutes) : null
  const contact = contactMinutes === null ? null : plusMinutes(firstContact, contactMinutes)
  if (window === null || contact === null) return window ?? contact
  return window < contact ? window : contact
}

/** When the treatment could begin at a centre: the way, then the time from its door. */
const beginsAt = (centre: Candidate, treatment: TimedTreatment, departure: Instant): Instant =>
  plusMinutes(departure, centre.travelMinutes + treatment.doorMinutes)

const isInTime = (centre: Candidate, treatment: TimedTreatment, asked: ChoiceAsked): boolean => {
  const deadline = deadlineOf(treatment, asked.onset, asked.firstContact)
  return deadline === null || beginsAt(centre, treatment, asked.departure) <= deadline
}

const receives = (centre: Candidate): boolean => centre.isOpen && centre.hasSpecialty && !centre.isOwnPlace
const nearestFirst = (a: Candidate, b: Candidate): number =>
  a.travelMinutes - b.travelMinutes || (BigInt(a.institution) < BigInt(b.institution) ? -1 : 1)

type Found = { readonly centre: Candidate; readonly treatment: TimedTreatment | null; readonly why: Words }

/**
 * The nearest centre that has the capability, receives at the hour of arrival and can begin before the window closes, the
 * channel's best treatment first; where no window can be kept, the nearest that treats at all. Null when no centre receives.
 * Straight lines times a road factor at a mean speed: an estimate, said as one.
 * @source 五大中心: nearest suitable centre; windows from `green-channel.windows`
 */
export const chooseCentre = (asked: ChoiceAsked): (CentreChoice & { readonly institution: OrgId }) | null => {
  const treatments =
    asked.needs === null ? asked.treatments : asked.treatments.filter(({ capability }) => capability === asked.needs)
  const able = asked.candidates.filter(receives).toSorted(nearestFirst)
  const found = wished(able, treatments, asked) ?? inTime(able, treatments, asked) ?? anyway(able, treatments)
  if (!found) return null
  const { centre, treatment } = found
  return {
    institution: centre.institution,
    treatment: treatment?.capability ?? null,
    travelMinutes: centre.travelMinutes,
    isOwnWish: asked.wish === centre.institution,
    why: found.why,
    considered: considered(centre, treatment ?? treatments[0] ?? null, asked),
  }
}

const treats = (centre: Candidate, { capability }: TimedTreatment): boolean => centre.capabilities.includes(capability)

const wished = (able: readonly Candidate[], treatments: readonly TimedTreatment[], asked: ChoiceAsked): Found | null => {
  const centre = able.find(({ institution }) => institution === asked.wish)
  if (!centre) return null
  const treatment =
    treatments.find((one) => treats(centre, one) && isInTime(centre, one, asked)) ??
    treatments.find((one) => treats(centre, one)) ??
    null
  return { centre, treatment, why: { zh: '由医生指定', en: 'Named by the doctor' } }
}

const inTime = (able: readonly Candidate[], treatments: readonly TimedTreatment[], asked: ChoiceAsked): Found | null => {
  for (const treatment of treatments) {
    const centre = able.find((one) => treats(one, treatment) && isInTime(one, treatment, asked))
    if (centre) return { centre, treatment, why: whyChosen(treatment, asked) }
  }
  return null
}

const whyChosen = (treatment: TimedTreatment, { onset }: ChoiceAsked): Words => {
  const { zh, en } = treatment.words
  if (treatment.windowMinutes === null) return { zh: `最近的能做${zh}的中心`, en: `The nearest centre for ${en}` }
  if (onset.kind === 'unknown')
    return {
      zh: `最近的能做${zh}的中心;发病时间不明,到院后判断`,
      en: `The nearest centre for ${en}; the onset is not known and is judged there`,
    }
  return { zh: `最近的、能在时间窗内做${zh}的中心`, en: `The nearest centre that can begin ${en} within the window` }
}

const anyway = (able: readonly Candidate[], treatments: readonly TimedTreatment[]): Found | null => {
  const [centre] = able.filter((one) => treatments.some((treatment) => treats(one, treatment)))
  if (!centre) return null
  return {
    centre,
    treatment: null,
    why: { zh: '时间窗已来不及,送最近的中心由专科判断', en: 'No window can be kept; the nearest centre decides' },
  }
}

const considered = (chosen: Candidate, treatment: TimedTreatment | null, asked: ChoiceAsked): ConsideredCentre[] => {
  const others = asked.candidates
    .filter((one) => one !== chosen)
    .toSorted(nearestFirst)
    .slice(0, asked.listedMost)
  return [chosen, ...others].map((one) => {
    const verdict = one === chosen ? 'chosen' : verdictOn(one, treatment, asked)
    const { institution, name, level, km, travelMinutes } = one
    return { institution, name, level, km, travelMinutes, verdict, why: wordsOf(verdict, treatment) }
  })
}

const verdictOn = (one: Candidate, treatment: TimedTreatment | null, asked: ChoiceAsked): Verdict => {
  if (one.isOwnPlace) return 'own-place'
  if (treatment && !treats(one, treatment)) return 'no-capability'
  if (!one.hasSpecialty) return 'no-specialty'
  if (!one.isOpen) return 'closed'
  if (treatment && !isInTime(one, treatment, asked)) return 'window-would-pass'
  return 'farther'
}

const wordsOf = (verdict: Verdict, treatment: TimedTreatment | null): Words => {
  const { zh, en } = treatment?.words ?? { zh: '该项救治', en: 'this treatment' }
  switch (verdict) {
    case 'chosen':
      return { zh: '送往这里', en: 'Goes here' }
    case 'own-place':
      return { zh: '患者现在就在这里', en: 'The patient is here now' }
    case 'no-capability':
      return { zh: `不能做${zh}`, en: `Cannot do ${en}` }
    case 'no-specialty':
      return { zh: '没有开设接诊科目', en: 'Does not offer the receiving specialty' }
    case 'closed':
      return { zh: '到达时不在接诊时间', en: 'Does not receive at that hour' }
    case 'window-would-pass':
      return { zh: `到达后做${zh}会错过时间窗`, en: `The window for ${en} would pass` }
    case 'farther':
      return { zh: '更远', en: 'Farther' }
  }
}
