import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { isSound, otherLooks } from './looking.ts'
import { regionInBrowser } from './open-page.ts'
import { colleague, referUp } from './region.ts'

// What a stay would cost, told before anybody chooses or sends. JIELI_PICTURES=<folder> keeps a picture of each screen.

const PHONE = { width: 360 }
const PAYS = /预计自付 [\d,]+(–[\d,]+)? 元/

const region = regionInBrowser()

/** Somebody of the village who is insured, so that there is something to estimate. */
const insuredResident = async (): Promise<string> => {
  const village = await colleague(region.address(), 'village')
  const { persons } = await village.ask('residents.search', { text: '', limit: 20 })
  const one = persons.find(({ insurance }: { insurance: string }) => insurance === 'resident')
  assert.ok(one)
  return one.id
}

const openHow = async (page: Page): Promise<void> => {
  const how = page.locator('.cost-how').first()
  await how.locator('summary').click()
  await how.locator('.cost-steps').first().waitFor()
}

test('a village doctor sees what each place would cost before the referral is sent, and every step of it', async () => {
  const page = await region.open('village', `/village/refer/${await insuredResident()}`, { shown: '[type=search]' })
  await page.getByRole('searchbox').fill('高血压')
  await page.locator('main .list-row').first().click()
  const chosen = page.locator('.cost-at')
  await chosen.getByText(PAYS).first().waitFor()
  assert.ok((await page.locator('.choice-cards .cost-line').count()) > 0, 'the other places tell theirs as well')
  await isSound(page, 'cost-refer')
  await openHow(page)
  assert.match(await chosen.innerText(), /演示虚构/)
  assert.match(await page.locator('.cost-steps').first().innerText(), /起付标准/)
  await isSound(page, 'cost-refer-steps')
  await otherLooks(page, 'cost-refer', '.cost-at')
  await page.context().close()
})

test('a resident who looks for a place sees what it would cost there', async () => {
  const page = await region.open('resident', '/me/find', PHONE)
  await page.getByLabel('哪里不舒服？什么时候开始的？').fill('头晕，血压高，好几天了')
  await page.getByRole('button', { name: '下一步' }).click()
  const places = page.locator('.place-list > li')
  const options = page.locator('.find-options button')
  await options.or(places).first().waitFor()
  while ((await options.count()) > 0) {
    const question = await page.locator('.find .card h2').first().innerText()
    await page.getByRole('button', { name: '说不清' }).click()
    await page.waitForFunction((before) => document.querySelector('.find .card h2')?.textContent !== before, question)
    await options.or(places).first().waitFor()
  }
  await page.locator('.place-list .cost-at').first().waitFor()
  await isSound(page, 'cost-find-360')
  await page.setViewportSize({ width: 1366, height: 768 })
  await isSound(page, 'cost-find')
  await page.context().close()
})

test('a desk that hands a request to a hospital of another city sees what the filed referral saves', async () => {
  const [village, desk] = await Promise.all([colleague(region.address(), 'village'), colleague(region.address(), 'desk')])
  const { referral } = await referUp({ village, desk, person: await insuredResident() }, 0)
  const page = await region.open('desk', '/desk/inbox', { shown: `#case-list [data-case="${referral}"]` })
  await page.locator(`#case-list [data-case="${referral}"]`).click()
  await page.locator('.case header').waitFor()
  await page.locator('.case').getByRole('button', { name: /^改转/ }).waitFor()
  await page.keyboard.press('t')
  await page.getByRole('searchbox', { name: '改转到' }).fill('长沙')
  await page.locator('.list-row', { hasText: '市级' }).filter({ hasText: '长沙' }).first().click()
  const cost = page.locator('.cost-at')
  await cost.getByText(/^未经转诊：预计自付/).waitFor()
  const text = await cost.innerText()
  assert.match(text, /未经转诊：预计自付 [\d,]+(–[\d,]+)? 元/)
  assert.match(text, /经转诊少付 [\d,]+(–[\d,]+)? 元/)
  await isSound(page, 'cost-redirect')
  await page.context().close()
})
