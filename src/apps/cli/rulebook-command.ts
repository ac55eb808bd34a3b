import { stat } from 'node:fs/promises'
import { hostInstant } from '../../kernel/clock.ts'
import { dayOf, isDay, type Day } from '../../kernel/day.ts'
import { SHIPPED_RULEBOOK } from '../../platform/rulebook.ts'
import { checkRulebook } from '../rulebook-check/check.ts'
import { CliRefusal } from './cli-refusal.ts'
import { rulebookPage } from './rulebook-page.ts'

export type RulebookWish = {
  readonly act: string | undefined
  readonly folder: string | undefined
  readonly day: string | undefined
  readonly years: string | undefined
  /** An area (changsha, changsha/residents) or a part of the national rulebook (national, national/fund). */
  readonly area: string | undefined
  readonly asJson: boolean
}

const YEARS = 2
const YEARS_MOST = 50

const dayOfCheck = (written: string | undefined): Day => {
  if (written === undefined) return dayOf(hostInstant(), 'Asia/Shanghai')
  if (isDay(written)) return written as Day
  throw new CliRefusal({ zh: `--day 应为 YYYY-MM-DD,不是 ${written}。`, en: `--day is YYYY-MM-DD, not ${written}.` })
}

const yearsOf = (written: string | undefined): number => {
  const years = written === undefined ? YEARS : Number(written)
  if (Number.isInteger(years) && years >= 1 && years <= YEARS_MOST) return years
  throw new CliRefusal({ zh: `--years 应为 1–${YEARS_MOST} 的整数。`, en: `--years is a whole number from 1 to ${YEARS_MOST}.` })
}

/** `jieli rulebook check`: gaps, overlaps, unsourced and stale values of a rulebook; ends with 1 when something has to be corrected. */
export const rulebookCommand = async (wish: RulebookWish, print: (line: string) => void): Promise<void> => {
  if (wish.act !== 'check')
    throw new CliRefusal({
      zh: `不能对规则库做“${wish.act ?? ''}”。可用:npx jieli rulebook check。`,
      en: `“${wish.act ?? ''}” cannot be done to a rulebook. What can be: npx jieli rulebook check.`,
    })
  const folder = wish.folder ?? SHIPPED_RULEBOOK
  const isFolder = await stat(folder).then((found) => found.isDirectory(), () => false) // prettier-ignore
  if (!isFolder)
    throw new CliRefusal({
      zh: `没有文件夹 ${folder}。请检查 --rulebook。`,
      en: `There is no folder ${folder}. Check --rulebook.`,
    })
  const { area } = wish
  const found = await checkRulebook(folder, dayOfCheck(wish.day), yearsOf(wish.years), area)
  if (found === null)
    throw new CliRefusal({
      zh: `规则库 ${folder} 中没有 ${area}。--area 写作 changsha、changsha/residents、national 或 national/fund;不写则列出全部。`,
      en: `The rulebook ${folder} has no ${area}. --area is written changsha, changsha/residents, national or national/fund; without it all are listed.`,
    })
  if (wish.asJson) print(JSON.stringify(found))
  else for (const line of rulebookPage(found, area !== undefined)) print(line)
  if (found.faults > 0) process.exitCode = 1
}
