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

test('a bill from another place of care is settled by that place’s list, in the file or in the rulebook', async () => {
  const claim = { day, level: 'level3', careArea: 'away', lines: [{ amountFen: 1_000_000, code: 'XA01' }] }
  const row = { code: 'XA01', list: 'B', selfShareBp: 2_000, from: '2020-01-01', basis: 'AWAY §1', source: 'C', grade: 'design' }
  const careList = { careArea: 'away', zh: '外地', en: 'Away', checkedOn: '2026-11-23', rows: [row] }
  const found = await json({ claim: await fileOf({ area: 'changsha/residents', claim, careList }) })
  assert.deepEqual([found.preSelfFen, found.steps.find(({ step }: { step: string }) => step === 'care-list').basis], [200_000, 'AWAY §1']) // prettier-ignore
  const without = await fileOf({ area: 'changsha/residents', claim })
  await assert.rejects(printed({ claim: without }), (error) => error instanceof CliRefusal && /care-lists\/away\.yaml/.test(error.zh) && /no list of the place of care away/.test(error.en)) // prettier-ignore
})

test('a line may say its code and name; an amount in yuan is refused with how to write it', async () => {
  const bill = (line: object) =>
    fileOf({ area: 'changsha/residents', claim: { day: '2024-06-01', level: 'level3', lines: [line] } })
  const named = await json({ claim: await bill({ amountFen: 1_000_000, code: 'XA01', zh: '换药' }) })
  assert.equal(named.totalFen, 1_000_000)
  assert.deepEqual(await json({ claim: await bill({ amountFen: 1_000_000, name: '换药' }) }), named)
  for (const line of [{ amount: 10_000 }, { amountFen: 1_000_000, yuan: 10_000 }])
    await assert.rejects(
      printed({ claim: await bill(line) }),
      (error) =>
        error instanceof CliRefusal && /写作分的整数/.test(error.zh) && /whole fen: 1200\.50 yuan is 120050/.test(error.en),
    )
})

