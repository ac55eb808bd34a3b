import assert from 'node:assert/strict'
import { test } from 'node:test'
import { regionInBrowser } from './open-page.ts'
import { signInOn } from './region.ts'

const region = regionInBrowser()

test('A browser of the age of Chrome 109, without the newer methods of arrays and maps, shows the pages all the same', async () => {
  const page = await region.window()
  const faults: string[] = []
  page.on('pageerror', ({ message }) => void faults.push(message))
  await page.addInitScript(() => {
    Reflect.deleteProperty(Array.prototype, 'toSorted')
    Reflect.deleteProperty(Array.prototype, 'toReversed')
    Reflect.deleteProperty(Map, 'groupBy')
  })
  await signInOn(page, region.address(), 'bureau')
  for (const path of ['/overview/matrix', '/overview/steering', '/overview/what-if']) {
    await page.goto(region.address() + path)
    await page.locator('.desk-menu').waitFor()
    await page.locator('main h1').first().waitFor()
    await page.waitForFunction(() => document.querySelector('main .skeleton') === null)
  }
  assert.deepEqual(faults, [])
})
