import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { shownCode } from '../harness/authenticator.ts'
import { launch } from './browser.ts'
import { axeFaults } from './looking.ts'
import { colleague, signInOn, startRegion, wear, type Look, type TestRegion } from './region.ts'
import { PATIENCE_MS } from '../harness/patience.ts'

let region: TestRegion
let sent: string | null = null
let whose = ''
let browser: Browser
before(async () => {
  ;[region, browser] = await Promise.all([startRegion(), launch()])
})
after(async () => {
  await browser?.close()
  await region?.stop()
})

const window = async (size: { width: number; height: number }, look: Look): Promise<Page> => {
  const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce' })
  await wear(context, look)
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE_MS)
  return page
}
const openPage = async (
  account: string,
  path: string,
  size: { width: number; height: number },
  look: Look = {},
): Promise<Page> => {
  const page = await window(size, look)
  await signInOn(page, region.address, account)
  await page.goto(region.address + path)
  return page
}

/** The administrator signs in for the first time: an authenticator is set up, its codes are kept, then the page opens. */
const openAsAdministrator = async (path: string, size: { width: number; height: number }): Promise<Page> => {
  const page = await window(size, {})
  await page.goto(region.address)
  await page.locator('input[autocomplete=username]').fill('admin')
  await page.locator('input[autocomplete=current-password]').fill('jieli-demo')
  await page.locator('form [type=submit]').click()
  const secret = ((await page.locator('.enrol-secret code').textContent()) ?? '').replaceAll(' ', '')
  await page.locator('input[autocomplete=one-time-code]').fill(shownCode(secret))
  await page.getByRole('button', { name: '确认绑定' }).click()
  await page.getByRole('button', { name: '已保存，继续' }).click()
  await page.locator('.desk h1').first().waitFor()
  await page.goto(region.address + path)
  return page
}
const WIDE = { width: 1366, height: 768 }
const PHONE = { width: 360, height: 740 }

const looksRight = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['JIELI_PICTURES']
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
  assert.deepEqual(await axeFaults(page), [])
  const fits = await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)
  assert.ok(fits, 'nothing sticks out')
}

/** A case of the demo's village doctor at the county hospital: its number, about somebody who has results of other hospitals. */
const sentCase = async (): Promise<string> => {
  if (sent !== null) return sent
  const village = await colleague(region.address, 'village')
  const desk = await colleague(region.address, 'desk')
  const { persons } = await village.ask('residents.search', { limit: 50 })
  for (const person of persons) {
    const found = await village.ask('recognition.check', { person: person.id, item: 'HR-L006' })
    if (found.recognisable.length === 0) continue
    const letter = { impression: '高血压', reason: '血压控制不佳', pastHistory: '', treatment: '' }
    const answer = await village.call('referral.send', {
      person: person.id, receiver: desk.institution, specialty: '0304', condition: { key: 'I10', zh: '高血压' }, letter, consent: { by: 'patient' },
    }).catch(() => null) // prettier-ignore
    if (answer === null) continue
    sent = answer.referral as string
    whose = person.id
    return sent
  }
  throw new Error('Nobody of the village has a result that can be recognised and no open case')
}

test('A hospital’s desk is shown what is there before it orders: one is accepted, another repeated with a reason, and the manager sees both', async () => {
  const referral = await sentCase()
  const page = await openPage('desk', `/desk/inbox?case=${referral}`, WIDE)
  const panel = page.locator('.recognition-panel')
  await panel.getByText('开检查检验前先看互认').click()
  await panel.getByLabel('项目').selectOption({ label: '血脂四项' })
  await panel.getByRole('button', { name: '查看既往结果' }).click()
  await panel.getByRole('button', { name: /^认可这份结果.*血脂四项/ }).waitFor()
  await panel.scrollIntoViewIfNeeded()
  await looksRight(page, 'recognition-found')
  await panel.getByRole('button', { name: /^认可/ }).first().click()
  await page.getByText(/已认可并写入病历/).waitFor()
  // One that needs its site, and is repeated: without a reason it is not sent.
  await panel.getByLabel('项目').selectOption({ label: '胸部 CT 平扫' })
  await panel.getByRole('button', { name: '查看既往结果' }).click()
  await panel.getByText('这个项目须写明部位。').waitFor()
  await panel.getByLabel('部位').fill('胸部')
  await panel.getByRole('button', { name: '查看既往结果' }).click()
  await panel.getByRole('button', { name: '仍要复查' }).click()
  await panel.getByRole('button', { name: '开单复查' }).click()
  await panel.getByText('请选择理由。').waitFor()
  await panel.getByText('病情变化,结果与临床表现不符').click()
  await panel.getByRole('button', { name: '开单复查' }).click()
  // The house says what is missing.
  await panel
    .getByText(/复查前须向患者说明理由/)
    .first()
    .waitFor()
  await panel.getByLabel('已向患者说明复查理由').check()
  await looksRight(page, 'recognition-repeat')
  await panel.getByRole('button', { name: '开单复查' }).click()
  await page.getByText('已开单复查,理由已写入病历').or(page.getByText('已开单复查，理由已写入病历')).waitFor()

  const manager = await openPage('manager', '/overview/recognition', WIDE)
  await manager.getByText('50.0%').first().waitFor()
  await looksRight(manager, 'recognition-measures')
  const onPhone = await openPage('manager', '/overview/recognition', PHONE, { theme: 'dark' } as Look)
  await onPhone.getByText('50.0%').first().waitFor()
  await looksRight(onPhone, 'recognition-measures-phone-dark')
})

