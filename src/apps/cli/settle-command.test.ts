import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { CliRefusal } from './cli-refusal.ts'
import { settleCommand, type SettleWish } from './settle-command.ts'

let folder = ''
before(async () => void (folder = await mkdtemp(join(tmpdir(), 'settle-'))))
after(() => rm(folder, { recursive: true }))

const PUBLISHED = join(import.meta.dirname, '..', '..', 'modules', 'settlement', 'examples', 'published')
const WISH = { folder: undefined, area: undefined, day: undefined, asJson: true, isExplained: false }

const fileOf = async (content: unknown): Promise<string> => {
  const path = join(folder, 'bill.json')
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}
const printed = async (wish: Partial<SettleWish> & { claim: string }): Promise<string> => {
  const lines: string[] = []
  await settleCommand({ ...WISH, ...wish }, (line) => lines.push(line))
  return lines.join('\n')
}
const json = async (wish: Partial<SettleWish> & { claim: string }) => JSON.parse(await printed(wish))

const exampleOfPage = async (): Promise<object> => {
  const page = await readFile(join(import.meta.dirname, '..', '..', '..', 'docs', 'settlement.md'), 'utf8')
  return JSON.parse(/```json\n(.*?)```/s.exec(page)?.[1] ?? '') as object
}

test('the example of docs/settlement.md comes out as the page says', async () => {
  const claim = await fileOf(await exampleOfPage())
  const { totalFen, inScopeFen, deductibleFen, basicFen, layers, personalFen, cashFen } = await json({ claim, area: 'changsha' })
  assert.deepEqual(
    { totalFen, inScopeFen, deductibleFen, basicFen, serious: layers[0].amountFen, personalFen, cashFen },
    { totalFen: 3_350_000, inScopeFen: 3_140_000, deductibleFen: 120_000, basicFen: 1_963_000, serious: 646_200, personalFen: 740_800, cashFen: 540_800 }, // prettier-ignore
  )
})

test('a file that states its area or its book needs no option', async () => {
  assert.equal((await json({ claim: join(PUBLISHED, 'chongqing-yubei-2023.json') })).fundFen, 4_637_480)
  assert.equal((await json({ claim: join(PUBLISHED, 'knee-110000.json') })).personalFen, 3_901_936)
})

test('the explanation names the step in both languages, its inputs in yuan and its clause', async () => {
  const page = await printed({ claim: join(PUBLISHED, 'chongqing-yubei-2023.json'), asJson: false, isExplained: true })
  assert.match(
    page,
    /34790\.00 {2}基本医保统筹支付 Basic fund\n.*分段 49700\.00 × 70 %\n.*bands 49700\.00 × 70 %\n.*依据 basis \(A\): 渝北区医保局/,
  )
})

test('bills of a year are settled one on the other', async () => {
  const one = { day: '2024-03-01', level: 'level3', lines: [{ amountFen: 1_000_000 }] }
  const claim = await fileOf({ area: 'changsha/residents', bills: [{ id: 'a', claim: one }, { id: 'b', claim: one }] }) // prettier-ignore
  const year = await json({ claim })
  assert.deepEqual(year.map((bill: { deductibleFen: number }) => bill.deductibleFen), [120_000, 60_000]) // prettier-ignore
})

test('a folder of one’s own is read with or without areas/', async () => {
  const claim = await fileOf({ day: '2023-10-30', level: 'level2', lines: [{ amountFen: 100_000 }] })
  const rulebook = join(import.meta.dirname, '..', '..', '..', 'rulebook')
  const whole = await json({ claim, area: 'chongqing', folder: rulebook })
  assert.deepEqual(await json({ claim, area: 'chongqing/residents', folder: join(rulebook, 'areas') }), whole)
  assert.equal(whole.basicFen, 49_000)
})

const day = '2024-06-01'
const stay = { day, level: 'level3', lines: [{ amountFen: 100 }] }
const REFUSED: readonly (readonly [why: string, content: unknown, options: object, words: RegExp])[] = [
  ['no JSON', '{', { area: 'changsha' }, /不是 JSON/],
  ['no area', stay, {}, /--area/],
  ['an area that is not there', stay, { area: 'nowhere' }, /没有统筹区/],
  ['a path instead of an area', stay, { area: '../changsha' }, /应写作/],
  ['residents or workers', stay, { area: 'changsha' }, /两份规则/],
  ['another day', stay, { area: 'changsha/residents', day: '2024-06-02' }, /请统一/],
  ['no day', { ...stay, day: undefined }, { area: 'changsha/residents' }, /不合格式/],
  ['an unknown field', { ...stay, deductable: 1 }, { area: 'changsha/residents' }, /不合格式/],
  ['a negative amount', { ...stay, lines: [{ amountFen: -1 }] }, { area: 'changsha/residents' }, /不合格式/],
  ['parts above the line', { ...stay, lines: [{ amountFen: 1, ownPayFen: 2 }] }, { area: 'changsha/residents' }, /第 1 行/],
  ['a gap', { ...stay, care: 'chronic' }, { area: 'changsha/residents' }, /不当作 0/],
  ['two values that contradict each other', { ...stay, day: '2025-06-01' }, { area: 'changsha/residents' }, /互相矛盾/],
]
for (const [why, content, options, words] of REFUSED)
  test(`refused in both languages: ${why}`, async () => {
    const claim = await fileOf(content)
    await assert.rejects(printed({ claim, ...options }), (error) => error instanceof CliRefusal && words.test(error.zh) && error.en !== '') // prettier-ignore
  })

test('a line may say its code and name; an amount in yuan is refused with how to write it', async () => {
  const bill = (line: object) =>
    fileOf({ area: 'changsha/residents', claim: { day: '2024-06-01', level: 'level3', lines: [line] } })
  const named = await json({ claim: await bill({ amountFen: 1_000_000, code: 'XA01', zh: '换药' }) })
  assert.equal(named.totalFen, 1_000_000)
  for (const line of [{ amount: 10_000 }, { amountFen: 1_000_000, yuan: 10_000 }])
    await assert.rejects(
      printed({ claim: await bill(line) }),
      (error) => error instanceof CliRefusal && /以 Fen 结尾/.test(error.zh) && /under names that end in Fen/.test(error.en),
    )
})
