import { z } from 'zod'
import { isDay } from '../../../kernel/day.ts'
import { TREATMENTS } from '../rules/dip/catalogue.ts'
import { CLEARING_BASES } from '../rules/dip/clearing.ts'
import { PRICINGS } from '../rules/dip/score.ts'
import { ILLNESS_GRADES, TUMOUR_GRADES } from '../rules/dip/severity.ts'

/** Discharges that are taken at once. */
export const DISCHARGES_MOST = 500
const WORDS_MOST = 300

const org = z.string().regex(/^\d{1,18}$/, '应为编号(数字)|An id is digits')
const year = z.number().int().min(2000).max(2200)
const month = z.number().int().min(1).max(12)
// The catalogue keeps costs as numbers of 32 bits: a stay costs less than 21 million yuan.
const stayFen = z.number().int().min(0).max(2_147_483_647)
const fen = z.number().int().min(0).max(1_000_000_000_000_000)
const share = z.number().int().min(0).max(10_000)
const why = z.string().trim().min(1, '请写明理由|Say why').max(WORDS_MOST)
const stayNumber = z.string().trim().min(1).max(40)

// An identity number of residents: 17 digits and a digit or X, or the older 15 digits. @source GB 11643
const IDENTITY_NUMBER = /^(\d{17}[0-9Xx]|\d{15})$/
const personCode = z
  .string()
  .regex(
    /^[0-9A-Za-z-]{8,40}$/,
    '应为医保统一给出的人员代码(8–40 位字母、数字、短横)|The insurer’s code of the person: 8 to 40 letters, digits or dashes',
  )
  .refine(
    (code) => !IDENTITY_NUMBER.test(code),
    '不能填身份证号,请改填医保给出的人员代码|Not an identity number: give the insurer’s code of the person',
  )
  .nullable()
  .default(null)

const discharge = z
  .strictObject({
    org,
    number: stayNumber,
    dischargedOn: z.string().refine(isDay, '应为日期,例如 2025-03-01|A day, such as 2025-03-01'),
    diagnosis: z
      .string()
      .regex(
        /^[A-Z]\d\d(\.[0-9x]{1,3}([0-9x]{0,4}))?$/,
        '应为医保版 ICD-10 编码,例如 K35.900x002|A code of ICD-10 such as K35.900x002',
      ),
    zh: z.string().trim().min(1).max(80),
    procedures: z
      .array(
        z.string().regex(/^\d\d\.\d{1,4}(x\d{1,3})?$/, '应为 ICD-9-CM-3 编码,例如 47.0100|A code of ICD-9-CM-3 such as 47.0100'),
      )
      .max(20)
      .default([]),
    treatment: z.enum(TREATMENTS),
    days: z.number().int().min(0).max(3_660),
    costFen: stayFen,
    claimedFen: stayFen,
    ageYears: z.number().int().min(0).max(150),
    ageDays: z.number().int().min(0).max(366).nullable().default(null),
    comorbidity: z.number().int().min(0).max(50).nullable().default(null),
    illness: z.enum(ILLNESS_GRADES).nullable().default(null),
    tumour: z.enum(TUMOUR_GRADES).nullable().default(null),
    intensiveCareDays: z.number().int().min(0).max(3_660).nullable().default(null),
    personCode,
    sex: z.enum(['female', 'male']).nullable().default(null),
    returnPlanned: z.boolean().default(false),
  })
  .refine(({ costFen, claimedFen }) => claimedFen <= costFen, {
    message: '基金申报不能多于总费用|The fund cannot have booked more than the cost',
    path: ['claimedFen'],
  })

export const sendDischargesInput = z.strictObject({ discharges: z.array(discharge).min(1).max(DISCHARGES_MOST) })
// A table goes in parts that fit a request.
const TABLE_LETTERS_MOST = 800_000
/** `text`: a table with its heading; `offset`: lines of the file between its heading and the first row of this part. */
export const importDischargesInput = z.strictObject({
  text: z.string().min(1).max(TABLE_LETTERS_MOST),
  offset: z.number().int().min(0).max(10_000_000).default(0),
  goodRows: z.boolean().default(false),
  dryRun: z.boolean().default(false),
})
export const takeBackDischargeInput = z.strictObject({ org, number: stayNumber, why })
export const buildCatalogueInput = z.strictObject({ year })
export const priceGroupInput = z.strictObject({
  catalogue: z.uuid(),
  key: z.string().min(3).max(200),
  pricing: z.enum(PRICINGS),
  why,
})
export const decideCatalogueInput = z.strictObject({ catalogue: z.uuid(), decision: z.enum(['publish', 'drop']), why })
export const groupDischargesInput = z.strictObject({ year, month })
export const prepayMonthInput = z.strictObject({
  year,
  month,
  takenOff: z
    .array(z.strictObject({ org, fen: fen.min(1) }))
    .max(1_000)
    .default([]),
})
export const proposeClearingInput = z.strictObject({
  year,
  fundFen: fen.min(1),
  reserveFen: fen.default(0),
  basis: z.enum(CLEARING_BASES).default('fund'),
  assessments: z.array(z.strictObject({ org, share })).max(1_000).default([]),
  clawbacks: z
    .array(z.strictObject({ org, fen: fen.min(1) }))
    .max(1_000)
    .default([]),
})
export const decideClearingInput = z.strictObject({ clearing: z.uuid(), decision: z.enum(['approve', 'return']), why })

export const cataloguesInput = z.strictObject({})
export const groupsInput = z.strictObject({
  catalogue: z.uuid(),
  text: z.string().trim().max(40).optional(),
  kind: z.enum(['core', 'comprehensive']).optional(),
  pricing: z.enum(PRICINGS).optional(),
  /** The key of the last group that was shown. */
  after: z.string().max(200).optional(),
})
export const groupInput = z.strictObject({ catalogue: z.uuid(), key: z.string().min(3).max(200) })
export const dipYearInput = z.strictObject({ year: year.optional(), org: org.optional() })
export const dipCasesInput = z.strictObject({
  year,
  org: org.optional(),
  month: month.optional(),
  kind: z.enum(['low', 'usual', 'high', 'ungrouped']).optional(),
  after: z.string().max(40).optional(),
})
export const takePagesInput = z.strictObject({ year })
export const takePagesOfBillInput = z.strictObject({ org, bill: z.uuid() })
export const pagesInput = z.strictObject({ year, org: org.optional() })
export const supervisionInput = z.strictObject({ year })
export const payForBillInput = z.strictObject({ org, bill: z.uuid() })
export const dipCaseInput = z.strictObject({ org, number: stayNumber })