// What a stranger writes, and what both languages tell of it: where, why and what to write instead.
const whole = { day, level: 'level3', lines: [{ amountFen: 1_000_000 }] }
const STRANGE: readonly (readonly [why: string, content: unknown, zh: RegExp, en: RegExp])[] = [
  ['an amount in yuan', { ...whole, lines: [{ amount: 10_000 }] }, /第 1 行:不认识字段 amount,是否应为 amountFen。.*120050/, /line 1 has no field amount; perhaps amountFen is meant/],
  ['a fraction of a fen', { ...whole, lines: [{ amountFen: 100.5 }] }, /第 1 行的 amountFen:.*100\.5 若是元,写作 10050/, /if 100\.5 is yuan, write 10050/],
  ['a number in quotes', { ...whole, lines: [{ amountFen: '10000' }] }, /不加引号/, /without quotes, not "10000"/],
  ['no lines', { day, level: 'level3' }, /lines:没有写/, /lines is missing/],
  ['lines that are none', { ...whole, lines: [] }, /至少写 1 项/, /at least 1 entry/],
  ['a level in Chinese', { ...whole, level: '三级' }, /level3 三级.*三级 写作 level3/, /level cannot be "三级".*Write level3/],
  ['a level as a number', { ...whole, level: 2 }, /2 写作 level2/, /Write level2/],
  ['a day in Chinese', { ...whole, day: '2024年6月1日' }, /YYYY-MM-DD/, /day is a day written YYYY-MM-DD/],
  ['a class in Chinese', { ...whole, lines: [{ amountFen: 1, list: '甲' }] }, /甲 写作 A/, /list of line 1.*Write A/],
  ['a share as a fraction', { ...whole, lines: [{ amountFen: 1, selfShareBp: 0.1 }] }, /10 % 写作 1000/, /10 % is 1000, not 0\.1/],
  ['a share in percent', { ...whole, lines: [{ amountFen: 1, list: 'B', selfShareBp: 10 }] }, /lines\.0\.selfShareBp 写作 10,未结算.*是不是想写 1000\(10 %\)/, /Did you mean 1000 \(10 %\)/],
  ['a share under another name', { ...whole, lines: [{ amountFen: 1, selfShare: 10 }] }, /是否应为 selfShareBp/, /perhaps selfShareBp/],
  ['the insured type in Chinese', { ...whole, insured: '职工' }, /workers 职工/, /Write workers/],
  ['a slip of the pen', { ...whole, deductable: 1 }, /是否应为 deductiblePaidFen/, /perhaps deductiblePaidFen/],
  ['a field in another place', { ...whole, before: { fundPaidFen: 1 } }, /字段 fundPaidFen 不写在这里,写在最外一级/, /it stands in the outermost part/],
  ['a layer in Chinese', { ...whole, before: { layers: { 大病: { baseFen: 1 } } } }, /before\.layers\.大病:.*serious-illness/, /as in serious-illness/],
  ['null', { ...whole, person: null }, /不写 null/, /leave the field out/],
  ['one line that is no list', { ...whole, lines: { amountFen: 1 } }, /lines:须写列表/, /lines is a list/],
  ['a list of bills', [whole], /"bills"/, /several bills of a person/],
  ['a relative by other names', { ...whole, relatives: [{ name: 'spouse', balance: 1 }] }, /是否应为 owner/, /perhaps balanceFen/],
  ['a comma too many', '{"day":"2024-06-01","lines":[1,]}', /末尾多写逗号/, /comma too many/],
] // prettier-ignore
for (const [why, content, zh, en] of STRANGE)
  test(`a stranger is told where, why and what instead: ${why}`, async () => {
    const claim = await fileOf(content)
    await assert.rejects(printed({ claim, area: 'changsha/residents' }), (error) => {
      assert.ok(error instanceof CliRefusal)
      assert.match(error.zh, zh)
      assert.match(error.en, en)
      return true
    })
  })

test('a file that is wrong throughout is told by its first faults; one with a byte order mark is read', async () => {
  const many = await fileOf({ ...whole, lines: Array.from({ length: 30 }, () => ({ amountFen: -1 })) })
  await assert.rejects(printed({ claim: many, area: 'changsha/residents' }), (error) => error instanceof CliRefusal && /另有 20 处/.test(error.zh)) // prettier-ignore
  const marked = await fileOf(`\uFEFF${JSON.stringify(whole)}`)
  assert.equal((await json({ claim: marked, area: 'changsha/residents' })).totalFen, 1_000_000)
})

/** Every field of an answer: entries of a list are one, and so are the layers that a bill adds to and the limits that it uses. Inputs differ by step. */
const fieldsOf = (value: unknown, path = ''): string[] => {
  if (path === 'steps[].inputs' || typeof value !== 'object' || value === null) return [path]
  if (Array.isArray(value)) return value.flatMap((one) => fieldsOf(one, `${path}[]`))
  return Object.entries(value).flatMap(([name, inner]) => fieldsOf(inner, path === '' ? name : `${path}.${/^added.layers$|limitsUsed$/.test(path) ? '*' : name}`)) // prettier-ignore
}

const fieldsOfPage = async (): Promise<string[]> => {
  const page = await readFile(join(import.meta.dirname, '..', '..', '..', 'docs', 'settlement.md'), 'utf8')
  const part = /## 结果的字段[^]*?\n## /.exec(page)?.[0] ?? ''
  return [...part.matchAll(/^\| (`.*?`) +\|/gm)].flatMap(([, cell = '']) => {
    const [first = '', ...more] = [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name)
    return [first, ...more.map((name) => first.replace(/[^.]*$/, name))]
  })
}

