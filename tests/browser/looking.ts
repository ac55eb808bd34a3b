import assert from 'node:assert/strict'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { wear } from './region.ts'

const HTML_SHOWN = 200

/** Colours on their way from one look to the next are no colours of the page. */
const isAtRest = () => document.getAnimations().every((moving) => !(moving instanceof CSSTransition))

/** What axe finds on a page, each rule with the elements that break it; nothing on a sound one. */
export const axeFaults = async (page: Page): Promise<[rule: string, elements: string[]][]> => {
  await page.waitForFunction(isAtRest)
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, HTML_SHOWN))])
}

/** Once everything is there: a picture where the caller wants one, clean for axe, and no wider than its window. */
export const isSound = async (page: Page, name: string): Promise<void> => {
  await page.waitForFunction(() => document.querySelector('main .skeleton') === null)
  const folder = process.env['JIELI_PICTURES']
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
  assert.deepEqual(await axeFaults(page), [], name)
  const [wide, shown] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth])
  assert.equal(wide, shown, `${name} fits its window`)
}

/** The same page on a phone, then in the dark with large English type; `shown` is what must stand there. */
export const otherLooks = async (page: Page, name: string, shown: string): Promise<void> => {
  await page.setViewportSize({ width: 360, height: 740 })
  await isSound(page, `${name}-360`)
  await wear(page.context(), { language: 'en', theme: 'dark', size: 'large' })
  await page.reload()
  await page.locator(shown).first().waitFor()
  await isSound(page, `${name}-360-dark-large`)
}
