import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { isSound } from './looking.ts'
import { regionInBrowser } from './open-page.ts'

const here = regionInBrowser()

const SHOWN = '.quota-rows, .empty-state'

/** Goes to the first day of the week shown that has a service whose reserve is not released. */
const toDayWithUnits = async (page: Page): Promise<void> => {
  const days = page.getByRole('tab')
  for (let at = 2; at < (await days.count()); at += 1) {
    await days.nth(at).click()
    await page.locator('.quota-rows, .empty-state').first().waitFor()
    if ((await page.locator('.quota-row').count()) > 0) return
  }
  assert.fail('no day of the week has units')
}

const rowOf = (page: Page) => page.locator('.quota-row', { has: page.locator('h2', { hasText: /专家号|Expert/ }) }).first()
const reservedOf = async (page: Page): Promise<number> =>
  Number.parseInt(await rowOf(page).locator('.quota-figures dd').first().innerText(), 10)

test('A manager sees the legal minimum, asks why, moves units up, and is refused below it with the clause', async () => {
  const page = await here.open('manager', '/overview/quotas', { shown: SHOWN })
  await toDayWithUnits(page)
  const row = rowOf(page)
  await row.locator('.quota-least').waitFor({ state: 'attached' })
  await row.locator('.quota-why summary').click()
  await row.locator('.quota-why[open]', { hasText: '20%' }).waitFor()
  await isSound(page, 'quota-board')
  const before = await reservedOf(page)
  await row.getByRole('button', { name: '时段明细' }).click()
  await row.locator('.table').waitFor()
  const slot = row.getByRole('button', { name: /^移动份额/ }).last()
  await slot.click()
  await page.getByRole('dialog').getByRole('button', { name: '移动份额' }).click()
  await page.getByText('请填写理由，至少 2 个字。').waitFor()
  await isSound(page, 'quota-move')
  await page.getByLabel('理由').fill('下周下乡义诊，多留给基层')
  await page.getByRole('dialog').getByRole('button', { name: '移动份额' }).click()
  await page.locator('.toast', { hasText: '份额已移动' }).waitFor()
  await page.waitForFunction(
    ([selector, wanted]) => document.querySelector(String(selector))?.textContent?.startsWith(String(wanted)) === true,
    [`.quota-row:has(.quota-slots) .quota-figures dd`, before + 1],
  )
  const takeOut = async (from: typeof slot) => {
    await from.click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('移出').selectOption('reserved')
    await dialog.getByLabel('移入').selectOption('open')
    await dialog.getByLabel('理由').fill('转为公开')
    await dialog.getByRole('button', { name: '移动份额' }).click()
    return dialog
  }
  // What was added may go back; the day then stands at its least, and nothing more may go.
  await (await takeOut(slot)).waitFor({ state: 'hidden' })
  const dialog = await takeOut(row.getByRole('button', { name: /^移动份额/ }).first())
  await dialog.locator('.error-note').waitFor()
  assert.match(await dialog.locator('.error-note').innerText(), new RegExp(`县域医疗卫生共同体[^]*至少预留 ${before} 个`))
  await isSound(page, 'quota-refused')
  await page.context().close()
})

test('A desk looks at what its hospital’s system says: both numbers of a conflict, and what is missing', async () => {
  const page = await here.open('desk', '/desk/quotas', { shown: SHOWN })
  const feed = page.locator('.card', { hasText: 'his' })
  await feed.getByText('医院已满，这里还能约').waitFor()
  await feed.getByText('第 36–37 条').waitFor()
  await isSound(page, 'quota-feeds')
  await feed.getByRole('button', { name: /^已核对/ }).click()
  await page.getByLabel('理由').fill('门诊系统未同步，已电话核对')
  await page.getByRole('dialog').getByRole('button', { name: '已核对' }).click()
  await feed.getByText('已核：门诊系统未同步').waitFor()
  await feed.getByRole('button', { name: /^放弃等待/ }).click()
  await page.getByLabel('理由').fill('接口停机')
  await page.getByRole('dialog').getByRole('button', { name: '放弃等待' }).click()
  await feed.getByText('已放弃：接口停机').waitFor()
  assert.equal(await page.locator('.card.held').count(), 1, 'a ward of the hospital still means nothing here')
  await feed.getByText('1 处院内编号未对应').waitFor()
  await feed.getByRole('button', { name: '对应 3B', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: '对应', exact: true }).click()
  await dialog.getByText('请选择对应哪一个。').waitFor()
  const first = await dialog.locator('select option:not([disabled])').first().textContent()
  await dialog.getByLabel('病区床位类别').selectOption({ label: first ?? '' })
  await isSound(page, 'quota-map')
  await dialog.getByRole('button', { name: '对应', exact: true }).click()
  await page.locator('.toast', { hasText: '已对应' }).waitFor()
  await feed.getByText(`对应 ${first}`).waitFor()
  await dialog.waitFor({ state: 'detached' })
  await isSound(page, 'quota-mapped')
  await page.setViewportSize({ width: 360, height: 740 })
  await isSound(page, 'quota-mapped-360')
  assert.equal(await page.locator('.card.held').count(), 0, 'nothing waits any more')
  await page.context().close()
})

test('The board fits a phone, in the dark and in English', async () => {
  const page = await here.open('manager', '/overview/quotas', { shown: SHOWN, width: 360, height: 740, look: { theme: 'dark' } })
  await toDayWithUnits(page)
  await rowOf(page).getByRole('button', { name: '时段明细' }).click()
  await rowOf(page).locator('.table').waitFor()
  await isSound(page, 'quota-phone-dark')
  const small = await page.evaluate(() =>
    [...document.querySelectorAll('.quota-row button, .quota-row summary, .quota-tools button')]
      .map((one) => Math.round(one.getBoundingClientRect().height))
      .filter((height) => height > 0 && height < 44),
  )
  assert.deepEqual(small, [], 'everything that is pressed is large enough for a thumb')
  await page.context().close()
  const english = await here.open('desk', '/desk/quotas', { shown: SHOWN, width: 360, look: { language: 'en' } })
  await toDayWithUnits(english)
  await isSound(english, 'quota-phone-en')
  await english.context().close()
})
