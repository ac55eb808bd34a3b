import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { launch } from './browser.ts'
import { axeFaults } from './looking.ts'
import { colleague, signInOn, startRegion, wear, type Look } from './region.ts'
import { PATIENCE_MS } from '../harness/patience.ts'

let browser: Browser
let region: Awaited<ReturnType<typeof startRegion>>
before(async () => {
  region = await startRegion()
  browser = await launch()
})
after(async () => {
  await browser?.close()
  await region?.stop()
})

const PHONE = { width: 360, height: 740 }
const DESK = { width: 1366, height: 768 }
const shots = process.env['JIELI_SHOTS']

const pageOf = async (account: string, viewport: { width: number; height: number }, look: Look = {}): Promise<Page> => {
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce' })
  await wear(context, look)
  context.setDefaultTimeout(PATIENCE_MS)
  const page = await context.newPage()
  await signInOn(page, region.address, account)
  return page
}

const shot = async (page: Page, name: string): Promise<void> => {
  if (shots) await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true })
}

const isClean = async (page: Page, where: string): Promise<void> => {
  assert.deepEqual(await axeFaults(page), [], where)
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, `${where} fits its width`)
}

/** Residents of the clinic; each test takes its own. */
let taken = 0
const resident = async (): Promise<{ id: string; name: { zh: string } }> => {
  const doctor = await colleague(region.address, 'village')
  const { persons } = await doctor.ask('residents.search', { text: '', limit: 30 })
  const found = persons.filter(({ bornOn, diedOn }) => diedOn === null && bornOn !== null && bornOn < '2000')[taken]
  taken += 1
  assert.ok(found, 'the demo clinic has residents enough')
  return found
}

test('what, who, go: four taps open a channel on a phone, and its clock runs on both desks', async () => {
  const person = await resident()
  const phone = await pageOf('village', PHONE)
  let taps = 0
  const tap = async (target: ReturnType<Page['locator']>) => {
    taps += 1
    await target.click()
  }
  await tap(phone.getByRole('link', { name: '急诊 绿色通道' }))
  const call = phone.getByRole('link', { name: '拨打 120' })
  assert.equal(await call.getAttribute('href'), 'tel:120')
  await shot(phone, 'start')
  await tap(phone.getByRole('button', { name: '卒中' }))
  await phone.getByRole('searchbox', { name: '查找居民' }).fill(person.name.zh)
  await tap(phone.getByRole('link', { name: new RegExp(person.name.zh) }).first())
  await phone.getByRole('button', { name: '立即转出' }).waitFor()
  await shot(phone, 'go')
  await isClean(phone, 'the last step')
  await tap(phone.getByRole('button', { name: '立即转出' }))
  await phone.getByRole('heading', { level: 1, name: '已转出，对方急诊已收到' }).waitFor()
  assert.equal(taps, 4)
  await phone.getByText(/^转往 .*湘潭县人民医院.*估计车程/).waitFor()
  await shot(phone, 'sent')
  await phone.getByRole('link', { name: '打开计时' }).click()
  await phone.getByRole('heading', { level: 2, name: '卒中绿色通道' }).waitFor()
  await isClean(phone, 'the clock on the phone')
  await shot(phone, 'clock-phone')

  const desk = await pageOf('desk', DESK)
  await desk.goto(`${region.address}/desk/inbox`)
  const board = desk.getByRole('region', { name: /^进行中的绿色通道/ })
  await board.getByRole('button', { name: new RegExp(person.name.zh) }).click()
  await desk.getByRole('heading', { level: 2, name: '卒中绿色通道' }).waitFor()
  await shot(desk, 'desk-before')
  await desk.getByRole('button', { name: '到院大门：记为现在' }).click()
  await board.getByText('下一目标 · 到院到 CT').waitFor()
  await isClean(desk, 'the inbox with its board')
  await shot(desk, 'desk-after')
  await phone.getByRole('listitem').filter({ hasText: '到院大门' }).locator('.node-time').waitFor()

  await desk.getByRole('button', { name: '开始 CT：补记时间' }).click()
  const dialog = desk.getByRole('dialog')
  await dialog.getByLabel('时间').fill('2020-01-01T08:00')
  await dialog.getByRole('button', { name: '保存' }).click()
  await dialog
    .getByText(/到院大门.*不能晚于.*开始 CT/)
    .first()
    .waitFor()
  await shot(desk, 'order-refused')
  await isClean(desk, 'a time out of order')
  await dialog.getByRole('button', { name: '关闭' }).click()
  await desk.getByRole('button', { name: '开始 CT：记为现在' }).click()
  await desk.getByRole('button', { name: '开始 CT：更正时间' }).click()
  await dialog.getByRole('button', { name: '保存' }).click()
  await dialog.getByText('请写明原因').first().waitFor()
  await dialog.getByRole('button', { name: '关闭' }).click()
  await desk.getByRole('button', { name: '结束通道' }).click()
  await dialog.getByRole('radio', { name: '已排除' }).check()
  await dialog.getByLabel('原因').fill('CT 未见异常,症状已消失')
  await dialog.getByRole('button', { name: '结束通道' }).click()
  await board.waitFor({ state: 'detached' })
  await phone.getByText('CT 未见异常,症状已消失').waitFor()
  await phone.context().close()
  await desk.context().close()
})

