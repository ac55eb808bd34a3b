import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { axeFaults } from './looking.ts'
import { regionInBrowser } from './open-page.ts'
import { colleague } from './region.ts'

const here = regionInBrowser()
const SHOWN = '.desk h1'

const isClean = async (page: Page) => {
  assert.deepEqual(await axeFaults(page), [])
}
const fitsItsWindow = async (page: Page) =>
  assert.ok(
    await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth),
    'nothing sticks out',
  )
/** Where a test is looked at by people, its pictures are kept. */
const picture = async (page: Page, name: string) => {
  const folder = process.env['JIELI_PICTURES']
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}
const register = (name: string) => `/overview/registers/organisations.${name}`

test('what a consortium lacks is seen, put right from a day, and no longer lacking; both texts stand side by side', async () => {
  const page = await here.open('manager', '/overview/governance', { shown: SHOWN })
  const missing = page.locator('.card.held', { hasText: '收入分配统筹' })
  await missing.waitFor()
  await isClean(page)
  await picture(page, 'governance')
  await page.goto(here.address() + register('unified-management'))
  await page.getByRole('searchbox', { name: '在列表中查找' }).fill('收入分配统筹')
  await page.locator('.table tbody tr', { hasText: '湘潭县' }).first().click()
  await page.getByRole('button', { name: '更正' }).click()
  await page.getByLabel('是否统一').check()
  await page.getByRole('button', { name: '保存' }).click()
  await page.locator('.error-summary', { hasText: '请写明原因' }).waitFor()
  await isClean(page)
  await picture(page, 'correct')
  await page.getByLabel('原因').fill('薪酬办法已施行')
  await page.getByRole('button', { name: '保存' }).click()
  await page.locator('.toast', { hasText: '已保存' }).waitFor()
  await page.locator('.table tbody tr', { hasText: '湘潭县' }).first().click()
  await page.getByRole('button', { name: '各版本对照' }).click()
  await page.locator('.versions .is-changed').first().waitFor()
  assert.match(await page.locator('.versions thead').innerText(), /第 2 版[\s\S]*第 1 版/)
  await isClean(page)
  await picture(page, 'versions')
  await page.goto(`${here.address()}/overview/governance`)
  await page.locator('.governance-grid').waitFor()
  assert.equal(await missing.count(), 0)
  await page.context().close()
})

test('a help plan takes two people: whoever proposes it waits for another', async () => {
  const page = await here.open('bureau', register('help-plan'), { shown: SHOWN })
  await page.getByRole('button', { name: '新建' }).click()
  await page.getByLabel('查找帮扶机构').fill('湘潭市中心')
  await page
    .getByLabel('帮扶机构', { exact: false })
    .last()
    .locator('option', { hasText: '湘潭市中心医院' })
    .first()
    .waitFor({ state: 'attached' })
  const chooseFound = (label: string, text: string) =>
    page.locator('.institution-input', { hasText: label }).locator('select').selectOption({ label: text })
  const city = await page
    .locator('.institution-input')
    .first()
    .locator('option', { hasText: '湘潭市中心医院' })
    .first()
    .innerText()
  await chooseFound('查找帮扶机构', city)
  await page.getByLabel('查找受援机构').fill('韶山市')
  const helped = page.locator('.institution-input').nth(1).locator('option', { hasText: '医院' })
  await helped.first().waitFor({ state: 'attached' })
  await chooseFound('查找受援机构', await helped.first().innerText())
  await page.getByLabel('方式').selectOption({ label: '组团式' })
  await page.getByRole('button', { name: '提交审批' }).click()
  await page.locator('.error-summary', { hasText: '请填写“年度”' }).waitFor()
  await isClean(page)
  await picture(page, 'propose')
  const year = (await page.getByLabel('生效日').inputValue()).slice(0, 4)
  await page.getByLabel('年度', { exact: false }).first().fill(year)
  await page.getByLabel('终止日').fill(`${Number(year) + 1}-01-01`)
  const aim = page.getByRole('group', { name: '年度目标 1' })
  await aim.getByLabel('目标', { exact: false }).first().fill('新开展技术')
  await aim.getByLabel('单位').fill('项')
  await aim.getByLabel('目标值').fill('5')
  await aim.getByLabel('状态').selectOption({ label: '进行中' })
  await page.getByRole('button', { name: '提交审批' }).click()
  await page.locator('.toast', { hasText: '等待另一人审批' }).waitFor()
  await page.getByRole('tab', { name: '待审' }).click()
  await page.locator('.table tbody tr', { hasText: '组团式' }).first().click()
  await page.getByText('须由另一位有权限的同事审批').waitFor()
  await picture(page, 'own-proposal')
  const administrator = await colleague(here.address(), 'admin')
  const { entries } = await administrator.ask('organisations.help-plan-list', {})
  const mine = entries.find((one) => one.state === 'proposed' && one.recordedBy !== null)
  assert.ok(mine)
  await administrator.call('organisations.approve-help-plan', { entry: mine.entry, version: mine.version, verdict: 'approve' })
  await page.reload()
  await page.getByRole('tab', { name: '待审' }).click()
  await page.locator('.table tbody tr').first().click()
  await page.getByRole('button', { name: '同意' }).click()
  await page.locator('.toast', { hasText: '开始生效' }).waitFor()
  await page.context().close()
})

