import type { Queries } from '../../api/api-types.ts'
import { formatDay } from '../../ui/time-format.ts'
import { overlap } from './letter-templates.ts'

export type DiseaseCriteria = Queries['referral.criteria']['answer']['diseases'][number]
export type Criterion = DiseaseCriteria['criteria'][number]

/** The pages whose ICD-10 ranges share a category with the condition. */
export const criteriaFor = (icd10: readonly string[], diseases: readonly DiseaseCriteria[]): readonly DiseaseCriteria[] =>
  diseases.filter((disease) => disease.icd10.some((range) => icd10.some((code) => overlap(range, code))))

/** What holds: met by the record, or seen by the doctor where the record does not tell. */
export const holds = ({ id, state }: Pick<Criterion, 'id' | 'state'>, seen: readonly string[]): boolean =>
  state === 'met' || (state === 'unknown' && seen.includes(id))

/** The sentence for the letter: each clause that holds, with the values and days that say so. Chinese, as the letter is. */
export const reasonFrom = (criteria: readonly Criterion[], seen: readonly string[]): string => {
  const told = criteria
    .filter((one) => holds(one, seen))
    .map(({ words, state, facts }) => {
      const values = state === 'met' ? facts.map(({ zh, at }) => `${zh}${at === null ? '' : ` ${formatDay(at)}`}`) : ['现场所见']
      return `${words.zh}（${values.join('，')}）`
    })
  return told.length === 0 ? '' : `符合上转标准：${told.join('；')}。`
}

/** A reason with the sentence of the criteria in front; an earlier sentence of theirs is replaced, never repeated. */
export const withCriteria = (reason: string, sentence: string): string => {
  const rest = reason.replace(/^符合上转标准：[^\n]*(\n|$)/, '')
  return rest === '' ? sentence : `${sentence}\n${rest}`
}