test('without a network the start waits on the device, tells the doctor to call, and goes when the network returns', async () => {
  const person = await resident()
  const phone = await pageOf('village', PHONE)
  await phone.goto(`${region.address}/village/emergency/${person.id}?channel=chest-pain`)
  await phone.getByRole('button', { name: '立即转出' }).waitFor()
  await phone.getByRole('button', { name: '半小时前' }).click()
  await phone.context().setOffline(true)
  await phone.getByRole('button', { name: '立即转出' }).click()
  await phone.getByText('还没有送到对方').waitFor()
  await phone.getByRole('link', { name: '拨打 120' }).waitFor()
  await shot(phone, 'offline')
  await phone.context().setOffline(false)
  await phone.getByRole('heading', { level: 1, name: '已转出，对方急诊已收到' }).waitFor()
  const { channels } = await (await colleague(region.address, 'village')).ask('green-channel.board', {})
  const mine = channels.find((one) => one.person.id === person.id)
  assert.equal(mine?.onset.kind, 'known')
  await phone.context().close()
})

test('somebody whom nobody knows is taken in one go', async () => {
  const phone = await pageOf('village', PHONE)
  await phone.goto(`${region.address}/village/emergency`)
  await phone.getByRole('button', { name: '创伤' }).click()
  await phone.getByRole('button', { name: '身份不明，直接开启' }).click()
  await phone.getByLabel('怎么认出').fill('约六十岁，蓝外套')
  await phone.getByRole('button', { name: '男', exact: true }).click()
  await isClean(phone, 'an unknown person')
  await shot(phone, 'unknown')
  await phone.getByRole('button', { name: '立即转出' }).click()
  await phone.getByRole('heading', { level: 1, name: '已转出，对方急诊已收到' }).waitFor()
  await phone.getByRole('link', { name: '打开计时' }).click()
  await phone.getByRole('heading', { level: 1, name: '身份不明者' }).waitFor()
  await phone.context().close()
})

for (const [look, viewport, why] of [
  [{ size: 'large' }, PHONE, 'large type'],
  [{ theme: 'dark', language: 'en' }, PHONE, 'dark and English on a phone'],
  [{ theme: 'dark', language: 'en' }, DESK, 'dark and English on a desk'],
] as const satisfies readonly (readonly [Look, { width: number; height: number }, string])[]) {
  test(`start, clock and board are clean for axe and fit: ${why}`, async () => {
    const doctor = await colleague(region.address, 'village')
    const begun = await doctor.call('green-channel.start', {
      channel: 'trauma',
      unknown: { sex: 'female' },
      vitals: { systolic: 82, heartRate: 126 },
    })
    const page = await pageOf('village', viewport, look)
    for (const path of ['emergency?channel=stroke', 'emergency/unknown?channel=trauma', `cases/${begun.referral}`]) {
      await page.goto(`${region.address}/village/${path}`)
      await page.locator('.desk main h1').waitFor()
      await page.waitForFunction(() => document.querySelector('main .skeleton') === null)
      if (path.startsWith('cases')) await page.locator('.green-clock').waitFor()
      await isClean(page, `${path} ${why}`)
      await shot(page, `${why} ${path.split(/[/?]/)[0]}`.replaceAll(' ', '-'))
    }
    await page.context().close()
    if (viewport === PHONE) return
    const desk = await pageOf('desk', viewport, look)
    await desk.goto(`${region.address}/desk/inbox?tab=to-schedule&case=${begun.referral}`)
    await desk.locator('.green-board').waitFor()
    await desk.locator('.green-clock').waitFor()
    await isClean(desk, `inbox ${why}`)
    await shot(desk, `${why} inbox`.replaceAll(' ', '-'))
    await desk.context().close()
  })
}
