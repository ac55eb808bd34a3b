import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { isDay } from '../../kernel/day.ts'
import type { Words } from '../../kernel/words.ts'
import {
  addedBy,
  areaClaim,
  areaFile,
  bandFault,
  byCareList,
  careListFile,
  ClaimRefusal,
  doubtfulShares,
  settleClaim,
  settleYear,
  type AreaBook,
  type AreaClaim,
  type CareList,
  type SettledBill,
} from '../../modules/settlement/index.ts'
import { SHIPPED_RULEBOOK } from '../../platform/rulebook.ts'
import { RuleConflict, RuleGap } from '../../shapes/rulebook.ts'
import { CliRefusal } from './cli-refusal.ts'
import { formFaults } from './form-faults.ts'
import { settlePage } from './settle-page.ts'

export type SettleWish = {
  readonly claim: string
  readonly folder: string | undefined
  readonly area: string | undefined
  readonly day: string | undefined
  readonly asJson: boolean
  readonly isExplained: boolean
}

/** A file may state the bill alone, or beside it the area or a book of its own, or the bills of a whole year. */
const bill = z.strictObject({
  id: z.string().min(1),
  hospital: z.string().default(''),
  goesOnFrom: z.array(z.string()).default([]),
  claim: z.looseObject({}),
})
const around = z
  .looseObject({
    area: z.string(),
    book: z.unknown(),
    careList: z.unknown(),
    claim: z.looseObject({}),
    bills: z.array(bill).min(1),
  })
  .partial()

const refuse = (zh: string, en: string): CliRefusal => new CliRefusal({ zh, en })

const textOfFile = (path: string): Promise<string> =>
  readFile(path, 'utf8')
    .then((text) => text.replace(/^\uFEFF/, ''))
    .catch(() => {
      throw refuse(`读不到文件 ${path}。请检查路径。`, `${path} cannot be read. Check the path.`)
    })

const parsedBy = <T>(schema: z.ZodType<T>, value: unknown, what: Words, of: 'claim' | 'book' = 'claim'): T => {
  const read = schema.safeParse(value)
  if (read.success) return read.data
  const faults = formFaults(read.error.issues, value, of)
  throw refuse(
    `${what.zh}不合格式,未结算。格式见 docs/settlement.md 与 docs/rulebook-areas.md。\n${faults.zh}`,
    `${what.en} is not in the form of docs/settlement.md or docs/rulebook-areas.md; nothing was settled.\n${faults.en}`,
  )
}

/** A book that may be settled by: of fees that its bands leave out nobody knows the rate, and it is never taken as 0. */
const bookBy = (value: unknown, what: Words): AreaBook => {
  const book = parsedBy(areaFile, value, what, 'book')
  const at = book.rows.findIndex(bandFault)
  if (at < 0) return book
  throw refuse(
    `${what.zh}第 ${at + 1} 行的分段不相接,未结算:每段须从上一段的终点开始,终点大于起点。没有分段的费用不当作 0。`,
    `${what.en} has bands in row ${at + 1} that do not join; nothing was settled: each begins where the one before it ends, and ends above its beginning. Fees without a band are never taken as 0.`,
  )
}

const jsonOf = (text: string, path: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    const { message } = error as Error
    throw refuse(
      `${path} 不是 JSON(${message})。常见原因:末尾多写逗号、用了中文引号或冒号、文件不是 UTF-8。请更正后再结算。`,
      `${path} is no JSON (${message}). Often a comma too many at an end, quotes or colons of Chinese typing, or a file that is not UTF-8. Correct it and settle again.`,
    )
  }
}

// A percent has a hundred basis points.
const BP_OF_PERCENT = 100
const AREA = /^[a-z][a-z-]*(\/(residents|workers))?$/

/** The book of `area` or `area/insured type`: below `areas/` of a rulebook, or in the folder itself. */
const bookOfArea = async (folder: string, area: string, insured: unknown): Promise<AreaBook> => {
  if (!AREA.test(area))
    throw refuse(
      `统筹区应写作 changsha 或 changsha/residents,不是 ${area}。`,
      `An area is written changsha or changsha/residents, not ${area}.`,
    )
  const types = area.includes('/') ? [''] : typeof insured === 'string' ? [`/${insured}`] : ['/residents', '/workers']
  const paths = types.flatMap((type) => [join(folder, 'areas', `${area}${type}.yaml`), join(folder, `${area}${type}.yaml`)])
  const texts = await Promise.all(paths.map((path) => readFile(path, 'utf8').catch(() => null)))
  const [text, second] = texts.filter((one) => one !== null)
  if (text === undefined)
    throw refuse(
      `规则库 ${folder} 中没有统筹区 ${area}。请检查 --rulebook 与 --area。`,
      `The rulebook ${folder} has no area ${area}. Check --rulebook and --area.`,
    )
  if (second !== undefined)
    throw refuse(
      `${area} 有居民与职工两份规则。请写 --area ${area}/residents 或 ${area}/workers,或在账单中写 insured。`,
      `${area} has books of residents and of workers. Say --area ${area}/residents or ${area}/workers, or insured in the bill.`,
    )
  return bookBy(parse(text), { zh: `统筹区 ${area} 的规则文件`, en: `The book of ${area}` })
}

const CARE_LIST: Words = { zh: '就医地目录', en: 'The list of the place of care' }

/** The lists of the places of care that bills name: the one in the file, else those below `care-lists/` of the rulebook. */
const careListsOf = async (folder: string, own: unknown, claims: readonly object[]): Promise<ReadonlyMap<unknown, CareList>> => {
  if (own !== undefined) {
    const list = parsedBy(careListFile, own, CARE_LIST, 'book')
    return new Map([[list.careArea, list]])
  }
  const named = new Set(claims.map((one) => ('careArea' in one ? one.careArea : undefined)))
  const lists = new Map<unknown, CareList>()
  for (const area of named) {
    if (typeof area !== 'string' || !AREA.test(area)) continue
    const text = await readFile(join(folder, 'care-lists', `${area}.yaml`), 'utf8').catch(() => null)
    if (text !== null) lists.set(area, parsedBy(careListFile, parse(text), CARE_LIST, 'book'))
  }
  return lists
}

