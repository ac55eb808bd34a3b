import type { Words } from '../../../kernel/words.ts'

/** The five green channels, by the words of the register of emergency centres. */
export const EMERGENCY_CHANNELS = ['chest-pain', 'stroke', 'trauma', 'maternal', 'newborn'] as const
export type EmergencyChannel = (typeof EMERGENCY_CHANNELS)[number]

/** A treatment against the clock: what a centre must be able to do, and which targets of the channel time it. */
export type TimedTreatment = {
  readonly capability: string
  readonly words: Words
  /** The name of the target from the door to the treatment. */
  readonly door: string
  /** The name of the target from now to the treatment, if the channel has one. */
  readonly whole: string | null
  /** The procedure by which an institution says of itself whether it can (`knowledge/requirements/things.yaml`); null where there is none. */
  readonly procedure: string | null
  /** The treatment that comes after this one, as a capability; null where there is none. */
  readonly onward: string | null
}

/** What each channel is treated by, the best first; minutes stand in the rulebook. @source 县域五大中心建设 */
export const TIMED_TREATMENTS: Readonly<Record<EmergencyChannel, readonly TimedTreatment[]>> = {
  'chest-pain': [
    {
      capability: 'ppci',
      words: { zh: '急诊介入(PCI)', en: 'primary PCI' },
      door: 'door-to-balloon',
      whole: 'contact-to-device',
      procedure: 'pci',
      onward: null,
    },
    {
      capability: 'lysis',
      words: { zh: '溶栓', en: 'thrombolysis' },
      door: 'door-to-needle',
      whole: null,
      procedure: 'thrombolysis',
      onward: 'ppci',
    },
  ],
  stroke: [
    {
      capability: 'lysis',
      words: { zh: '静脉溶栓', en: 'intravenous thrombolysis' },
      door: 'door-to-needle',
      whole: null,
      procedure: 'thrombolysis',
      onward: 'thrombectomy',
    },
    {
      capability: 'thrombectomy',
      words: { zh: '取栓', en: 'thrombectomy' },
      door: 'door-to-puncture',
      whole: null,
      procedure: 'thrombectomy',
      onward: null,
    },
  ],
  trauma: [
    {
      capability: 'damage-control',
      words: { zh: '损伤控制手术', en: 'damage-control surgery' },
      door: 'door-to-operation',
      whole: null,
      procedure: null,
      onward: null,
    },
  ],
  maternal: [
    {
      capability: 'critical-obstetrics',
      words: { zh: '危重孕产妇救治', en: 'critical obstetric care' },
      door: 'door-to-team',
      whole: null,
      procedure: null,
      onward: null,
    },
  ],
  newborn: [
    {
      capability: 'critical-newborn',
      words: { zh: '危重新生儿救治', en: 'critical newborn care' },
      door: 'door-to-team',
      whole: null,
      procedure: null,
      onward: null,
    },
  ],
}

/** Minutes from now to the treatment at one centre, and whether that is within the target. */
export type Clock = {
  readonly treatment: TimedTreatment
  readonly travelMinutes: number
  readonly doorMinutes: number
  readonly totalMinutes: number
  /** From now to the treatment; null where the channel has no such target. */
  readonly targetMinutes: number | null
  readonly isWithin: boolean
}

export const clockFor = (treatment: TimedTreatment, travelMinutes: number, minutesOf: (target: string) => number): Clock => {
  const doorMinutes = minutesOf(treatment.door)
  const targetMinutes = treatment.whole === null ? null : minutesOf(treatment.whole)
  const totalMinutes = travelMinutes + doorMinutes
  return {
    treatment,
    travelMinutes,
    doorMinutes,
    totalMinutes,
    targetMinutes,
    isWithin: targetMinutes === null || totalMinutes <= targetMinutes,
  }
}

/**
 * Centres in the order in which to drive there: those that give a treatment within its target, the better treatment first, the shorter
 * way first; then those that are too far for the target, the shorter way first. A centre stands once, under its best clock.
 */
export const inOrderOfTime = <Centre extends { readonly id: string }>(
  byTreatment: readonly (readonly { readonly centre: Centre; readonly clock: Clock }[])[],
): { readonly centre: Centre; readonly clock: Clock }[] => {
  const byWay = (a: { clock: Clock }, b: { clock: Clock }): number => a.clock.travelMinutes - b.clock.travelMinutes
  const inTime = byTreatment.flatMap((list) => list.filter(({ clock }) => clock.isWithin).toSorted(byWay))
  const late = byTreatment.flatMap((list) => list.filter(({ clock }) => !clock.isWithin)).toSorted(byWay)
  const seen = new Set<string>()
  return [...inTime, ...late].filter(({ centre }) => !seen.has(centre.id) && seen.add(centre.id))
}
