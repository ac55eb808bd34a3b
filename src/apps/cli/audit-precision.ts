import { precisionOf, precisionRow, PRECISION_DAY, PRECISION_SEED } from '../../../sim/audit-rules/precision.ts'
import { isDay, type Day } from '../../kernel/day.ts'
import { loadRulebook } from '../../platform/rulebook.ts'
import { RuleConflict, RuleGap } from '../../shapes/rulebook.ts'
import { CliRefusal } from './cli-refusal.ts'

export type PrecisionWish = {
  readonly seed: string | undefined
  readonly folder: string | undefined
  readonly day: string | undefined
  readonly asJson: boolean
}

const HEAD = [
  '| 号 | 规则 | 结果 | 查准(齐全) | 查全(齐全) | 查准(缺失) | 查全(缺失) |',
  '| --- | --- | --- | --- | --- | --- | --- |',
]
const SEED_MOST = 4_294_967_294

const seedOf = (text: string | undefined): number => {
  const seed = text === undefined ? PRECISION_SEED : /^\d{1,10}$/.test(text) ? Number(text) : NaN
  if (seed <= SEED_MOST) return seed
  throw new CliRefusal({
    zh: `种子“${text}”应为 0 到 ${SEED_MOST} 的整数。`,
    en: `The seed ${text} should be a whole number from 0 to ${SEED_MOST}.`,
  })
}

/**
 * `jieli audit precision`: how well each rule of a rulebook finds what was planted for it in made-up bills, as the table of
 * docs/audit-rules.md, or as JSON with the counts.
 * @throws CliRefusal for a seed or day that is none, or a rulebook without the rules of that day.
 */
export const auditPrecision = async (wish: PrecisionWish, print: (line: string) => void): Promise<void> => {
  const day = wish.day ?? PRECISION_DAY
  if (!isDay(day))
    throw new CliRefusal({ zh: `“${day}”不是日期。请写成 YYYY-MM-DD。`, en: `${day} is no day. Write YYYY-MM-DD.` })
  const seed = seedOf(wish.seed)
  const rulebook = await loadRulebook(wish.folder)
  try {
    const run = precisionOf(rulebook, day as Day, { seed })
    if (wish.asJson) return print(JSON.stringify({ day, ...run }))
    for (const row of [...HEAD, ...run.rules.map(precisionRow)]) print(row)
    print(
      `每条规则 ${run.each} 例违规、${run.each} 例相近而不违规,共 ${run.cases} 例、${run.lines} 行明细;种子 ${run.seed},缺失 ${run.lostPercent}%;规则按 ${day}。` +
        ` ${run.each} violations and ${run.each} near misses of each rule, ${run.cases} cases of ${run.lines} lines; seed ${run.seed}, ${run.lostPercent} % lost; rules of ${day}.`,
    )
  } catch (error) {
    if (!(error instanceof RuleGap || error instanceof RuleConflict)) throw error
    throw new CliRefusal({
      zh: `这一天的规则库不能用于审核:${error.message}。请换一天(--day),或补全规则库。`,
      en: `The rulebook of that day cannot audit: ${error.message}. Take another day (--day), or complete the rulebook.`,
    })
  }
}
