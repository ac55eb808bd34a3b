import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { startServer } from '../../src/apps/server.ts'
import { buildWebOnce } from '../../src/apps/web-build.ts'
import { openDatabase, sql, type Database } from '../../src/platform/database/pool.ts'
import { startProvince } from '../faults/province.ts'
import { shownCode } from '../harness/authenticator.ts'
import { regionDatabase } from '../harness/region.ts'
import { launch } from './browser.ts'
import { isSound, otherLooks } from './looking.ts'
import { colleague, signInOn, wear, type Colleague, type Look } from './region.ts'
import { PATIENCE_MS } from '../harness/patience.ts'

// Screens for what waits behind the desks: the province's refusals, quality, questions, lost promises, devices.
// JIELI_PICTURES=<folder> keeps a picture of each.

/** A region that is docked to a simulated platform which knows no department code of the first level. */
type Docked = { address: string; owner: Database; browser: Browser }
const startDocked = async (t: TestContext): Promise<Docked> => {
  const [province, { config, appUrl, ownerUrl, close }] = await Promise.all([
    startProvince(t, { seed: 7, refuse: 1 }),
    regionDatabase(),
    buildWebOnce({ onNote: () => {} }),
  ])
  const database = openDatabase(appUrl, { size: config.poolSize })
  const owner = openDatabase(ownerUrl, { size: 2 })
  const server = await startServer({ config: { ...config, province: province.platform }, database, appUrl })
  const browser = await launch()
  t.after(async () => {
    await browser.close()
    await server.close()
    await database.close()
    await owner.close()
    await close()
  })
  return { address: server.address, owner, browser }
}

/** Asks again until there is an answer, never longer than a minute: a busy machine relays what a moved clock made due in its own time. */
const until = async <A>(what: string, ask: () => Promise<A | null | undefined | false>): Promise<A> => {
  const end = performance.now() + 60_000
  for (;;) {
    const found = await ask()
    if (found !== null && found !== undefined && found !== false) return found
    assert.ok(performance.now() < end, `waited in vain: ${what}`)
    await wait(50)
  }
}

const pageOf = async (
  { browser, address }: Docked,
  account: string,
  path: string,
  width: number,
  look: Look = {},
): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width, height: width > 1000 ? 768 : 740 }, reducedMotion: 'reduce' })
  await wear(context, look)
  context.setDefaultTimeout(PATIENCE_MS)
  const page = await context.newPage()
  await signInOn(page, address, account)
  await page.goto(address + path)
  await page.locator('.desk h1').waitFor()
  return page
}

type Staff = { village: Colleague; family: Colleague; desk: Colleague; ward: Colleague }
const staffOf = async (address: string): Promise<Staff> => {
  const [village, family, desk, ward] = await Promise.all(
    (['village', 'family', 'desk', 'ward'] as const).map((account) => colleague(address, account)),
  )
  assert.ok(village && family && desk && ward)
  return { village, family, desk, ward }
}

/** Grown residents of the clinic with whom nothing is open. */
const residentsOf = async ({ village }: Staff) => {
  const { persons } = await village.ask('residents.search', { text: '', limit: 30 })
  return persons.filter(({ bornOn, diedOn }) => diedOn === null && bornOn !== null && bornOn < '2000')
}

const asked = (person: string, desk: Colleague) => ({
  person,
  receiver: desk.institution,
  specialty: '0304',
  condition: { key: 'hypertension-uncontrolled', zh: '高血压控制不佳', en: 'Hypertension, not controlled' },
  letter: { impression: '高血压3级', reason: '血压控制不佳', pastHistory: '', treatment: '' },
  consent: { by: 'patient' as const },
})

test('What waits behind the desks has a screen', async (t) => {
  const docked = await startDocked(t)
  const staff = await staffOf(docked.address)
  const persons = await residentsOf(staff)
  const person = (at: number) => persons[at] ?? assert.fail('the demo clinic has residents enough')

  await t.test('a message that the province refused is corrected by keyboard, and the menu counts it', () =>
    refusedByProvince(docked, staff, person(0)),
  )
  await t.test('quality shows a received channel, and its clock takes a picture of the ECG', () =>
    qualityAndPicture(docked, staff, person(1).id),
  )
  await t.test('a promise that fell through is no plain 已上传, and another time is picked', () =>
    lostPromise(docked, staff, person(2).id, person(3)),
  )
  await t.test('a question about somebody without a referral, and a step past its day, stand on the day’s page', () =>
    questionAndStep(docked, staff),
  )
  await t.test('the administrator finds a lost device and revokes it', () => revoked(docked))
})

