import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { buildWebOnce } from '../../src/apps/web-build.ts'
import { newId, type OrgId, type PersonId } from '../../src/kernel/id.ts'
import { hashPassword, saveAccount } from '../../src/modules/security/index.ts'
import { databaseNow, sql } from '../../src/platform/database/pool.ts'
import { PLACES, putSmallRegion } from '../../sim/small-region.ts'
import { ground } from '../api/real-server.ts'
import { launch } from './browser.ts'
import { isSound, otherLooks } from './looking.ts'
import { colleague, signInOn, wear, type Colleague, type Look } from './region.ts'
import { PATIENCE_MS } from '../harness/patience.ts'

// The e-health card on the telephone and at the counter. JIELI_PICTURES=<folder> keeps a picture of each.

const PASSWORD = 'jieli-demo'
type Here = { address: string; browser: Browser; desk: Colleague; resident: Colleague; person: string }

/** A small region with a desk, a parent who may sign in, the parent's child, and a payment app. */
const region = async (t: TestContext): Promise<Here> => {
  const [{ database: owner, server }] = await Promise.all([ground(t), buildWebOnce({ onNote: () => {} })])
  await putSmallRegion(owner)
  const { address } = await server({ JIELI_LIMITS: 'off' })
  const passwordHash = await hashPassword(PASSWORD)
  const person = await owner.transaction(async (tx) => {
    const add = async (zh: string, pinyin: string, bornOn: string): Promise<string> =>
      (
        await tx.row<{ id: string }>(sql`insert into residents.person (zh, pinyin, initials, sex, born_on, synthetic, created_at)
        values (${zh}, ${pinyin}, ${pinyin.slice(0, 1)}, 'female', ${bornOn}, true, now()) returning person_id::text as id`)
      )?.id ?? ''
    const [parent, child] = [await add('张建红', 'zhangjianhong', '1985-03-04'), await add('李小满', 'lixiaoman', '2019-05-21')]
    await tx.run(sql`insert into record_access.representative (person_id, id, by_person_id, kind, document, from_on, registered_at)
      values (${child}, ${newId()}, ${parent}, 'guardian', '户口簿', '2019-05-21', now())`)
    await tx.run(
      sql`insert into health_card.app values ('app-demo-pay', '演示支付', 'Demo pay', 'payment', null, now(), null, null)`,
    )
    const common = { passwordHash, en: null, at: await databaseNow(tx) }
    await saveAccount(tx, {
      ...common,
      id: newId(),
      login: 'desk',
      role: 'referral-desk',
      org: PLACES.county as OrgId,
      person: null,
      zh: '李转诊',
    })
    await saveAccount(tx, {
      ...common,
      id: newId(),
      login: 'resident',
      role: 'resident',
      org: null,
      person: parent as PersonId,
      zh: '张建红',
    })
    return parent
  })
  const browser = await launch()
  t.after(() => browser.close())
  const [desk, resident] = await Promise.all([colleague(address, 'desk'), colleague(address, 'resident')])
  return { address, browser, desk, resident, person }
}

const pageOf = async (
  { browser, address }: Here,
  account: string,
  path: string,
  width: number,
  look: Look = {},
): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width, height: width > 1000 ? 768 : 740 }, reducedMotion: 'reduce' })
  await wear(context, look)
  context.setDefaultTimeout(PATIENCE_MS)
  const page = await context.newPage()
  await signInOn(page, address, account)
  await page.goto(address + path)
  await page.locator('h1').first().waitFor()
  return page
}