const dayed = (claim: object, day: string | undefined): object => {
  if (day === undefined) return claim
  if (!isDay(day)) throw refuse(`--day 应为 YYYY-MM-DD,不是 ${day}。`, `--day is YYYY-MM-DD, not ${day}.`)
  const stated = 'day' in claim ? claim.day : day
  if (stated !== day)
    throw refuse(
      `账单的日期是 ${String(stated)},--day 是 ${day}。请统一。`,
      `The bill is of ${String(stated)}, --day says ${day}. Make them one.`,
    )
  return { ...claim, day }
}

/** Refusals of the engine in both languages; anything else is a fault of ours. */
const inWords = (error: unknown, care: unknown): unknown => {
  if (error instanceof ClaimRefusal) return new CliRefusal(error)
  const { message } = error as Error
  const isOfStays = care === undefined || care === 'inpatient'
  if (error instanceof RuleGap)
    return refuse(
      `规则库没有适用于这张账单的 ${error.id},故不能结算;没有的值不当作 0。请补上这条规则,或核对账单的级别、身份与日期。${isOfStays ? '' : '没有写 when.care 的规则行只用于住院。'}`,
      `${message}: the bill cannot be settled, and silence is never taken as 0. Add the rule, or check level, identity and day of the bill.${isOfStays ? '' : ' Rows without when.care are of hospital stays alone.'}`,
    )
  if (error instanceof RuleConflict)
    return refuse(
      `规则库中 ${error.id} 有不止一个同样适用的值${error.sources.length === 0 ? '' : `(${error.sources.map((one) => `「${one}」`).join('、')})`},不任选其一,故拒绝结算。来源互相矛盾的,请核定后停用其一(npx jieli rulebook check --area 列出各值);一个是另一个的特例的,给它多写一个条件。`,
      `${message}${error.sources.length === 0 ? '' : ` (${error.sources.map((one) => `“${one}”`).join(', ')})`}: none is picked and the bill is not settled. Where the sources contradict each other, decide and end one (npx jieli rulebook check --area lists the values); where one is a special case of the other, give it a condition more.`,
    )
  return error
}

/** A first share of 10 basis points is most likely one of 10 %: asked back, never settled at a hundredth of what was meant. */
const withoutDoubt = (claim: AreaClaim): AreaClaim => {
  const [one] = doubtfulShares({ lines: claim.lines })
  if (one === undefined) return claim
  const { at, valueBp, meantBp } = one
  throw refuse(
    `账单的 ${at} 写作 ${valueBp},未结算:比例写作万分之一,${valueBp} 只是 ${valueBp / BP_OF_PERCENT} %。是不是想写 ${meantBp}(${valueBp} %)?`,
    `${at} of the bill says ${valueBp} and nothing was settled: shares are basis points, ${valueBp} of them ${valueBp / BP_OF_PERCENT} %. Did you mean ${meantBp} (${valueBp} %)?`,
  )
}

const outOf = (one: SettledBill) => ({ id: one.bill.id, day: one.claim.day, ...one.settled, added: addedBy(one) })

/** `jieli settle`: one bill, or the bills of a person's year in their order, by the book of an area. */
export const settleCommand = async (wish: SettleWish, print: (line: string) => void): Promise<void> => {
  const file = jsonOf(await textOfFile(wish.claim), wish.claim)
  const { area, book: own, careList, claim, bills } = parsedBy(around, file, { zh: '账单文件', en: 'The file of the bill' })
  const stated = bills?.[0]?.claim ?? claim ?? (file as Record<string, unknown>)
  const named = wish.area ?? area
  if (own === undefined && named === undefined)
    throw refuse(
      '请用 --area 说明统筹区,如 changsha/residents;也可在文件里写 area,或把规则写在 book 里。',
      'Say the area with --area, as in changsha/residents; the file may also state area, or the rules themselves under book.',
    )
  const book =
    own !== undefined && wish.area === undefined
      ? bookBy(own, { zh: '账单文件中的规则(book)', en: 'The book in the file' })
      : await bookOfArea(wish.folder ?? SHIPPED_RULEBOOK, named ?? '', stated.insured)
  const claims = bills?.map((one) => one.claim) ?? [claim ?? (file as object)]
  const careLists = await careListsOf(wish.folder ?? SHIPPED_RULEBOOK, careList, claims)
  const read = (one: object): AreaClaim => {
    const bare = withoutDoubt(parsedBy(areaClaim, dayed(one, wish.day), { zh: '账单', en: 'The bill' }))
    return byCareList(bare, careLists.get(bare.careArea) ?? null)
  }
  try {
    if (bills !== undefined) {
      const year = settleYear(book, bills.map((one) => ({ ...one, claim: read(one.claim) }))) // prettier-ignore
      if (wish.asJson) print(JSON.stringify(year.map(outOf)))
      else for (const one of year) for (const line of settlePage(one, wish.isExplained)) print(line)
      return
    }
    const whole = read(claim ?? (file as object))
    const one: SettledBill = { bill: { id: '', hospital: '', claim: whole }, claim: whole, settled: settleClaim(book, whole) }
    const { id: _none, ...out } = outOf(one)
    if (wish.asJson) print(JSON.stringify(out))
    else for (const line of settlePage(one, wish.isExplained)) print(line)
  } catch (error) {
    throw inWords(error, stated.care)
  }
}