const refusedByProvince = async (docked: Docked, { village, desk }: Staff, person: { id: string; name: { zh: string } }) => {
  const page = await pageOf(docked, 'desk', '/desk/province', 1366)
  const menu = page.getByRole('navigation').getByRole('link', { name: /^省平台/ })
  await page.getByText('没有待处理的消息').waitFor()
  await isSound(page, 'province-none-1366')
  await village.call('referral.send', asked(person.id, desk))
  await until('the refusal', async () => (await desk.ask('docking.stuck', {})).stuck[0])
  await page.reload()
  const row = page.locator('[data-stuck]')
  await row.getByText(person.name.zh).waitFor()
  assert.match(await row.innerText(), /转诊预约申请[\s\S]*省平台答复[\s\S]*0304[\s\S]*department-unknown/)
  assert.match(await menu.innerText(), /1$/)
  const open = row.getByRole('button', { name: /^更正后重发/ })
  await open.focus()
  await page.keyboard.press('Enter')
  const code = row.getByLabel('科室代码')
  await code.waitFor()
  assert.ok(await code.evaluate((field) => field === document.activeElement), 'the form takes the focus')
  await page.keyboard.press('Control+Enter')
  await row.getByText('请至少更正一项').waitFor()
  await row.getByText('请写明原因').waitFor()
  await isSound(page, 'province-form-1366')
  await page.keyboard.press('Escape')
  assert.ok(await open.evaluate((button) => button === document.activeElement), 'the focus goes back')
  await page.keyboard.press('Enter')
  await code.fill('030401')
  await row.getByLabel('原因').fill('按省平台科室对照表更正')
  await page.keyboard.press('Control+Enter')
  await page.getByText('没有待处理的消息').waitFor()
  await until('everything is told', async () => (await desk.ask('docking.books', {})).waiting === 0)
  await page.context().close()
}

/** A picture of one white point, as a telephone might send it. */
const onePoint = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==',
  'base64',
)

const qualityAndPicture = async (docked: Docked, { village, desk }: Staff, person: string) => {
  const begun = await village.call('green-channel.start', { channel: 'stroke', person })
  await desk.call('green-channel.stamp', { case: begun.case, node: 'door-in' })
  await desk.call('green-channel.stamp', { case: begun.case, node: 'ct-start' })
  await until('the refusal', async () => (await desk.ask('docking.stuck', {})).stuck[0])
  const page = await pageOf(docked, 'desk', '/desk/province', 1366)
  await page.locator('[data-stuck] strong').waitFor()
  await otherLooks(page, 'province', '[data-stuck] strong')
  await wear(page.context(), {})
  await page.setViewportSize({ width: 1366, height: 768 })
  await page.goto(`${docked.address}/desk/inbox?case=${begun.referral}`)
  await page.getByRole('button', { name: '附心电图照片' }).click()
  await page.getByRole('button', { name: '发给对方' }).click()
  await page.getByText('请先拍照或选择图片').waitFor()
  const form = page.getByRole('region', { name: '附心电图照片' })
  await form.locator('input[type=file]').last().setInputFiles({ name: 'ecg.png', mimeType: 'image/png', buffer: onePoint })
  await form.getByText('ecg.jpg').waitFor()
  await isSound(page, 'ecg-1366')
  await page.getByRole('button', { name: '发给对方' }).click()
  await page.locator('.thread-composer').waitFor()
  await page.getByRole('button', { name: /^ecg\.jpg/ }).waitFor()
  await page.getByRole('navigation').getByRole('link', { name: '质控' }).click()
  await page.getByRole('tab', { name: '卒中' }).click()
  const table = page.getByRole('table')
  await table.getByRole('cell', { name: '到院到 CT', exact: true }).waitFor()
  assert.match(await table.locator('tr').filter({ hasText: '到院到 CT' }).first().innerText(), /100%\s*1 \/ 1 例/)
  await isSound(page, 'quality-1366')
  await page.getByRole('tab', { name: '危重新生儿' }).click()
  await page.getByText('这个月没有接收病例').waitFor()
  await page.getByRole('tab', { name: '卒中' }).click()
  await table.waitFor()
  await otherLooks(page, 'quality', 'table')
  await page.context().close()
}

