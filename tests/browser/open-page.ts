import { after, before } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import type { Config } from '../../src/platform/config.ts'
import { launch } from './browser.ts'
import { signInOn, startRegion, wear, type Look, type TestRegion } from './region.ts'
import { PATIENCE_MS } from '../harness/patience.ts'

const WIDE = 1366
const PHONE_MOST = 1_000

/** How large a window is and how its reader likes the page; `shown` is what stands there once it is ready. */
type Screen = { readonly width?: number; readonly height?: number; readonly look?: Look; readonly shown?: string }

/** A window without anybody signed in. Without a height it is as high as a desk's screen or a phone's. */
const openWindow = async (
  browser: Browser,
  { width = WIDE, height = width > PHONE_MOST ? 768 : 740, look = {} }: Screen = {},
): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce', acceptDownloads: true })
  context.setDefaultTimeout(PATIENCE_MS)
  await wear(context, look)
  return context.newPage()
}

/** A page of the region in a window of its own, with an account of the demo signed in. */
const openPage = async (
  { browser, region }: { readonly browser: Browser; readonly region: TestRegion },
  account: string,
  path: string,
  screen: Screen = {},
): Promise<Page> => {
  const page = await openWindow(browser, screen)
  await signInOn(page, region.address, account)
  await page.goto(region.address + path)
  await page
    .locator(screen.shown ?? 'main h1')
    .first()
    .waitFor()
  return page
}

/** A region and a browser for all tests of a file, closed after the last of them; `begin` is done once both stand, `settings` say what the server is started with. */
export const regionInBrowser = (
  begin: () => Promise<void> = async () => {},
  settings: () => Promise<Partial<Config>> = async () => ({}),
) => {
  const here = {} as { region: TestRegion; browser: Browser }
  before(async () => {
    here.region = await startRegion(undefined, await settings())
    here.browser = await launch()
    await begin()
  })
  after(async () => {
    await here.browser?.close()
    await here.region?.stop()
  })
  return {
    address: (): string => here.region.address,
    later: (hours: number): Promise<void> => here.region.later(hours),
    window: (screen?: Screen): Promise<Page> => openWindow(here.browser, screen),
    open: (account: string, path: string, screen?: Screen): Promise<Page> => openPage(here, account, path, screen),
  }
}