test('an import is tried first; faults come as a sheet, and only a clean file goes in', async () => {
  const page = await here.open('manager', register('service-list'), { shown: SHOWN })
  await page.getByRole('button', { name: '导入' }).click()
  const head = 'from,until,code,name.zh,line,tiers,isFree\n'
  await page.getByLabel('或粘贴 CSV 文本').fill(`${head}2026-01-01,,F01,免费测血压,magic,"[""village""]",true\n`)
  await page.getByRole('button', { name: '试导入' }).click()
  await page.getByText('1 行不符合').waitFor()
  await isClean(page)
  await picture(page, 'import')
  const [sheet] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '下载错误清单' }).click()])
  assert.match(await readFile(await sheet.path(), 'utf8'), /"1","line","[^"]*应为其中之一/)
  await page.getByLabel('或粘贴 CSV 文本').fill(`${head}2026-01-01,,F01,免费测血压,prevention,"[""village""]",true\n`)
  await page.getByRole('button', { name: '试导入' }).click()
  await page.getByText('1 行全部符合').waitFor()
  await page.getByRole('button', { name: '确认导入' }).click()
  await page.locator('.table tbody tr', { hasText: '免费测血压' }).waitFor()
  const [exported] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出 CSV' }).click()])
  assert.match(await readFile(await exported.path(), 'utf8'), /F01,免费测血压/)
  await page.locator('.table tbody tr', { hasText: '免费测血压' }).click()
  await page.getByRole('button', { name: '停用' }).click()
  await page.getByRole('dialog').getByLabel('原因').fill('事项取消')
  await page.getByRole('dialog').getByRole('button', { name: '停用' }).click()
  await page.locator('.table tbody tr', { hasText: '免费测血压' }).waitFor({ state: 'detached' })
  await page.context().close()
})

test('the bureau oversees without names: returns are counted by reason', async () => {
  const village = await colleague(here.address(), 'village')
  const desk = await colleague(here.address(), 'desk')
  const { persons } = await village.ask('residents.search', { limit: 1 })
  const { referral } = await village.call('referral.send', {
    person: persons[0]?.id ?? '',
    receiver: desk.institution,
    specialty: '0304',
    condition: { key: 'hypertension-uncontrolled', zh: '高血压(控制不佳)', en: 'Hypertension, not controlled' },
    letter: { impression: '高血压', reason: '血压 168/102 mmHg', pastHistory: '', treatment: '氨氯地平' },
    consent: { by: 'patient' },
  })
  await desk.call('referral.reject', { referral, why: 'no-capacity', wayOn: '请转市中心医院' } as never)
  const page = await here.open('bureau', '/overview/cases', { shown: SHOWN })
  const total = page.locator('.table tbody tr', { hasText: '合计' })
  await total.waitFor()
  assert.match(await total.innerText(), /合计\s+1/)
  await isClean(page)
  await picture(page, 'cases')
  await page.context().close()
})

const PAGES = ['/overview/governance', '/overview/help', '/overview/cases', '/overview/registers', register('dispatch')] as const

for (const [width, look] of [
  [360, {}],
  [1366, { theme: 'dark' }],
  [1366, { language: 'en' }],
] as const)
  test(`every page is clean at ${width} px, ${JSON.stringify(look)}`, async () => {
    const page = await here.open('bureau', '/overview/governance', { shown: SHOWN, width, look })
    for (const path of PAGES) {
      await page.goto(here.address() + path)
      await page.locator('.desk h1').waitFor()
      await page.locator('.skeleton').first().waitFor({ state: 'detached' })
      await page.waitForFunction(() => document.querySelector('.card, .table, .list, .empty-state') !== null)
      await fitsItsWindow(page)
      await isClean(page)
      await picture(page, `${path.split(/[/.]/).at(-1)}-${width}-${Object.values(look).join('')}`)
    }
    await page.context().close()
  })

test('an insurer reads and changes nothing', async () => {
  const page = await here.open('insurer', register('unified-management'), { shown: SHOWN })
  await page.locator('.table tbody tr').first().click()
  await page.getByRole('button', { name: '各版本对照' }).waitFor()
  assert.equal(await page.getByRole('button', { name: '新建' }).count(), 0)
  assert.equal(await page.getByRole('button', { name: '更正' }).count(), 0)
  assert.equal(await page.getByRole('link', { name: '督办' }).count(), 0)
  await page.context().close()
})
