import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { QUIET } from '../../src/apps/platform-sandbox/faults.ts'
import { startPlatformSandbox } from '../../src/apps/platform-sandbox/sandbox.ts'
import { linkTo, TOKEN } from '../harness/payment.ts'
import { isSound, otherLooks } from './looking.ts'
import { regionInBrowser } from './open-page.ts'
import { colleague } from './region.ts'

// Care away from home: filed by the resident, from a referral, and read by the insurer. JIELI_PICTURES=<folder> keeps a picture of each screen.

const PHONE = { width: 360 }
const SPECIALTY = '0304'

let stop: () => Promise<void> = async () => {}
/** With the insurer's platform beside it, so that what is filed is told. */
const region = regionInBrowser(
  async () => {},
  async () => {
    const sandbox = await startPlatformSandbox({
      port: 0,
      file: ':memory:',
      seed: '2',
      token: TOKEN,
      faults: QUIET,
      lateMs: 1_500,
    })
    stop = sandbox.close
    const { url, token, area } = linkTo(sandbox.address)
    return { insurer: { url, token, area, timeoutMs: 4_000 } }
  },
)
after(() => stop())

test('a resident files by commitment for a city, is told what is missing, and withdraws it', async () => {
  const page = await region.open('resident', '/me/off-site', PHONE)
  await page.getByText('还没有备案').waitFor()
  await page.getByRole('button', { name: '备案', exact: true }).click()
  await page.getByText('请选择是哪一种情况。').waitFor()
  await page.getByText('请先承诺内容属实。').waitFor()
  await isSound(page, 'off-site-faults')
  await page.getByRole('radio', { name: /长期住在外地/ }).check()
  await page.getByLabel('省份').selectOption({ label: '湖南省' })
  await page.getByLabel(/^城市/).selectOption({ label: '长沙市' })
  await page.getByRole('button', { name: '加上这个城市' }).click()
  await page.getByLabel(/^原因/).fill('随子女居住')
  await page.getByRole('checkbox', { name: /我承诺/ }).check()
  await page.getByRole('button', { name: '备案', exact: true }).click()
  const mine = page.getByRole('list', { name: '我的备案' })
  await mine.getByText('已备案').waitFor()
  await mine.getByText(/医保平台已受理，备案号 F/).waitFor()
  assert.match(await mine.innerText(), /长沙市[\s\S]*长期住在外地[\s\S]*不设期限[\s\S]*随子女居住/)
  await isSound(page, 'off-site-filed')
  await mine.getByRole('button', { name: /撤销/ }).click()
  await page.locator('dialog').getByLabel(/^原因/).fill('已经搬回来了')
  await page.locator('dialog').getByRole('button', { name: '撤销' }).click()
  await mine.getByText('已撤销', { exact: true }).waitFor()
  await mine.getByText('医保平台上已撤销').waitFor()
  assert.match(await mine.innerText(), /已经搬回来了/)
  await page.setViewportSize({ width: 1366, height: 768 })
  await isSound(page, 'off-site')
  await otherLooks(page, 'off-site', 'main h1')
  await page.context().close()
})

test('a referral that leaves the area is filed from its page, and the insurer reads it', async () => {
  const village = await colleague(region.address(), 'village')
  const { persons } = await village.ask('residents.search', { text: '', limit: 20 })
  const person = persons.find(({ insurance }: { insurance: string }) => insurance === 'resident')?.id ?? ''
  const { institutions } = await village.ask('organisations.search', {
    text: '长沙',
    tier: 'city',
    specialty: SPECIALTY,
    limit: 5,
  })
  const receiver = institutions[0]?.id ?? ''
  const { referral } = await village.call('referral.send', {
    person,
    receiver,
    specialty: SPECIALTY,
    condition: { key: 'hypertension-uncontrolled', zh: '高血压(控制不佳)' },
    letter: { impression: '高血压', reason: '控制不佳' },
    consent: { by: 'patient' },
  })
  const page = await region.open('village', `/village/cases/${referral}`)
  const file = page.getByRole('button', { name: '备案', exact: true })
  await file.click()
  await page.getByText('请先承诺内容属实。').waitFor()
  await isSound(page, 'off-site-referral')
  await page.getByRole('checkbox', { name: /承诺转诊属实/ }).check()
  await file.click()
  await page.getByText(/已从这张转诊单备案/).waitFor()
  await otherLooks(page, 'off-site-referral', 'main h1')
  await page.context().close()
  const insurer = await region.open('insurer', '/overview/filings')
  const all = insurer.getByRole('list', { name: '异地就医备案清单' })
  await all
    .getByText(/来自转诊单/)
    .first()
    .waitFor()
  await all
    .getByText(/医保平台已受理，备案号 F/)
    .first()
    .waitFor()
  await isSound(insurer, 'off-site-insurer')
  await otherLooks(insurer, 'off-site-insurer', 'main h1')
  await insurer.context().close()
})
