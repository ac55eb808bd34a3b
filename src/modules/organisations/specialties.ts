import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'

const row = z.strictObject({
  code: z.string().regex(/^\d{4}$/),
  zh: z.string().min(1),
  en: z.string().min(1),
  grade: z.enum(['seen', 'memory']),
})

/** A row of 诊疗科目名录; `grade` says whether the code was seen in a published source or is recalled and to be checked. */
export type Specialty = z.infer<typeof row>

/** The shipped 诊疗科目名录. */
export const SPECIALTY_FILE = join(import.meta.dirname, '..', '..', '..', 'knowledge', 'specialties.yaml')

/**
 * The clinical specialties (诊疗科目), both levels as 4 digits: `0300` is 内科, `0304` 心血管内科.
 * @throws Error when the file cannot be read as such a list, or names a code twice
 * @source 医疗机构诊疗科目名录
 */
export const readSpecialties = (file: string = SPECIALTY_FILE): readonly Specialty[] => {
  const parsed = z.array(row).safeParse(parse(readFileSync(file, 'utf8')))
  if (!parsed.success) throw new Error(`Specialties: ${z.prettifyError(parsed.error)}`)
  const codes = parsed.data.map(({ code }) => code)
  const twice = codes.find((code, at) => codes.indexOf(code) !== at)
  if (twice) throw new Error(`Specialties: ${twice} stands there twice.`)
  return parsed.data
}

/** How a code of 4 digits is written outside: `03.04`, and `03` for a code of the first level. */
export const printedSpecialty = (code: string): string =>
  code.endsWith('00') ? code.slice(0, 2) : `${code.slice(0, 2)}.${code.slice(2)}`
