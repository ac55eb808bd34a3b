import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { QUIET } from '../../src/apps/platform-sandbox/faults.ts'
import { startPlatformSandbox } from '../../src/apps/platform-sandbox/sandbox.ts'
import { linkTo, syntheticIdNumber, TOKEN } from '../harness/payment.ts'
import { isSound, otherLooks } from './looking.ts'
import { regionInBrowser } from './open-page.ts'
import { colleague } from './region.ts'

// A bill from the doctor's desk to the refund, on the telephone and at the window. JIELI_PICTURES=<folder> keeps a picture of each screen.

const PHONE = { width: 360 }
const ANSWER_MS = 4_000
/** With it the demo's resident has residents' insurance, so that there is a cash part. */
const SEED = '2'
const LATE_MS = 1_500
const POINTS_A_PERCENT = 100
const FEN_A_YUAN = 100
const STRAY_FEN = 500
const CHILD_FEN = 2_800
const CHILD_NUMBER = syntheticIdNumber(900, '20210521')
/** From any time of a day to after the hour of the next night at which books are compared. */
const HOURS_TO_NEXT_NIGHT = 28
let sandboxAt = ''
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
    sandboxAt = sandbox.address
    const { url, token, area } = linkTo(sandbox.address)
    return { insurer: { url, token, area, timeoutMs: ANSWER_MS } }
  },
)
after(() => stop())

