import { ageOn, daysBetween, plusDays, type Day } from '../../../kernel/day.ts'

/** A public-health service that a person is due by age or illness: whom it is for, and which codes in the record show that it was done. */
type Service = {
  readonly key: (typeof DUE_SERVICES)[number]
  /** Beginnings of ICD-10 codes of which the person must have one. */
  readonly icd?: readonly string[]
  /** Beginnings that rule it out, because another service takes its place. */
  readonly notIcd?: readonly string[]
  /** LOINC codes of which one shows that it was done. */
  readonly shownBy: readonly string[]
}

export const DUE_SERVICES = ['pressure-yearly', 'hypertension-visit', 'diabetes-visit', 'copd-visit', 'elderly-check'] as const

const PRESSURE = ['8480-6', '85354-9', '55284-4']
const HYPERTENSION = ['I10', 'I11', 'I12', 'I13', 'I15']
const DIABETES = ['E10', 'E11', 'E12', 'E13', 'E14']

// 国家基本公共卫生服务规范(第三版, 2017) and the item of 2024 for COPD; ages and intervals are rulebook values.
const SERVICES: readonly Service[] = [
  { key: 'pressure-yearly', notIcd: HYPERTENSION, shownBy: PRESSURE },
  { key: 'hypertension-visit', icd: HYPERTENSION, shownBy: PRESSURE },
  { key: 'diabetes-visit', icd: DIABETES, shownBy: ['1558-6', '2339-0', '2345-7', '14771-0', '15074-8', '14749-6'] },
  { key: 'copd-visit', icd: ['J44'], shownBy: ['19926-5', '59408-5', '2708-6'] },
  { key: 'elderly-check', shownBy: ['2160-0', '14682-9', '718-7', '11524-6'] },
]

export type CareFacts = {
  readonly bornOn: Day | null
  readonly isAlive: boolean
  readonly problems: readonly string[]
  /** The last day on which each code was measured. */
  readonly lastOn: ReadonlyMap<string, Day>
}

/** What is due: since when it should be done, and when it was done last; null when the record does not show it. */
export type DueService = {
  readonly key: Service['key']
  readonly dueOn: Day
  readonly lastOn: Day | null
  readonly isDue: boolean
}

export type CareRules = {
  /** From which age a service is for a person, years. */
  readonly fromYears: (service: string) => number
  /** How often it is due, days. */
  readonly everyDays: (service: string) => number
}

/**
 * The public-health services that are for a person, the most overdue first. It says only what the record shows: a service done
 * elsewhere and not recorded counts as due. Source: 国家基本公共卫生服务规范(第三版).
 */
export const dueServices = ({ bornOn, isAlive, problems, lastOn }: CareFacts, rules: CareRules, today: Day): DueService[] => {
  if (!isAlive || bornOn === null) return []
  const age = ageOn(bornOn, today)
  const has = (beginnings: readonly string[]) =>
    problems.some((code) => beginnings.some((start) => code.toUpperCase().startsWith(start)))
  return SERVICES.filter(({ key, icd, notIcd }) => age >= rules.fromYears(key) && (!icd || has(icd)) && !(notIcd && has(notIcd)))
    .map(({ key, shownBy }): DueService => {
      const last =
        shownBy
          .flatMap((code) => lastOn.get(code) ?? [])
          .toSorted()
          .at(-1) ?? null
      const dueOn = last === null ? today : plusDays(last, rules.everyDays(key))
      return { key, dueOn, lastOn: last, isDue: dueOn <= today }
    })
    .toSorted((a, b) => daysBetween(b.dueOn, a.dueOn))
}
