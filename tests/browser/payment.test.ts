import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { QUIET } from '../../src/apps/platform-sandbox/faults.ts'
import { startPlatformSandbox } from '../../src/apps/platform-sandbox/sandbox.ts'
import { linkTo, TOKEN } from '../harness/payment.ts'
import { isSound, otherLooks } from './looking.ts'
import { regionInBrowser } from './open-page.ts'

// A bill from the doctor's desk to the refund, on the telephone and at the window. JIELI_PICTURES=<folder> keeps a picture of each screen.

const PHONE = { width: 360 }
const ANSWER_MS = 4_000
/** With it the demo's resident has residents' insurance, so that there is a cash part. */
const SEED = '2'
const LATE_MS = 1_500
let stop: () => Promise<void> = async () => {}

const region = regionInBrowser(
  async () => {},
  async () => {
    const sandbox = await startPlatformSandbox({
      port: 0,
      file: ':memory:',
      seed: SEED,
      token: TOKEN,
      faults: QUIET,
      lateMs: LATE_MS,
    })
    stop = sandbox.close
    const { url, token, area } = linkTo(sandbox.address)
    return { insurer: { url, token, area, timeoutMs: ANSWER_MS } }
  },
)
after(() => stop())

/** Pays on the wallet's page that a link of ours opens in a tab of its own. */
const payBeside = async (phone: Page): Promise<void> => {
  const [wallet] = await Promise.all([phone.waitForEvent('popup'), phone.getByRole('link', { name: /付款页/ }).click()])
  await wallet.getByRole('button', { name: /确认支付/ }).click()
  await wallet.getByText(/已支付/).waitFor()
  await wallet.close()
}

test('A bill on the telephone: priced, explained, paid, released, refunded, each step seen without a reload', async (t) => {
  const phone = await region.open('resident', '/me/home', PHONE)
  await t.test('the first page leads to it', async () => {
    await phone.getByText('有新账单').waitFor()
    await isSound(phone, 'bill-home-360')
    await phone.getByRole('link', { name: '账单', exact: false }).first().click()
    await phone.getByRole('heading', { name: '要您办的' }).waitFor()
    await isSound(phone, 'bills-360')
    await phone.getByRole('list', { name: '要您办的' }).getByRole('link').first().click()
    await phone.getByText('血压记录手册').waitFor()
    await isSound(phone, 'bill-open-360')
  })
  await t.test('who pays what is asked of the platform, and why can be opened', async () => {
    await phone.getByRole('button', { name: '看各付多少' }).click()
    const parts = phone.getByRole('list', { name: '谁付多少' })
    await parts.getByText('医保基金付').waitFor()
    await phone.getByText('为什么是这么多').click()
    // 25.50 + 42.00 + 2 × 16.80 甲, 28.90 乙 less a tenth: the sandbox's plain rule, by hand.
    await phone.getByText('127.11 元').waitFor()
    await isSound(phone, 'bill-quoted-360')
  })
  await t.test('it is paid in the app and settles by itself', async () => {
    // Half of what is in scope is the fund's: 63.56, half up.
    await phone.getByText('您要付 71.44 元').waitFor()
    await phone.getByText('支付宝', { exact: true }).click()
    await phone.getByRole('button', { name: '去付款' }).click()
    await phone.getByRole('link', { name: '打开支付宝付款页' }).waitFor()
    await isSound(phone, 'bill-collecting-360')
    await payBeside(phone)
    await phone.getByText('现在就可以去做检查、取药').waitFor()
    await phone.getByRole('heading', { name: '现在去哪里' }).waitFor()
    await isSound(phone, 'bill-settled-360')
  })
  await t.test('it is refunded whole with a reason', async () => {
    await phone.getByRole('button', { name: '申请退费' }).click()
    await phone.getByText('不做检查了', { exact: true }).click()
    await isSound(phone, 'bill-refund-360')
    await phone.getByRole('dialog').getByRole('button', { name: '申请退费' }).click()
    await phone.getByText('每一部分都按原路原数退回').waitFor()
    assert.equal(await phone.getByRole('heading', { name: '现在去哪里' }).count(), 0, 'nothing is to be carried out any more')
    await otherLooks(phone, 'bill-reversed', '.receipt')
  })
})
