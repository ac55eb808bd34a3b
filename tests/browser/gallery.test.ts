import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { launch } from './browser.ts'
import { servePages } from './pages.ts'

type Look = { language: 'zh' | 'en'; size: 'standard' | 'large' | 'largest'; theme: 'light' | 'dark' }
const plain: Look = { language: 'zh', size: 'standard', theme: 'light' }

let browser: Browser
let pages: Awaited<ReturnType<typeof servePages>>
before(async () => {
  pages = await servePages()
  browser = await launch()
})
after(async () => {
  await browser.close()
  await pages.close()
})

const openGallery = async (look: Look, width: number): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width, height: 768 }, reducedMotion: 'reduce' })
  const page = await context.newPage()
  await page.addInitScript((kept) => localStorage.setItem('jieli-preferences', kept), JSON.stringify(look))
  await page.goto(`${pages.address}/gallery`)
  await page.getByRole('table').waitFor()
  return page
}

const focusedText = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '')

for (const [look, width, why] of [
  [plain, 360, 'phone'],
  [plain, 1366, 'desk'],
  [{ ...plain, language: 'en' }, 360, 'English is longer'],
  [{ ...plain, theme: 'dark' }, 1366, 'dark has its own contrasts'],
  [{ ...plain, size: 'large' }, 360, '关怀版'],
  [{ ...plain, size: 'largest', theme: 'dark' }, 360, '关怀版 at its biggest'],
] as const) {
  test(`every part is clean for axe and fits ${width} px: ${why}`, async () => {
    const page = await openGallery(look, width)
    const { violations, passes } = await new AxeBuilder({ page }).analyze()
    assert.deepEqual(
      violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]),
      [],
    )
    assert.ok(
      passes.some(({ id, nodes }) => id === 'color-contrast' && nodes.length > 50),
      'contrast was measured on real text',
    )
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width)
    await page.context().close()
  })
}

test('large type makes words at least 18 px and targets at least 60 px high', async () => {
  const page = await openGallery({ ...plain, size: 'large' }, 360)
  const small = await page.evaluate(() => ({
    words: Number.parseFloat(getComputedStyle(document.body).fontSize),
    targets: [...document.querySelectorAll('main .button, main input:not([type=radio], [type=checkbox]), main select')].map(
      (element) => element.getBoundingClientRect().height,
    ),
  }))
  assert.ok(small.words >= 18)
  assert.ok(small.targets.length > 8)
  assert.deepEqual(
    small.targets.filter((height) => height < 60),
    [],
  )
  await page.context().close()
})

test('a dialog takes the focus, keeps it, closes on Esc and gives it back', async () => {
  const page = await openGallery(plain, 1366)
  await page.getByRole('button', { name: '退回' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: '退回' })
  await dialog.waitFor()
  for (let tab = 0; tab < 6; tab += 1) {
    await page.keyboard.press('Tab')
    const isBehind = await page.evaluate(() => {
      const focused = document.activeElement
      return focused !== document.body && focused?.closest('dialog[open]') === null
    })
    assert.equal(isBehind, false, `after ${tab + 1} tabs`)
  }
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  assert.equal(await focusedText(page), '退回')
  await page.context().close()
})

for (const theme of ['light', 'dark'] as const) {
  test(`open windows and passing notes are clean for axe in the ${theme} theme`, async () => {
    const page = await openGallery({ ...plain, theme }, 360)
    await page.getByRole('button', { name: /^接收/ }).first().click()
    await page.getByRole('button', { name: '撤销' }).waitFor()
    assert.deepEqual((await new AxeBuilder({ page }).analyze()).violations, [])
    await page.getByRole('button', { name: '显示设置' }).click()
    await page.getByRole('dialog', { name: '显示设置' }).waitFor()
    assert.deepEqual((await new AxeBuilder({ page }).analyze()).violations, [])
    await page.context().close()
  })
}

test('rows are walked with the arrow keys and opened with Enter, and ? lists the keys', async () => {
  const page = await openGallery(plain, 1366)
  const rows = page.locator('tbody tr')
  await rows.nth(1).focus()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowUp')
  assert.match(await focusedText(page), /R-0001/)
  await page.keyboard.press('Enter')
  await page.locator('tbody tr[aria-current=true]', { hasText: 'R-0001' }).waitFor()
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: '快捷键' }).waitFor()
  await page.context().close()
})

test('tabs change with the arrow keys and say which one is shown', async () => {
  const page = await openGallery(plain, 1366)
  await page.getByRole('tab', { name: /待接收/ }).focus()
  await page.keyboard.press('ArrowRight')
  await page.getByRole('tab', { name: '列表', selected: true }).waitFor()
  assert.equal(await focusedText(page), '列表')
  await page.context().close()
})

test('the note after an act offers a way back and leaves when it is used', async () => {
  const page = await openGallery(plain, 360)
  await page.getByRole('button', { name: /^接收/ }).first().click()
  await page.getByRole('button', { name: '撤销' }).click()
  await page.locator('.toast').waitFor({ state: 'detached' })
  await page.context().close()
})

test('Enter that picks a word of an input method does not send the search', async () => {
  const page = await openGallery(plain, 360)
  const sent = await page.evaluate(() => {
    const input = document.querySelector<HTMLInputElement>('.search-box input')
    const enter = (isComposing: boolean) =>
      input?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing, bubbles: true, cancelable: true }))
    return { whileComposing: enter(true), afterwards: enter(false) }
  })
  assert.deepEqual(sent, { whileComposing: false, afterwards: true }, 'the browser sends the form unless the key was stopped')
  await page.context().close()
})

test('the language changes without a reload and is remembered', async () => {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } })
  const page = await context.newPage()
  await page.goto(`${pages.address}/gallery`)
  await page.getByRole('heading', { level: 1, name: '部件陈列' }).waitFor()
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'zh-CN')
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('heading', { level: 1, name: 'Parts' }).waitFor()
  await page.reload()
  await page.getByRole('heading', { level: 1, name: 'Parts' }).waitFor()
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'en')
  await context.close()
})
