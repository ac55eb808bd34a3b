import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSound } from './looking.ts'
import { regionInBrowser } from './open-page.ts'

const region = regionInBrowser()
const PHONE = { width: 360 }
const BAR = 5

test('A long menu on the phone keeps four places and 更多; the others open above it, lead on, and close by choice or by Escape', async () => {
  const page = await region.open('manager', '/overview/governance', PHONE)
  const menu = page.getByRole('navigation', { name: '主菜单' })
  const links = menu.getByRole('link')
  const more = menu.getByRole('button', { name: '更多' })
  await more.waitFor()
  const shown = await links.filter({ visible: true }).count()
  assert.equal(shown, BAR - 1)
  assert.equal(await more.getAttribute('aria-expanded'), 'false')
  await more.click()
  const less = menu.getByRole('button', { name: '收起' })
  await less.waitFor()
  assert.equal(await less.getAttribute('aria-expanded'), 'true')
  const all = await links.filter({ visible: true }).count()
  assert.ok(all > shown, `${all} places when it is open`)
  await isSound(page, 'phone-menu-open')
  await page.keyboard.press('Escape')
  await more.waitFor()
  assert.equal(await links.filter({ visible: true }).count(), shown)

  await more.click()
  const last = links.last()
  const name = (await last.innerText()).trim()
  await last.click()
  await more.waitFor()
  assert.equal(await links.filter({ visible: true }).count(), shown, 'a choice closes it')
  assert.match((await more.getAttribute('class')) ?? '', /here/, 'the bar says that one is behind 更多')
  assert.ok(name.length > 0)
  assert.equal(
    await menu
      .locator('a[aria-current=page]')
      .innerText()
      .then((text) => text.trim()),
    name,
  )
  await isSound(page, 'phone-menu-behind')
})

test('The number of what is new stands beside the icon of its place, inside its own entry', async () => {
  const page = await region.open('resident', '/me/home', PHONE)
  const entry = page.locator('.desk-menu a', { has: page.locator('.menu-count') }).first()
  await entry.waitFor()
  const [icon, count, cell] = await Promise.all(
    [entry.locator('svg'), entry.locator('.menu-count'), entry].map((one) => one.boundingBox()),
  )
  assert.ok(icon && count && cell)
  assert.ok(count.x >= icon.x + icon.width - 3, `the icon ends at ${icon.x + icon.width}, the number begins at ${count.x}`)
  assert.ok(count.x + count.width <= cell.x + cell.width + 1, 'no entry reaches into the next')
  assert.ok(count.y >= cell.y, 'nor out of the bar')
})
