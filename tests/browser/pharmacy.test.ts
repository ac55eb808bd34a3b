import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSound, otherLooks } from './looking.ts'
import { regionInBrowser } from './open-page.ts'

const region = regionInBrowser()

test('A pharmacy settles medicine for whoever shows the code of their card, and finds it in its list', async () => {
  const own = await region.open('resident', '/me', { width: 360 })
  // The person applies for a card on the telephone, and shows its code.
  const shown = (): Promise<string> =>
    own.evaluate(async () => {
      const ask = async (form: string, input: object) => {
        const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }
        return (await fetch(`/api/${form}`, { method: 'POST', headers, body: JSON.stringify(input) })).json()
      }
      const { resident: person } = await (await fetch('/api/security.me')).json()
      await ask('health-card.apply', { person })
      return (await ask('health-card.show-code', { person })).text
    })
  const page = await region.open('pharmacy', '/pharmacy', { shown: 'main .card' })
  const main = page.locator('main')
  await main.getByRole('button', { name: '核验' }).click()
  await main.getByText('请先扫码。').waitFor()
  await main.getByLabel('扫居民出示的健康卡码').fill('not a code of anybody')
  await main.getByRole('button', { name: '核验' }).click()
  await main.getByText('这不是本区域的健康卡码').waitFor()
  await isSound(page, 'pharmacy-scan')
  await main.getByLabel('扫居民出示的健康卡码').fill(await shown())
  await main.getByRole('button', { name: '核验' }).click()
  await main.getByLabel('统筹区（参保地）').selectOption({ label: '长沙市' })
  await main.getByLabel('就医类别').locator('option', { hasText: '普通门诊' }).waitFor({ state: 'attached' })
  await main.getByLabel('人员类别').selectOption({ label: '在职' })
  const cares = await main.getByLabel('就医类别').locator('option').allInnerTexts()
  assert.equal(cares.includes('住院'), false, 'no stay is settled at a pharmacy')
  const line = async (name: string, price: string, count: string) => {
    await main.getByLabel('名称', { exact: true }).fill(name)
    await main.getByLabel('单价（元）').fill(price)
    await main.getByLabel('数量').fill(count)
    await main.getByRole('button', { name: '加一项' }).click()
  }
  await line('缬沙坦胶囊', '34.20', '2')
  await main.getByRole('button', { name: '试算' }).click()
  await main.getByRole('list', { name: '谁付多少' }).waitFor()
  await isSound(page, 'pharmacy-priced')
  await main.getByLabel(/^账单号/).fill('YD-2026-1')
  await main.getByRole('button', { name: /^确认结算/ }).click()
  await main.getByRole('heading', { name: 'YD-2026-1 已结算入账' }).waitFor()
  await page.getByRole('link', { name: '结算账单' }).click()
  await main.getByRole('region', { name: '账单（表）' }).getByText('YD-2026-1').waitFor()
  await isSound(page, 'pharmacy-settled')
  await otherLooks(page, 'pharmacy', 'main .card')
}) // prettier-ignore
