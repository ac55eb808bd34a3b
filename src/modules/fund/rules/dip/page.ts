import { ageOn, daysBetween, type Day } from '../../../../kernel/day.ts'
import type { Treatment } from './catalogue.ts'
import type { SeverityFacts } from './severity.ts'

/** What of a front page (病案首页) a discharge is made of. Money in fen. */
export type PageFacts = {
  readonly diagnosis: string
  readonly zh: string
  readonly procedures: readonly { readonly code: string; readonly level: string | null }[]
  readonly days: number
  readonly totalFen: number | null
  /** On the day of admission: kept instead of the day of birth. */
  readonly age: Pick<SeverityFacts, 'ageYears' | 'ageDays'> | null
  readonly sex: 'female' | 'male' | null
  readonly died: boolean
}

/** The settled bill of a stay. */
export type PageBill = { readonly billNo: string; readonly totalFen: number; readonly basicFen: number }

/** Why a front page is no discharge yet: each is somebody's to put right. */
export const PAGE_LACKS = ['bill', 'bills', 'cost', 'treatment', 'diagnosis', 'procedures', 'age', 'cleared'] as const
export type PageLack = (typeof PAGE_LACKS)[number]

// Codes of the insurance edition. @source 医保版 ICD-10, ICD-9-CM-3: what `fund.send-discharges` takes
const DIAGNOSIS = /^[A-Z]\d\d(\.[0-9x]{1,3}([0-9x]{0,4}))?$/
const PROCEDURE = /^\d\d\.\d{1,4}(x\d{1,3})?$/
// Categories of procedures that look only: imaging, examination, microscopy. @source the chapters of ICD-9-CM volume 3
const LOOKING = { from: 87, until: 91 }
// Categories of procedures that treat without an operation. @source the chapters of ICD-9-CM volume 3
const TREATING = { from: 96, until: 99 }

const isIn = ({ from, until }: { from: number; until: number }, code: string): boolean => {
  const category = Number(code.split('.')[0])
  return category >= from && category <= until
}

/**
 * How a stay was treated by its procedures: without any, conservatively; with one that has a level of operation (手术级别), by surgery; with
 * procedures that look only, diagnostically; with those that treat without an operation, therapeutically. Null where the page does not tell: a code
 * of the chapters of operations without a level may be an operation or an endoscopy.
 */
export const treatmentOf = (procedures: PageFacts['procedures']): Treatment | null => {
  if (procedures.length === 0) return 'conservative'
  if (procedures.some(({ level }) => level !== null)) return 'surgical'
  if (procedures.every(({ code }) => isIn(LOOKING, code))) return 'diagnostic'
  return procedures.every(({ code }) => isIn(LOOKING, code) || isIn(TREATING, code)) ? 'therapeutic' : null
}

/** A discharge as far as a page and its bill tell it. */
export type OfPage = {
  readonly number: string
  readonly diagnosis: string
  readonly procedures: readonly string[]
  readonly treatment: Treatment
  readonly costFen: number
  readonly claimedFen: number
  readonly facts: SeverityFacts
}

const isTumour = (diagnosis: string): boolean => diagnosis.startsWith('C') || /^D[0-4]/.test(diagnosis)

/** The age on the day of admission, of those who are not yet one in days too. */
export const ageAtAdmission = (bornOn: Day, admittedOn: Day): Pick<SeverityFacts, 'ageYears' | 'ageDays'> => {
  const ageYears = ageOn(bornOn, admittedOn)
  return { ageYears, ageDays: ageYears === 0 ? Math.max(0, daysBetween(bornOn, admittedOn)) : null }
}

const lacksOf = (page: PageFacts, bills: readonly PageBill[], isCleared: boolean): PageLack[] => {
  const [bill, another] = bills
  const is: Readonly<Record<PageLack, boolean>> = {
    bill: bill === undefined,
    bills: another !== undefined,
    cost: bill !== undefined && another === undefined && page.totalFen !== null && page.totalFen !== bill.totalFen,
    treatment: treatmentOf(page.procedures) === null,
    diagnosis: !DIAGNOSIS.test(page.diagnosis),
    procedures: page.procedures.some(({ code }) => !PROCEDURE.test(code)),
    age: page.age === null,
    cleared: isCleared,
  }
  return PAGE_LACKS.filter((lack) => is[lack])
}

/**
 * The discharge that a front page and the one settled bill of its stay make, under the number of the bill; or everything that keeps it from being one.
 * What a page does not say for the auxiliary directories stays unsaid, but a death.
 */
export const dischargeOfPage = (
  page: PageFacts,
  bills: readonly PageBill[],
  isCleared: boolean,
): { readonly lacks: readonly PageLack[] } | { readonly made: OfPage } => {
  const [bill] = bills
  const treatment = treatmentOf(page.procedures)
  const lacks = lacksOf(page, bills, isCleared)
  if (lacks.length > 0 || bill === undefined || treatment === null || page.age === null) return { lacks }
  const tumour = isTumour(page.diagnosis)
  return {
    made: {
      number: bill.billNo,
      diagnosis: page.diagnosis,
      procedures: page.procedures.map(({ code }) => code),
      treatment,
      costFen: bill.totalFen,
      claimedFen: bill.basicFen,
      facts: {
        ...page.age,
        comorbidity: null,
        illness: page.died && !tumour ? 'death' : null,
        tumour: page.died && tumour ? 'death' : null,
        intensiveCareDays: null,
      },
    },
  }
}