/** Bills an examination at the village clinic for the person of the case, so that who orders it again is told. */
const billedAtVillage = async (person: string): Promise<void> => {
  const village = await colleague(region.address, 'village')
  const line = { kind: 'examination', code: 'HR-E001', zh: '常规十二导联心电图', class: '01', priceFen: 2_000 } as const
  await village.call('payment.open-bill', { person, lines: [line] })
}

test('What cannot be recognised says what it lacks, also on a telephone; what was billed elsewhere is told by the audit rules', async () => {
  const referral = await sentCase()
  await billedAtVillage(whose)
  const page = await openPage('desk', `/desk/inbox?case=${referral}`, PHONE)
  const panel = page.locator('.recognition-panel')
  await panel.getByText('开检查检验前先看互认').click()
  await panel.getByLabel('项目').selectOption({ label: '常规十二导联心电图' })
  await panel.getByRole('button', { name: '查看既往结果' }).click()
  await panel.getByText(/份不能互认/).click()
  await panel.getByText('超过本项目的互认时限').first().waitFor()
  await panel.getByText('31 · 过度检查').waitFor()
  await panel.getByText(/见于 .*卫生室/).waitFor()
  await panel.scrollIntoViewIfNeeded()
  await looksRight(page, 'recognition-lacks-phone')
  await panel
    .getByRole('button', { name: '没有可互认结果,开单' })
    .or(panel.getByRole('button', { name: '没有可互认结果，开单' }))
    .click()
  await page.getByText('已开单').waitFor()
})

test('An administrator uploads a table of front pages, sees which line is wrong, looks at the text with a reason and marks it as solved', async () => {
  const desk = await colleague(region.address, 'desk')
  const page = await openAsAdministrator('/overview/received', WIDE)
  await page.getByText('没有这样的报文').waitFor()
  await looksRight(page, 'intake-empty')
  await page.getByRole('button', { name: '上传文件' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: '上传文件' }).click()
  await dialog.getByText('请选择文件。').waitFor()
  await dialog.getByLabel('机构编号').fill(desk.institution)
  const table =
    'BAH,ZYCS,BRXM,XB,CSRQ,RYRQ,CYRQ,JBDM,LYFS\nB1,1,演示甲,1,1960-01-02,2026-01-01,2026-01-05,I10,1\nB2,1,演示乙,1,1960-01-03,2026-01-01,2025-01-05,I10,1\n'
  await dialog.getByLabel('文件').setInputFiles({ name: 'front-pages.csv', mimeType: 'text/csv', buffer: Buffer.from(table) })
  await looksRight(page, 'intake-upload')
  await dialog.getByRole('button', { name: '上传文件' }).click()
  await dialog.waitFor({ state: 'hidden' })
  const row = page.locator('.intake-row').first()
  await row.getByText('出院早于入院').waitFor()
  // Kind, state, channel and lines are told in words, not by their codes.
  for (const words of ['病案首页表', '待处理', '上传', '共 2 行，已导入 1 行'])
    await row.getByText(words, { exact: false }).first().waitFor()
  assert.doesNotMatch(await row.innerText(), /front-page|stuck|upload\b/)
  await looksRight(page, 'intake-stuck')
  await row.getByRole('button', { name: '查看原文' }).click()
  await dialog.getByRole('button', { name: '查看', exact: true }).click()
  await dialog.getByText('请写明理由').waitFor()
  await dialog.getByLabel('理由').fill('核对格式')
  await dialog.getByRole('button', { name: '查看', exact: true }).click()
  await dialog.getByText('BAH,ZYCS').waitFor()
  await looksRight(page, 'intake-raw')
  await page.keyboard.press('Escape')
  await row.getByRole('button', { name: '标记已解决' }).click()
  await dialog.getByLabel('理由').fill('对方已更正重发')
  await dialog.getByRole('button', { name: '标记已解决' }).click()
  await page.getByText('没有这样的报文').waitFor()
  const admission = 'MSH|^~\\&|HIS|UNKNOWN|||20260105||ADT^A01|C77|P|2.4\rPID|1||P77^^^^MR||演示丁||19610504|M\rPV1|1|I\r'
  await page.getByRole('button', { name: '上传文件' }).click()
  await dialog.getByLabel('种类').selectOption('hl7')
  await dialog.getByLabel('机构编号').fill(desk.institution)
  await dialog.getByLabel('文件').setInputFiles({ name: 'a01.hl7', mimeType: 'text/plain', buffer: Buffer.from(admission) })
  await dialog.getByRole('button', { name: '上传文件' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await page.getByLabel('显示', { exact: true }).selectOption('all')
  await page.locator('.intake-row', { hasText: '入院（ADT^A01）' }).getByText('控制号 C77').waitFor()
})
