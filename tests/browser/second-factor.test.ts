import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { shownCode } from '../harness/authenticator.ts'
import { axeFaults } from './looking.ts'
import { regionInBrowser } from './open-page.ts'

const here = regionInBrowser()

const PICTURES = process.env['JIELI_PICTURES']
const picture = async (page: Page, name: string): Promise<void> => {
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true })
}

const openPage = async (width: number, height: number): Promise<{ page: Page; blocked: string[] }> => {
  const page = await here.window({ width, height })
  const blocked: string[] = []
  page.on('console', (message) => void (/content security policy/i.test(message.text()) && blocked.push(message.text())))
  return { page, blocked }
}

const noFaults = async (page: Page): Promise<void> => {
  assert.deepEqual(await axeFaults(page), [])
  const [wide, shown] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth])
  assert.equal(wide, shown, 'the page scrolls sideways')
}

const typePassword = async (page: Page): Promise<void> => {
  await page.goto(here.address())
  await page.locator('input[autocomplete=username]').fill('admin')
  await page.locator('input[autocomplete=current-password]').fill('jieli-demo')
  await page.locator('form [type=submit]').click()
}

test('An administrator sets an authenticator up at the first sign-in, and signs in with it afterwards', async () => {
  const { page, blocked } = await openPage(360, 740)
  await typePassword(page)
  await page.getByRole('heading', { name: '绑定验证器' }).waitFor()
  await page.getByRole('img', { name: '验证器二维码' }).waitFor()
  const secret = ((await page.locator('.enrol-secret code').textContent()) ?? '').replaceAll(' ', '')
  await picture(page, 'enrol-360')
  await noFaults(page)
  await page.getByRole('button', { name: '确认绑定' }).click()
  await page.getByText('请填写应用显示的 6 位数字。').waitFor()
  await page.locator('input[autocomplete=one-time-code]').fill('000000')
  await page.getByRole('button', { name: '确认绑定' }).click()
  await page.getByText('动态码或恢复码不对').waitFor()
  await page.locator('input[autocomplete=one-time-code]').fill(shownCode(secret))
  await page.getByRole('button', { name: '确认绑定' }).click()
  await page.getByRole('heading', { name: '请保存恢复码' }).waitFor()
  const codes = await page.locator('.recovery-codes code').allTextContents()
  assert.equal(new Set(codes).size, 10)
  await picture(page, 'recovery-360')
  await noFaults(page)
  await page.getByRole('button', { name: '已保存，继续' }).click()
  await page.locator('.desk h1').first().waitFor()
  assert.deepEqual(blocked, [])

  const { page: desk, blocked: blockedThere } = await openPage(1366, 768)
  await typePassword(desk)
  await desk.getByRole('heading', { name: '登录第二步' }).waitFor()
  await picture(desk, 'code-1366')
  await noFaults(desk)
  await desk.locator('input[autocomplete=one-time-code]').fill(codes[0] ?? '')
  await desk.getByRole('button', { name: '继续' }).click()
  await desk.locator('.desk h1').first().waitFor()

  await desk.getByRole('button', { name: '设置' }).click()
  await desk.getByText('已绑定验证器，还有 9 个恢复码。').waitFor()
  const devices = desk.getByRole('list', { name: '已登录的设备' }).getByRole('listitem')
  assert.equal(await devices.count(), 2)
  await picture(desk, 'settings-1366')
  await noFaults(desk)
  await desk.getByRole('button', { name: /^退出 / }).click()
  await desk.getByRole('button', { name: /^退出 / }).waitFor({ state: 'detached' })
  assert.equal(await devices.count(), 1)
  assert.deepEqual(blockedThere, [])
})

test('The pages of the interface’s description work under the same policy', async () => {
  const { page, blocked } = await openPage(1366, 768)
  await page.goto(`${here.address()}/api/docs`)
  await page.locator('.opblock-tag').first().waitFor({ state: 'attached', timeout: 60_000 })
  assert.deepEqual(blocked, [])
})
