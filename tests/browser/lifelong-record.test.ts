import assert from 'node:assert/strict'
import { after, before, test, type TestContext } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import type { PersonId } from '../../src/kernel/id.ts'
import type { Day } from '../../src/kernel/day.ts'
import { PATIENCE_MS } from '../harness/patience.ts'
import { launch } from './browser.ts'
import { bringLife, LIFE } from './lifelong-record.ts'
import { isSound, otherLooks } from './looking.ts'
import { colleague, signInOn, startRegion, wear, type TestRegion } from './region.ts'

const PAGES_SCROLLED = 20
const LINES_A_PAGE = 50

let region: TestRegion
let browser: Browser
let me: string

before(async () => {
  ;[region, browser] = await Promise.all([startRegion(), launch()])
  me = (await (await colleague(region.address, 'resident')).ask('security.me', {})).resident ?? ''
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format() as Day
  await region.fill((owner) => bringLife(owner, me as PersonId, today))
})
after(async () => {
  await browser?.close()
  await region?.stop()
})

const open = async (account: string, width: number): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width, height: width > 400 ? 768 : 740 }, reducedMotion: 'reduce' })
  await wear(context, {})
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE_MS)
  await signInOn(page, region.address, account)
  return page
}

const timed = async (t: TestContext, what: string, act: () => Promise<unknown>): Promise<void> => {
  const begun = performance.now()
  await act()
  t.diagnostic(`${what}: ${Math.round(performance.now() - begun)} ms`)
}

/** Opens a timeline, goes down twenty pages and looks at a trend; says how long each took. */
const walkThrough = async (t: TestContext, page: Page, path: string): Promise<void> => {
  await timed(t, 'first lines after opening the page', async () => {
    await page.goto(`${region.address}${path}`)
    await page.locator('.timeline-day').first().waitFor()
  })
  const waits: number[] = []
  for (let at = 0; at < PAGES_SCROLLED; at += 1) {
    const lists = await page.locator('.timeline-days').count()
    const begun = performance.now()
    await page.getByRole('button', { name: '看更早的' }).click()
    await page.locator('.timeline-days').nth(lists).waitFor()
    waits.push(performance.now() - begun)
  }
  t.diagnostic(
    `${PAGES_SCROLLED} further pages of ${LINES_A_PAGE}: ${Math.round(waits.reduce((sum, one) => sum + one) / waits.length)} ms each, ${Math.round(Math.max(...waits))} ms at most`,
  )
  const frames = await page.evaluate(async () => {
    const steps = 60
    const each = (document.documentElement.scrollHeight - window.innerHeight) / steps
    const gaps: number[] = []
    let last = performance.now()
    for (let at = 0; at <= steps; at += 1) {
      window.scrollTo(0, each * at)
      const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve))
      gaps.push(now - last)
      last = now
    }
    return gaps.toSorted((one, other) => one - other)
  })
  t.diagnostic(
    `scrolling through them: median frame ${Math.round(frames[frames.length >> 1] ?? 0)} ms, longest ${Math.round(frames.at(-1) ?? 0)} ms`,
  )
}

test('Ten thousand resources of one person open on the phone, go on page by page and draw their trends', async (t) => {
  assert.equal(LIFE, 10_000)
  const page = await open('resident', 360)
  await walkThrough(t, page, '/me/life')
  await timed(t, 'trend of 740 values', async () => {
    await page.locator('.timeline-name', { hasText: '空腹血糖' }).first().click()
    await page.locator('.timeline-chart').first().waitFor()
  })
  await isSound(page, 'life-10000-trend')
  await page.keyboard.press('Escape')
  const kind = page.getByLabel('类别')
  for (const [value, shown] of [
    ['contract', '家庭医生签约'],
    ['plan', '高血压服务包'],
    ['encounter', '高血压随访'],
  ] as const)
    await timed(t, `only ${value}`, async () => {
      await kind.selectOption(value)
      await page.locator('.timeline-line', { hasText: shown }).first().waitFor()
    })
  const stay = page.locator('.timeline-line').filter({ has: page.getByText('住院', { exact: true }) })
  await stay.first().waitFor()
  await isSound(page, 'life-10000-visits')
  await otherLooks(page, 'life-10000', '.timeline-day')
})

test('The doctor’s page of the same record is as quick', async (t) => {
  const page = await open('village', 1366)
  await walkThrough(t, page, `/village/residents/${me}/timeline`)
  await page.getByLabel('类别').selectOption('contract')
  await page.locator('.timeline-line', { hasText: '家庭医生签约' }).first().waitFor()
  await isSound(page, 'timeline-10000')
})
