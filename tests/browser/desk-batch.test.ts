import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { cellsOf } from '../../src/platform/register-csv.ts'
import { launch } from './browser.ts'
import { axeFaults } from './looking.ts'
import { colleague, signInOn, startRegion, wear, type Colleague, type Look, type TestRegion } from './region.ts'
import { PATIENCE_MS } from '../harness/patience.ts'

let region: TestRegion
let browser: Browser
let village: Colleague
let desk: Colleague
let ward: Colleague
let persons: string[]
before(async () => {
  ;[region, browser] = await Promise.all([startRegion(), launch()])
  ;[village, desk, ward] = await Promise.all([
    colleague(region.address, 'village'),
    colleague(region.address, 'desk'),
    colleague(region.address, 'ward'),
  ])
  persons = []
  for (let at = 1; at <= 20; at += 1)
    persons.push((await village.call('residents.register', { name: { zh: `合成病人${at}` }, sex: 'female' })).person)
  const day = 24 * 60 * 60_000
  const startsAt = new Date(Math.floor((Date.now() + 3 * day) / day) * day + 60 * 60_000).toISOString()
  await desk.call('booking.publish-pool', { specialty: '0304', kind: 'ordinary', startsAt, capacity: 60, minutes: 60 })
})
after(async () => {
  await browser?.close()
  await region?.stop()
})

/** The village sends so many people with a condition of this name, which the list is then searched for. */
const referMany = async (count: number, zh: string, key: string): Promise<string[]> => {
  const sent: string[] = []
  for (const person of persons.slice(0, count)) {
    const { referral } = await village.call('referral.send', {
      person,
      receiver: desk.institution,
      specialty: '0304',
      condition: { key, zh },
      letter: { impression: zh, reason: '测试用', pastHistory: '', treatment: '' },
      consent: { by: 'patient' },
    })
    sent.push(referral)
  }
  return sent
}

const openDesk = async (path: string, { width = 1366, look = {} as Look } = {}): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width, height: 768 }, reducedMotion: 'reduce', acceptDownloads: true })
  await wear(context, look)
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE_MS)
  await signInOn(page, region.address, 'desk')
  await page.goto(region.address + path)
  await page.locator('.desk h1').waitFor()
  return page
}

const stateOf = async (referral: string) => (await desk.ask('referral.get', { referral })).state
const statesOf = (referrals: readonly string[]) => Promise.all(referrals.map(stateOf))
const rows = (page: Page) => page.locator('#case-list [data-case]')
const hasRows = (page: Page, count: number) =>
  page.waitForFunction((wanted) => document.querySelectorAll('#case-list [data-case]').length === wanted, count)
const isClean = async (page: Page) => {
  assert.deepEqual(await axeFaults(page), [])
}

test('twenty are accepted by keyboard alone; two are refused and stay selected with their reason; before that it is undone once', async () => {
  const sent = await referMany(20, '批量甲', 'batch-one')
  const page = await openDesk('/desk/inbox')
  await page.locator('#case-list').waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('批量甲')
  await hasRows(page, 20)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+a')
  await page.locator('.batch-bar', { hasText: '已选 20 位' }).waitFor()
  await page.keyboard.press('a')
  await page.locator('.act-panel', { hasText: '20 位使用各科最近的空闲号源' }).waitFor()
  await isClean(page)
  await page.locator('.act-panel button[type=submit]').focus()
  await page.keyboard.press('Control+Enter')
  await page.locator('.batch-bar.held', { hasText: '即将接收 20 位' }).waitFor()
  await page.keyboard.press('u')
  await page.locator('.batch-bar.held').waitFor({ state: 'detached' })
  assert.deepEqual([...new Set(await statesOf(sent))], ['submitted'], 'what was undone was never sent')

  await page.locator('.batch-bar', { hasText: '已选 20 位' }).waitFor()
  await page.keyboard.press('a')
  await page.locator('.act-panel', { hasText: '20 位使用各科最近的空闲号源' }).waitFor()
  await page.locator('.act-panel button[type=submit]').focus()
  await page.keyboard.press('Control+Enter')
  await page.locator('.batch-bar.held').waitFor()
  const gone = sent.slice(3, 5)
  for (const referral of gone) await village.call('referral.cancel', { referral, reason: '患者改变主意' })
  await page.locator('.batch-bar.over', { hasText: '已接收 18 位，2 位未成功' }).waitFor()
  const states = await statesOf(sent)
  assert.equal(states.filter((state) => state === 'scheduled').length, 18)
  assert.deepEqual(
    gone.map((referral) => states[sent.indexOf(referral)]),
    ['cancelled', 'cancelled'],
  )
  await page.context().close()
})