const lostPromise = async (
  docked: Docked,
  { village, desk }: Staff,
  first: string,
  person: { id: string; name: { zh: string } },
) => {
  const { vouchers } = await village.ask('booking.vouchers-mine', {})
  const voucher = vouchers.find(({ specialty }) => specialty === '0304') ?? assert.fail('the clinic may promise a unit')
  const page = await pageOf(docked, 'village', `/village/refer/${person.id}`, 360)
  await page.getByRole('searchbox', { name: '病种' }).fill('gxy')
  await page.getByRole('button', { name: /^高血压.?控制不佳/ }).click()
  await page
    .getByRole('radio', { name: /用预留号源承诺/ })
    .first()
    .check()
  await page.getByRole('checkbox', { name: /^已告知并取得同意/ }).check()
  await page.getByLabel(/^主要现病史/).fill('血压控制不佳')
  await page.context().setOffline(true)
  await page.getByRole('button', { name: '提交转诊' }).click()
  await page.getByText('已保存本机').first().waitFor()
  await village.call('referral.send', { ...asked(first, desk), voucher: voucher.number })
  await page.context().setOffline(false)
  await page.getByText('承诺的号源已不在').first().waitFor()
  await page.getByRole('button', { name: '另约时间' }).waitFor()
  assert.equal(await page.getByText('已上传', { exact: true }).count(), 0)
  await isSound(page, 'refer-lost-360')
  await page.goto(`${docked.address}/village/outbox`)
  const row = page.getByRole('listitem').filter({ hasText: '承诺落空' })
  await row.getByText(/最近的号源/).waitFor()
  assert.equal(await row.getByText('已上传').count(), 0)
  await isSound(page, 'outbox-360')
  await page.goto(`${docked.address}/village/today`)
  await page.getByRole('button', { name: new RegExp(`^另约时间：${person.name.zh}`) }).waitFor()
  await isSound(page, 'today-call-360')
  await page.goto(`${docked.address}/village/outbox`)
  await row.getByRole('button', { name: /^另约时间/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio').first().waitFor()
  await isSound(page, 'rebook-360')
  await dialog.getByRole('radio').nth(1).check()
  await dialog.getByRole('button', { name: '改约并提交' }).click()
  await page.getByRole('listitem').filter({ hasText: '已另约' }).waitFor()
  const { tasks } = await village.ask('referral.tasks', {})
  assert.equal(tasks.filter(({ kind }) => kind === 'call').length, 0, 'the task to call is done')
  await page.context().close()
}

const told = { diagnosis: '脑梗死', findings: '演示', treatment: '演示', plan: '演示', medication: '演示' }

const questionAndStep = async (docked: Docked, { village, family, desk, ward }: Staff) => {
  const me = (await (await colleague(docked.address, 'resident')).ask('security.me', {})).resident ?? ''
  const { candidates } = await ward.ask('continuity.candidates', {})
  const inside = candidates.find(({ referral }) => referral === null) ?? assert.fail('somebody lies inside without a referral')
  const { needs } = await ward.ask('continuity.candidate', { person: inside.person.id })
  await ward.call('continuity.ask-readiness', { person: inside.person.id, receiver: family.institution, items: [...needs] })
  const { referral } = await village.call('referral.send', asked(me, desk))
  await desk.call('referral.accept', { referral, queue: '神经内科病房' })
  await desk.call('referral.arrive', { referral })
  await ward.call('referral.begin', { referral })
  await ward.call('referral.discharge', { referral })
  const { steps } = await ward.ask('continuity.plan-template', { disease: 'stroke' })
  await ward.call('continuity.hand-back', { referral, ...told, withoutAnswer: '演示:患者要求', steps: steps.slice(0, 2) })
  const lastDay = steps[1]?.dueOn ?? ''
  const days = (Date.parse(lastDay) - Date.now()) / 86_400_000 + 3
  await docked.owner.run(sql`update platform.clock set offset_ms = offset_ms + ${Math.ceil(days) * 86_400_000}`)
  await until('the step is past its day', async () =>
    (await family.ask('continuity.of-case', { referral })).plan?.steps.some(({ state }) => state === 'overdue'),
  )
  const page = await pageOf(docked, 'family', '/village/today', 360)
  await page.getByRole('region', { name: '康复计划逾期' }).waitFor()
  const question = page.locator('[data-question]')
  await otherLooks(page, 'today', '[data-question]')
  await wear(page.context(), {})
  await page.reload()
  await question.getByRole('button', { name: /^答复/ }).click()
  const form = question.locator('form')
  await form.waitFor()
  await isSound(page, 'today-answer-360')
  for (const item of await form.locator('[data-item]').all()) await item.getByText('有', { exact: true }).click()
  await form.getByRole('button', { name: '提交答复' }).click()
  await question.waitFor({ state: 'detached' })
  assert.equal((await family.ask('continuity.questions', {})).questions.length, 0)
  await page.context().close()
}

const revoked = async (docked: Docked) => {
  const context = await docked.browser.newContext({ viewport: { width: 1366, height: 768 }, reducedMotion: 'reduce' })
  await wear(context, {})
  context.setDefaultTimeout(PATIENCE_MS)
  const step = async (name: string, data: object) =>
    (await (await context.request.post(`${docked.address}/api/${name}`, { data })).json()) as { secret: string }
  await step('security.sign-in', { account: 'admin', password: 'jieli-demo' })
  const { secret } = await step('security.begin-factor', {})
  await step('security.confirm-factor', { code: shownCode(secret) })
  const page = await context.newPage()
  await page.goto(docked.address)
  await page.getByRole('button', { name: '显示设置' }).click()
  const dialog = page.getByRole('dialog')
  const devices = dialog.getByRole('list', { name: '全区域可离线工作的设备' })
  await devices
    .getByText(/^village/)
    .first()
    .waitFor()
  await devices
    .getByRole('button', { name: /^停用 village/ })
    .first()
    .click()
  const form = devices.locator('form')
  await form.getByRole('button', { name: '停用' }).click()
  await form.getByText('请写明原因').waitFor()
  await isSound(page, 'devices-1366')
  await form.getByLabel('原因').fill('手机遗失')
  await form.getByRole('button', { name: '停用' }).click()
  await devices.getByText('已停用，等待清除').first().waitFor()
  await page.setViewportSize({ width: 360, height: 740 })
  await isSound(page, 'devices-360')
  await context.close()
}
