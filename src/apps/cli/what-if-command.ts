import { parse } from 'yaml'
import { z } from 'zod'
import { dayOf } from '../../kernel/day.ts'
import type { Config } from '../../platform/config.ts'
import { databaseNow } from '../../platform/database/pool.ts'
import { loadRulebook } from '../../platform/rulebook.ts'
import { valueOn } from '../../shapes/rulebook.ts'
import { FACTORS, presentWeights, shownWhatIf, whatIf, type Weights } from '../../modules/navigation/index.ts'
import { CliRefusal } from './cli-refusal.ts'
import { textAt } from './import-knowledge.ts'
import { withOperatorDatabase } from './operator-database.ts'

export type WhatIfCommand = { readonly weights: string; readonly days: string | undefined; readonly asJson: boolean }

const some = z.partialRecord(z.enum(FACTORS), z.number().min(-1000).max(1000))
const file = z.strictObject({ routine: some.optional(), urgent: some.optional() })
const NEVER_NEGATIVE = ['kilometre', 'wait-day'] as const
const DAYS = 28
const DAYS_MOST = 366

const weightsIn = (text: string, path: string): z.output<typeof file> => {
  const refused = (why: string): CliRefusal =>
    new CliRefusal({
      zh: `${path} 不是可用的权重文件(${why})。应为 YAML:routine: 或 urgent: 下列出 ${FACTORS.join('、')} 中要改的项。`,
      en: `${path} holds no weights that can be used (${why}). It is YAML: routine: or urgent:, and under it what is to change of ${FACTORS.join(', ')}.`,
    })
  let read: ReturnType<typeof file.safeParse>
  try {
    read = file.safeParse(parse(text))
  } catch (error) {
    throw refused((error as Error).message.split('\n')[0] ?? '')
  }
  if (!read.success) throw refused(z.prettifyError(read.error).replaceAll('\n', ' '))
  for (const part of [read.data.routine, read.data.urgent])
    for (const factor of NEVER_NEGATIVE) if ((part?.[factor] ?? 0) < 0) throw refused(`${factor} < 0`)
  return read.data
}

const daysOf = (written: string | undefined): number => {
  const days = written === undefined ? DAYS : Number(written)
  if (Number.isInteger(days) && days >= 1 && days <= DAYS_MOST) return days
  throw new CliRefusal({ zh: `--days 应为 1–${DAYS_MOST} 的整数。`, en: `--days is a whole number from 1 to ${DAYS_MOST}.` })
}

/** Ranks the referrals of the last days by the weights of a file and prints who would be sent elsewhere; nothing is written. */
export const whatIfNavigation = async (config: Config, command: WhatIfCommand, print: (line: string) => void): Promise<void> => {
  const days = daysOf(command.days)
  const changed = weightsIn(await textAt(command.weights), command.weights)
  const rulebook = await loadRulebook(config.rulebook ?? undefined)
  const found = await withOperatorDatabase(config, (database) =>
    database.transaction(async (tx) => {
      const now = await databaseNow(tx)
      const today = dayOf(now, config.zone)
      const policy = (id: string, by?: string): number => valueOn(rulebook, id, today, by)
      const present = presentWeights({ policy })
      const other = {
        routine: { ...present.routine, ...changed.routine } as Weights,
        urgent: { ...present.urgent, ...changed.urgent } as Weights,
      }
      const horizonDays = policy('navigation.horizon-days')
      return whatIf(tx, { now, today, days, horizonDays, most: policy('navigation.what-if-most'), present, other })
    }, 'read'),
  )
  const shown = shownWhatIf(found)
  for (const line of command.asJson ? [JSON.stringify({ days, ...shown })] : pageOf(days, shown)) print(line)
}

const pageOf = (days: number, { referrals, ranked, moved, flows, tiers, samples }: ReturnType<typeof shownWhatIf>): string[] => {
  const nameOf = ({ id, name }: (typeof flows)[number]['from']): string => name?.zh ?? id
  return [
    `最近 ${days} 天 ${referrals} 份转诊,${ranked} 份有可去之处;改用新权重后 ${moved} 份的首选会改变。`,
    `${referrals} referrals in ${days} days, ${ranked} with a place to go to; ${moved} would have another first choice.`,
    ...(flows.length > 0 ? ['', '首选改变 First choice from → to:'] : []),
    ...flows.map(({ from, to, count }) => `  ${count}  ${nameOf(from)} → ${nameOf(to)}`),
    '',
    '各层级首选份数 First choices by tier (before → after):',
    ...tiers.map(({ tier, before, after }) => `  ${tier}  ${before} → ${after}`),
    ...(samples.length > 0 ? ['', '例(不含个人信息)Samples without persons:'] : []),
    ...samples.map(
      ({ county, specialty, condition, urgency, from, to }) =>
        `  ${county} ${specialty} ${condition ?? ''} ${urgency}: ${nameOf(from)} → ${nameOf(to)}`,
    ),
  ]
}