/** Whether the platform and the wallet answer. */
const hush = (silent: boolean): Promise<Response> =>
  fetch(`${sandboxAt}/control`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}` },
    body: JSON.stringify({ silent }),
  })

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
    // 25.50 + 42.00 + 2 × 16.80 甲, 28.90 乙 less a tenth, by hand.
    await phone.getByText('127.11 元').waitFor()
    await isSound(phone, 'bill-quoted-360')
  })
  await t.test('it is paid in the app and settles by itself', async () => {
    const { bills } = await (await colleague(region.address(), 'resident')).ask('payment.bills', {})
    const { split, totalFen } = bills[0] ?? {}
    assert.ok(split && split.cashFen > 0)
    assert.equal(split.fundFen + split.accountFen + split.familyPoolFen + split.hospitalFen + split.cashFen, totalFen)
    await phone.getByText(`您要付 ${(split.cashFen / FEN_A_YUAN).toFixed(2)} 元`).waitFor()
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
    // The other side says nothing for a while: the refund is in work, and nothing is to be carried out any more.
    await hush(true)
    await phone.getByRole('dialog').getByRole('button', { name: '申请退费' }).click()
    const steps = phone.getByRole('list', { name: '退费到哪一步' })
    await steps.getByText(/您已申请退费：不做检查了/).waitFor()
    assert.match(await steps.innerText(), /现金 [\d.]+ 元，退回支付宝[\s\S]*在办[\s\S]*个人账户和医保基金 [\d.]+ 元[\s\S]*在办/)
    assert.equal(await phone.getByRole('heading', { name: '现在去哪里' }).count(), 0)
    await isSound(phone, 'bill-returning-360')
    await hush(false)
    await phone.getByText('每一部分都按原路原数退回').waitFor()
    assert.match(await steps.innerText(), /现金[\s\S]*已退[\s\S]*个人账户和医保基金[\s\S]*已退/)
    assert.equal(await phone.getByRole('heading', { name: '现在去哪里' }).count(), 0, 'nothing is to be carried out any more')
    await otherLooks(phone, 'bill-reversed', '.receipt')
  })
})

test('At the window: a bill is opened from what is usual, priced, paid, carried out, and can then not be refunded', async (t) => {
  const desk = await region.open('family', '/village/cashier?view=open', { shown: 'main [role=tablist]' })
  await t.test('who and what', async () => {
    await desk.getByRole('button', { name: '开出账单 0.00 元' }).click()
    await desk.getByText('请先选患者。').waitFor()
    await desk.getByLabel('姓名、拼音或证件号').fill('王')
    await desk.getByRole('list', { name: '为谁开单' }).getByRole('button').first().click()
    await desk.getByRole('button', { name: /换药\(小\) · 12\.00 元/ }).click()
    await desk.getByLabel('编码').fill('E-ECG')
    await desk.getByLabel('名称').fill('常规心电图')
    await desk.getByLabel('单价（元）').fill('25.505')
    await desk.getByRole('button', { name: '加一项' }).click()
    await desk.getByText('请填编码、名称').waitFor()
    await isSound(desk, 'cashier-open-wrong')
    await desk.getByLabel('单价（元）').fill('25.50')
    await desk.getByRole('button', { name: '加一项' }).click()
    await isSound(desk, 'cashier-open')
    await desk.getByRole('button', { name: '开出账单 37.50 元' }).click()
    await desk.getByRole('button', { name: '预结算' }).waitFor()
    await isSound(desk, 'cashier-bill')
  })
  await t.test('the desk takes the cash, and the books settle', async () => {
    await desk.getByRole('button', { name: '预结算' }).click()
    await desk.getByRole('button', { name: /已收现金|没有现金部分/ }).waitFor()
    await isSound(desk, 'cashier-quoted')
    await desk.getByRole('button', { name: /已收现金|没有现金部分/ }).click()
    await desk.getByRole('button', { name: '整单退费' }).waitFor()
  })
  await t.test('what is paid waits to be carried out; afterwards nothing is refunded whole', async () => {
    const room = await region.open('family', '/village/cashier?view=released', { shown: 'main [role=tablist]' })
    await room.getByLabel('哪一类').selectOption('treatment')
    await room.getByRole('button', { name: /^完成：换药/ }).first().waitFor() // prettier-ignore
    await isSound(room, 'cashier-released')
    await room.getByRole('button', { name: /^完成：换药/ }).first().click() // prettier-ignore
    await room.getByText('没有等着执行或发药的项目').waitFor()
    await desk.getByText('不能整单退费').waitFor()
    assert.equal(await desk.getByRole('button', { name: '整单退费' }).count(), 0)
    await otherLooks(desk, 'cashier-settled', '.receipt')
  })
})

test('A code shown at the window is scanned and paid; the night after, the day that differs has its ticket', async (t) => {
  const desk = await region.open('desk', '/desk/cashier', { shown: 'main table' })
  await isSound(desk, 'cashier-list')
  await t.test('the code', async () => {
    await desk.locator('main tbody tr').first().click()
    await desk.getByText('患者用手机付').click()
    await desk.getByRole('button', { name: '预结算' }).click()
    await desk.getByRole('button', { name: '出示微信付款码' }).click()
    await desk.getByRole('img', { name: '请患者扫码付款' }).waitFor()
    await isSound(desk, 'cashier-code')
  })
  await t.test('the books', async () => {
    // The wallet has taken money that the house knows nothing of.
    const { institution } = await colleague(region.address(), 'desk')
    const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format()
    const ask = (path: string, body: object) =>
      fetch(sandboxAt + path, { method: 'POST', headers: { authorization: `Bearer ${TOKEN}` }, body: JSON.stringify(body) })
    await ask('/wallet/order', { number: 'UNKNOWN-1', org: institution, fen: STRAY_FEN, app: 'wechat', day: today })
    await ask('/control', { tap: 'UNKNOWN-1' })
    await region.later(HOURS_TO_NEXT_NIGHT)
    const books = await region.open('desk', '/desk/cashier?view=books', { shown: 'main [role=tablist]' })
    await books.getByText('不符：支付应用').waitFor()
    const tickets = books.getByRole('list', { name: '差异单' })
    await tickets.getByText('UNKNOWN-1').waitFor()
    await isSound(books, 'cashier-books')
    await tickets.getByRole('button', { name: '结单' }).click()
    await books.getByLabel('原因和处理').fill('患者误付，已联系支付应用退回')
    await isSound(books, 'cashier-close')
    await books.getByRole('dialog').getByRole('button', { name: '结单' }).click()
    await tickets.getByText('已结单').waitFor()
    await otherLooks(books, 'cashier-books', '.list')
  })
})

test('A mother pays the bill of her child on the phone, and asks for the money back', async () => {
  const [village, resident] = [await colleague(region.address(), 'village'), await colleague(region.address(), 'resident')]
  const me = (await resident.ask('security.me', {})).resident ?? ''
  const { person: child } = await village.call('residents.register', {
    name: { zh: '合成小满' },
    sex: 'female',
    bornOn: '2021-05-21',
    insurance: 'resident',
    identifier: { type: '01', number: CHILD_NUMBER },
  })
  await village.call('record-access.register-representative', {
    person: child,
    by: me,
    kind: 'guardian',
    document: '出生医学证明',
  })
  const family = await colleague(region.address(), 'family')
  await family.call('payment.open-bill', {
    person: child,
    lines: [{ kind: 'drug', code: 'D-FEVER', zh: '布洛芬混悬液', class: '03', priceFen: CHILD_FEN }],
  })
  const phone = await region.open('resident', '/me/bills', PHONE)
  const whose = phone.getByRole('group', { name: '看谁的账单？' })
  await whose.getByText('合成小满').click()
  await isSound(phone, 'bills-of-child-360')
  await phone.getByRole('list', { name: '要您办的' }).getByRole('link').first().click()
  await phone.getByText(/这是 合成小满 的账单/).waitFor()
  await phone.getByRole('button', { name: '看各付多少' }).click()
  await phone.getByText('支付宝', { exact: true }).click()
  await isSound(phone, 'bill-of-child-360')
  await phone.getByRole('button', { name: '去付款' }).click()
  await payBeside(phone)
  await phone.getByRole('heading', { name: '现在去哪里' }).waitFor()
  await phone.getByRole('button', { name: '申请退费' }).click()
  await phone.getByText('不做检查了', { exact: true }).click()
  await phone.getByRole('dialog').getByRole('button', { name: '申请退费' }).click()
  await phone.getByText('每一部分都按原路原数退回').waitFor()
  const { bills } = await resident.ask('payment.bills', { person: child })
  assert.deepEqual(
    bills.map(({ state, person }) => [state, person]),
    [['reversed', child]],
  )
  await otherLooks(phone, 'bill-of-child', '.receipt')
  await phone.context().close()
})

test('A resident looks where it may be paid by telephone: by name, by kind', async () => {
  const page = await region.open('resident', '/me/bills', PHONE)
  await page.getByRole('link', { name: '哪里能手机付' }).click()
  const list = page.getByRole('list', { name: '哪里能手机付' })
  await list.locator('li').first().waitFor()
  await isSound(page, 'pay-places-360')
  await page.getByLabel('找什么').selectOption('pharmacy')
  await page.getByText('找到 3 家').waitFor()
  await list.getByText('演示大药房 雨湖店').waitFor()
  await page.getByLabel('按名称或县区找').fill('健民')
  await page.getByText('找到 1 家').waitFor()
  await page.getByLabel('按名称或县区找').fill('没有这家')
  await page.getByText('没有找到').waitFor()
  await isSound(page, 'pay-places-none-360')
  await page.getByLabel('找什么').selectOption('all')
  await page.getByLabel('按名称或县区找').fill('湘潭县')
  await list.locator('li').first().waitFor()
  await otherLooks(page, 'pay-places', '.list')
  await page.context().close()
})

test('How far mobile payment reaches: each tier with its share, and how that is counted', async () => {
  const insurer = await colleague(region.address(), 'insurer')
  const { tiers, pharmacies } = await insurer.ask('payment.coverage', {})
  const county = tiers.find(({ tier }) => tier === 'county')
  assert.ok(county && county.open > 0 && county.open < county.institutions)
  const page = await region.open('insurer', '/overview/payment', { shown: 'main table' })
  const row = page.getByRole('row').filter({ hasText: '县级' })
  await row.getByText(String(county.institutions), { exact: true }).waitFor()
  await row.getByText(`${((county.share ?? 0) / POINTS_A_PERCENT).toFixed(2)}%`).waitFor()
  await page.getByText(`已开通 ${pharmacies} 家`).waitFor()
  await page.getByText('覆盖率怎么算').click()
  await isSound(page, 'coverage')
  await page.getByRole('link', { name: '登记开通或停用' }).click()
  await page.getByRole('heading', { name: '移动支付开通点' }).waitFor()
  await page.goBack()
  await otherLooks(page, 'coverage', 'main table')
})

test('Who pays follows the daily comparison of every institution, its tickets, and who closed them', async () => {
  const page = await region.open('insurer', '/overview/payment', { shown: 'main [role=tablist]' })
  await page.getByRole('tab', { name: '日对账' }).click()
  const days = page.getByRole('table', { name: '每天的对账结果' })
  await days.getByRole('row').nth(1).waitFor()
  const open = page.getByRole('list', { name: '待处理的差异单' })
  await open.getByText('DEMO-ORDER-1').waitFor()
  assert.match(await open.innerText(), /由 .+ 处理[\s\S]*要做：查本机构为何没有这笔/)
  await isSound(page, 'compared')
  // What the desk has closed above stands there by its name.
  await page.getByRole('tab', { name: '已结单' }).click()
  const closed = page.getByRole('list', { name: '已结单的差异单' })
  await closed.getByText('UNKNOWN-1').waitFor()
  assert.match(await closed.innerText(), /（转诊办）[\s\S]*患者误付，已联系支付应用退回/)
  await page.getByText('DEMO-SETTLEMENT-1').waitFor()
  await otherLooks(page, 'compared', 'main table')
  await page.context().close()
})
