import { stat } from 'node:fs/promises'
import { hostInstant } from '../../kernel/clock.ts'
import { dayOf, isDay, type Day } from '../../kernel/day.ts'
import { SHIPPED_RULEBOOK } from '../../platform/rulebook.ts'
import type { Finding } from '../../shapes/rulebook-check.ts'
import { checkRulebook, type RulebookCheck } from '../rulebook-check/check.ts'
import { CliRefusal } from './cli-refusal.ts'

export type RulebookWish = {
  readonly act: string | undefined
  readonly folder: string | undefined
  readonly day: string | undefined
  readonly years: string | undefined
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

const HEADINGS: readonly (readonly [Finding['kind'], string])[] = [
  ['unreadable', '读不懂的文件 Files that cannot be used'],
  ['gap', '缺口 Gaps'],
  ['overlap', '重叠 Overlaps'],
  ['unsourced', '没有来源 Without a source'],
  ['ended', '已到期 Ended'],
  ['stale', '久未核对 Not compared for long'],
  ['disputed', '来源互相矛盾 Disputed'],
  ['known-gap', '已知缺口 Known gaps'],
]

const pageOf = ({ files, values, grades, findings }: RulebookCheck): string[] => {
  const faults = findings.filter(({ weight }) => weight === 'fault').length
  const counted = Object.entries(grades).map(([grade, count]) => `${grade} ${count}`)
  return [
    `${files} 个文件,${values} 个值(${counted.join(',')})。 ${files} files, ${values} values (${counted.join(', ')}).`,
    ...HEADINGS.flatMap(([kind, heading]) => {
      const of = findings.filter((finding) => finding.kind === kind)
      if (of.length === 0) return []
      return [
        '',
        `${heading}: ${of.length}`,
        ...of.map(
          ({ weight, file, key, zh, en }) => `  ${weight === 'fault' ? '✖' : '·'} ${file}  ${key}\n      ${zh}\n      ${en}`,
        ),
      ]
    }),
    '',
    faults === 0 ? '✔ 没有必须改正之处。 Nothing has to be corrected.' : `✖ ${faults} 处必须改正。 ${faults} to be corrected.`,
  ]
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
  const found = await checkRulebook(folder, dayOfCheck(wish.day), yearsOf(wish.years))
  if (wish.asJson) print(JSON.stringify(found))
  else for (const line of pageOf(found)) print(line)
  if (found.findings.some(({ weight }) => weight === 'fault')) process.exitCode = 1
}