test('the page tells every field of a result, and none that is not there', async () => {
  const one = { day, level: 'level3', lines: [{ amountFen: 5_000_000, category: 'drug' }, { amountFen: 100, list: 'C' }], relatives: [{ owner: 'spouse', balanceFen: 1 }] } // prettier-ignore
  const alone = await json({ claim: await fileOf({ area: 'changsha/residents', claim: one }) })
  const year = await json({ claim: await fileOf({ area: 'changsha/residents', bills: [{ id: 'a', claim: one }] }) })
  const limited = { day, care: 'two-diseases', level: 'primary', lines: [{ amountFen: 1_000, category: 'hypertension' }] }
  const used = await json({ claim: await fileOf({ area: 'nanchang/residents', bills: [{ id: 'b', claim: limited }] }) })
  const fields = [alone, year[0], used[0]].flatMap((one) => fieldsOf(one))
  const found = new Set(fields)
  assert.deepEqual([...found].toSorted(), (await fieldsOfPage()).toSorted())
  assert.ok(!('id' in alone))
})

const dated = { from: '2000-01-01', source: 'C', grade: 'sourced', basis: 'EXAMPLE' }
const first = { kind: 'deductible', amountFen: 80_000, ...dated }
const rate = { kind: 'rate', bands: [{ overFen: 0, upToFen: null, rateBp: 8_000 }], ...dated }
const withBook = (rows: unknown, claim: object = {}, more: object = {}) => ({
  book: { area: 'example', insured: 'workers', zh: '例', en: 'example', checkedOn: '2026-11-23', rows, ...more },
  claim: { ...whole, ...claim },
})
const STRANGE_BOOKS: readonly (readonly [why: string, content: unknown, zh: RegExp, en: RegExp])[] = [
  ['a rate in percent', withBook([first, { kind: 'rate', rate: 80, ...dated }]), /第 2 行:不认识字段 rate,是否应为 rateBp\(写在 bands 里\)。比例写作万分之一/, /perhaps rateBp \(in bands\)/],
  ['a condition outside when', withBook([{ ...first, level: 'level3' }, rate]), /字段 level 不写在这里,写在 when 里/, /it stands in when/],
  ['a kind that there is not', withBook([first, { ...rate, kind: 'ratio' }]), /kind:不能写 "ratio",可写:deductible 起付线/, /kind of row 2 cannot be "ratio"/],
  ['no kind', withBook([{ amountFen: 1, ...dated }]), /第 1 行的 kind:没有写,可写/, /kind of row 1 is missing/],
  ['one level that is no list', withBook([{ ...first, when: { level: 'level3' } }, rate]), /when\.level:须写列表/, /when\.level of row 1 is a list/],
  ['no day of checking', withBook([first, rate], {}, { checkedOn: undefined }), /checkedOn:没有写,日期写作/, /checkedOn is missing: a day/],
  ['a layer of one’s own', withBook([first, rate, { kind: 'layer', layer: 'mutual-aid', bands: rate.bands, ...dated }]), /须在 layers 里按次序写明/, /name it under layers/],
  ['bands with a hole', withBook([first, { ...rate, bands: [{ overFen: 0, upToFen: 1_000, rateBp: 8_000 }, { overFen: 2_000, upToFen: null, rateBp: 9_000 }] }]), /第 2 行的分段不相接/, /bands in row 2 that do not join/],
  ['outpatient care by rows of stays', withBook([first, rate], { care: 'outpatient' }), /没有写 when\.care 的规则行只用于住院/, /of hospital stays alone/],
  ['neither area nor book', { claim: whole }, /把规则写在 book 里/, /under book/],
] // prettier-ignore
for (const [why, content, zh, en] of STRANGE_BOOKS)
  test(`a stranger's book is told where, why and what instead: ${why}`, async () => {
    const claim = await fileOf(content)
    await assert.rejects(printed({ claim }), (error) => {
      assert.ok(error instanceof CliRefusal)
      assert.match(error.zh, zh)
      assert.match(error.en, en)
      return true
    })
  })