test('several are returned with one reason, whose advice is the first way on; what the server refuses says why in its row', async () => {
  const sent = await referMany(4, '批量乙', 'batch-two')
  const page = await openDesk('/desk/inbox?text=批量乙')
  await hasRows(page, 4)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Shift+ArrowDown')
  await page.locator('.batch-bar', { hasText: '已选 3 位' }).waitFor()
  await page.keyboard.press('r')
  await page.getByLabel('资料不全').check()
  assert.match(await page.getByLabel('下一步去路').inputValue(), /请补充检查结果/)
  await page.getByLabel('科目不符').check()
  assert.match(
    await page.getByLabel('下一步去路').inputValue(),
    /改选正确的科目/,
    'advice that nobody changed follows the reason',
  )
  await page.getByLabel('下一步去路').fill('请转心内科')
  await page.getByLabel('资料不全').check()
  assert.equal(await page.getByLabel('下一步去路').inputValue(), '请转心内科', 'what was typed stays')
  await page.keyboard.press('Control+Enter')
  await page.locator('.batch-bar.held').waitFor()
  // One of them is called off at the server while the page still holds the batch back, and its answer finds the row gone from the queue.
  const chosen = await page
    .locator('.case-item.chosen [data-case]')
    .evaluateAll((all) => all.map((row) => row.getAttribute('data-case') ?? ''))
  assert.equal(chosen.length, 3)
  await page.route('**/api/referral.reject', async (route) => {
    const body = route.request().postDataJSON() as { referral: string }
    if (body.referral === chosen[0]) await route.abort()
    else await route.continue()
  })
  await page.getByRole('button', { name: '立即提交' }).click()
  await page.locator('.batch-bar.over', { hasText: '已退回 2 位，1 位未成功' }).waitFor()
  await page.waitForFunction(() => document.querySelectorAll('.case-item.chosen').length === 1)
  const refused = page.locator('.case-item.chosen')
  assert.match(await refused.locator('.case-row-why').innerText(), /没有连上服务器/)
  assert.deepEqual((await statesOf(chosen)).toSorted(), ['rejected', 'rejected', 'submitted'])
  await isClean(page)
  const { total } = await desk.ask('referral.refusal-counts', { from: '2020-01-01', until: '2999-01-01' })
  assert.equal(total['information-missing'], 2)
  assert.equal(await stateOf(sent.find((id) => !chosen.includes(id)) ?? ''), 'submitted')
  await page.context().close()
})

test('keys are chosen by the person, a key that is taken is refused, and they stay after a reload', async () => {
  const [referral = ''] = await referMany(1, '按键测试', 'batch-keys')
  const page = await openDesk(`/desk/inbox?text=按键测试&case=${referral}`)
  await page.getByRole('button', { name: '修改按键' }).click()
  const field = page.getByRole('dialog').getByLabel('接收')
  await field.fill('r')
  await page.getByText('这个键已用于“退回”').waitFor()
  await isClean(page)
  await field.fill('y')
  await page.getByRole('button', { name: '完成' }).click()
  await page.reload()
  await page.locator('.case-buttons').waitFor()
  await page.keyboard.press('a')
  assert.equal(await page.locator('.act-panel').count(), 0, 'the first key does nothing any more')
  await page.keyboard.press('y')
  await page.locator('.act-panel', { hasText: '接收这位病人' }).waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')
  await page.locator('.key-list', { hasText: 'Y' }).first().waitFor()
  await page.context().close()
})

test('the list is searched by the server, a filter is kept as a view, and the export says what it holds', async () => {
  await referMany(2, '导出测试', 'batch-export')
  const page = await openDesk('/desk/inbox?text=导出测试')
  await hasRows(page, 2)
  await page.getByRole('button', { name: '存为视图' }).click()
  await page.getByRole('dialog').getByLabel('视图名称').fill('我的导出')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: '取消筛选' }).click()
  await page.getByRole('button', { name: '我的导出', exact: true }).click()
  await hasRows(page, 2)
  assert.match(decodeURIComponent(page.url()), /text=导出测试/)
  await page.reload()
  await page.getByRole('button', { name: '我的导出', exact: true }).waitFor()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '导出', exact: true }).click(),
  ])
  const cells = cellsOf(await readFile((await file.path()) ?? '', 'utf8'))
  assert.match(cells[0]?.[1] ?? '', /待接收、查找“导出测试”/)
  assert.equal(cells.length, 4 + 2)
  await page.getByRole('searchbox').fill('没有这样的人')
  await page.locator('.empty-state').first().waitFor()
  await page.context().close()
})

test('a case that a colleague opened greys within seconds, and may be taken over', async () => {
  const [referral = ''] = await referMany(1, '同事测试', 'batch-colleague')
  const page = await openDesk('/desk/inbox?text=同事测试')
  await hasRows(page, 1)
  const { look } = await ward.call('referral.look', { referral })
  await page.locator('.case-row.taken', { hasText: `${look?.by.zh} 正在处理` }).waitFor()
  await isClean(page)
  await rows(page).first().click()
  await page.locator('.taken-note').waitFor()
  await page.locator('.taken-note button').click()
  await page.locator('.taken-note').waitFor({ state: 'detached' })
  const { looks } = await ward.ask('referral.looks', {})
  assert.equal(looks.find((one) => one.referral === referral)?.isMine, false, 'the desk has it now, not the ward')
  await page.context().close()
})

for (const [width, look] of [
  [1366, {}],
  [360, { language: 'en' }],
] as const) {
  test(`selection, forms and filters are clean for axe and fit ${width} px`, async () => {
    await referMany(3, `宽度${width}`, `batch-${width}`)
    const page = await openDesk(`/desk/inbox?text=宽度${width}`, { width, look })
    await hasRows(page, 3)
    for (const choice of await page.locator('.case-choice').all()) await choice.check()
    await page.locator('.batch-bar').waitFor()
    await isClean(page)
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width)
    if (process.env['JIELI_SHOTS'] !== undefined)
      await page.screenshot({ path: `${process.env['JIELI_SHOTS']}/batch-${width}.png`, fullPage: true })
    await page.keyboard.press('r')
    await page.locator('.act-panel').waitFor()
    await isClean(page)
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width)
    if (process.env['JIELI_SHOTS'] !== undefined)
      await page.screenshot({ path: `${process.env['JIELI_SHOTS']}/form-${width}.png`, fullPage: true })
    await page.context().close()
  })
}