test('An e-health card on the telephone and at the counter', async (t) => {
  const here = await region(t)
  const { desk, resident, person } = here
  const phone = await pageOf(here, 'resident', '/me/card', 360)
  const counter = await pageOf(here, 'desk', '/desk/card', 1366)

  await t.test('one tap applies for the card, and its identity code stands there', async () => {
    await phone.getByRole('button', { name: '申领健康卡' }).waitFor()
    await isSound(phone, 'card-none-360')
    await phone.getByRole('button', { name: '申领健康卡' }).click()
    await phone.getByRole('img', { name: '张建红的身份码' }).waitFor()
    await isSound(phone, 'card-static-360')
    const { width } = (await phone.getByRole('img', { name: '张建红的身份码' }).boundingBox()) ?? { width: 0 }
    assert.ok(width >= 250, `the code is ${width} px wide: old scanners read no smaller`)
  })
  await t.test('a visit and pay code counts down, is scanned at the counter, and says so by itself', async () => {
    await phone.getByRole('tab', { name: '就诊付款码' }).click()
    await phone.getByRole('button', { name: '出示就诊付款码' }).click()
    await phone.getByRole('img', { name: '张建红的就诊付款码' }).waitFor()
    await phone.getByText(/还有 [0-3]:[0-5]\d/).waitFor()
    await isSound(phone, 'card-dynamic-360')
    const { text } = await resident.call('health-card.show-code', { person })
    await counter.getByLabel('用在哪个环节').selectOption('payment')
    // A scanner types the code and presses Enter.
    await counter.getByLabel('扫码枪对准这里，或输入号码').fill(text)
    await counter.keyboard.press('Enter')
    await counter.getByRole('heading', { name: '张建红' }).waitFor()
    await isSound(counter, 'counter-1366')
    await phone.getByText('已扫码').waitFor()
    await isSound(phone, 'card-used-360')
    assert.equal(await counter.getByLabel('扫码枪对准这里，或输入号码').inputValue(), '', 'the field waits for the next')
    await counter.getByLabel('扫码枪对准这里，或输入号码').fill(text)
    await counter.keyboard.press('Enter')
    await counter.getByText('这个动态码已用过一次').waitFor()
    await isSound(counter, 'counter-refused-1366')
  })
  await t.test('an old card of the hospital is bound at the counter and found by its number', async () => {
    await counter.getByLabel('卡面号码').fill('00123456')
    await counter.getByRole('button', { name: '绑定', exact: true }).click()
    await counter.getByText('已绑定：本院就诊卡，尾号 3456').first().waitFor()
    await counter.getByLabel('用在哪个环节').selectOption('registration')
    await counter.getByLabel('居民出示的是').selectOption('hospital-card')
    await counter.getByLabel('扫码枪对准这里，或输入号码').fill('00123456')
    await counter.keyboard.press('Enter')
    await counter.getByRole('definition').filter({ hasText: '绑定的卡' }).waitFor()
    await otherLooks(counter, 'counter', 'h1')
  })
  await t.test('the person binds a bank account, unbinds it, and lets an app show the card', async () => {
    await phone.getByRole('button', { name: '绑定银行账户或商业保险' }).click()
    await phone.getByLabel('卡号或保单号').fill('4111 1111 1111 1112')
    await phone.getByRole('button', { name: '绑定', exact: true }).click()
    await phone.getByText('卡号格式不对').waitFor()
    await isSound(phone, 'card-bind-360')
    await phone.getByLabel('卡号或保单号').fill('4111 1111 1111 1111')
    await phone.getByRole('button', { name: '绑定', exact: true }).click()
    await phone.getByRole('button', { name: '解绑：银行账户 尾号 1111' }).click()
    await phone.getByText('换了新卡').click()
    await phone.getByRole('dialog').getByRole('button', { name: '解绑', exact: true }).click()
    await phone.getByText('以前绑定过的卡').waitFor()
    await phone.getByRole('button', { name: '允许：演示支付' }).click()
    await phone.getByRole('button', { name: '撤回：演示支付' }).waitFor()
    await isSound(phone, 'card-bound-360')
  })
  await t.test('a child’s card stands beside one’s own', async () => {
    await phone.getByRole('tab', { name: /李小满/ }).click()
    await phone.getByRole('button', { name: '申领健康卡' }).click()
    await phone.getByRole('img', { name: '李小满的身份码' }).waitFor()
    await isSound(phone, 'card-child-360')
  })
  await t.test('without a network the identity code is still there', async () => {
    await phone.context().route('**/api/health-card.*', (route) => route.abort())
    await phone.reload()
    await phone.getByText('没有网络').first().waitFor()
    await phone.getByRole('img', { name: '张建红的身份码' }).waitFor()
    await isSound(phone, 'card-offline-360')
    await phone.context().unroute('**/api/health-card.*')
  })
  await t.test('a lost card is reported with a reason and leaves the page', async () => {
    await phone.reload()
    await phone.getByRole('button', { name: '挂失', exact: true }).click()
    await phone.getByText('手机丢了', { exact: true }).click()
    await phone.getByRole('dialog').getByRole('button', { name: '挂失', exact: true }).click()
    await phone.getByRole('button', { name: '申领健康卡' }).waitFor()
    await assert.rejects(desk.call('health-card.scan', { text: `${'0'.repeat(64)}:1`, scene: 'registration' }))
  })
  await t.test('large type, the dark, and English', async () => {
    await phone.getByRole('button', { name: '申领健康卡' }).click()
    await phone.getByRole('img', { name: '张建红的身份码' }).waitFor()
    await otherLooks(phone, 'card', '.qr-code')
    const old = await pageOf(here, 'resident', '/me/card', 360, { size: 'largest' })
    await old.getByRole('img', { name: '张建红的身份码' }).waitFor()
    await isSound(old, 'card-largest-360')
  })
})
