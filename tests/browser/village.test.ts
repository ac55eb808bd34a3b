import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { checkCharacter } from '../../src/modules/residents/rules/id-number.ts'
import { launch } from './browser.ts'
import { axeFaults } from './looking.ts'
import { startRegion } from './region.ts'
import { PATIENCE_MS } from '../harness/patience.ts'

let browser: Browser
let region: Awaited<ReturnType<typeof startRegion>>
before(async () => {
  region = await startRegion()
  browser = await launch()
})
after(async () => {
  await browser?.close()
  await region?.stop()
})

type Look = { language?: 'zh' | 'en'; size?: 'standard' | 'large'; theme?: 'light' | 'dark'; width?: number }

/** A phone whose owner is signed in. */
const phoneOf = async (account: string, look: Look = {}): Promise<Page> => {
  const { width = 360, language = 'zh', size = 'standard', theme = 'light' } = look
  const context = await browser.newContext({ viewport: { width, height: 768 }, reducedMotion: 'reduce' })
  const preferences = JSON.stringify({ language, size, theme })
  await context.addInitScript((kept) => localStorage.setItem('jieli-preferences', kept), preferences)
  const signed = await context.request.post(`${region.address}/api/security.sign-in`, {
    data: { account, password: 'jieli-demo' },
  })
  assert.equal(signed.status(), 200)
  context.setDefaultTimeout(PATIENCE_MS)
  return context.newPage()
}

type Person = { id: string; name: { zh: string }; bornOn: string | null; diedOn: string | null }
const ask = async <A>(context: BrowserContext, name: string, params: Record<string, string> = {}): Promise<A> => {
  const response = await context.request.get(`${region.address}/api/${name}`, { params })
  assert.equal(response.status(), 200, await response.text())
  return (await response.json()) as A
}

/** Residents of the clinic with whom nothing is open; each test takes its own, so that none disturbs another. */
let taken = 0
const freshResident = async (page: Page): Promise<Person> => {
  const { persons } = await ask<{ persons: Person[] }>(page.context(), 'residents.search', { text: '', limit: '30' })
  const grown = persons.filter(({ bornOn, diedOn }) => diedOn === null && bornOn !== null && bornOn < '2000')
  const person = grown[taken]
  taken += 1
  assert.ok(person, 'the demo clinic has residents enough')
  return person
}

/** Counts what a finger does; typing is not counted. */
const countedTaps = () => {
  let taps = 0
  return {
    tap: async (target: ReturnType<Page['locator']>) => {
      taps += 1
      await target.click()
    },
    count: () => taps,
  }
}

const uncontrolled = /^高血压.?控制不佳/
const agree = (page: Page) => page.getByRole('checkbox', { name: /^已告知并取得同意/ })

const openForm = async (page: Page, person: Person, condition: RegExp = uncontrolled) => {
  await page.goto(`${region.address}/village/refer/${person.id}`)
  await page.getByRole('searchbox', { name: '病种' }).fill('gxy')
  await page.getByRole('button', { name: condition }).click()
  await page.getByRole('radio', { name: /./ }).first().waitFor()
}

test('a resident is found, referred and seen in the list with at most 12 taps', async () => {
  const page = await phoneOf('village')
  const person = await freshResident(page)
  const { tap, count } = countedTaps()
  await page.goto(`${region.address}/village/today`)
  await tap(page.getByRole('link', { name: '转诊一位居民' }))
  await page.getByRole('searchbox', { name: '查找居民' }).fill(person.name.zh)
  await tap(page.getByRole('link', { name: person.name.zh }).first())
  await page.getByRole('searchbox', { name: '病种' }).fill('gxy')
  await tap(page.getByRole('button', { name: uncontrolled }))
  assert.match(await page.getByLabel('初步印象').inputValue(), uncontrolled, 'the letter fills itself in')
  assert.notEqual(await page.getByLabel('主要现病史').inputValue(), '')
  await tap(agree(page))
  await tap(page.getByRole('button', { name: '提交转诊' }))
  await page.getByRole('heading', { level: 1, name: '转诊已送达' }).waitFor()
  await page.getByText('已上传', { exact: true }).waitFor()
  await tap(page.getByRole('link', { name: '病人', exact: true }))
  await page.getByRole('link', { name: new RegExp(person.name.zh) }).waitFor()
  assert.ok(count() <= 12, `${count()} taps`)
  await page.context().close()
})

test('a wrong check digit is said beside the field, and a sound number fills birthday and sex', async () => {
  const page = await phoneOf('village')
  await page.goto(`${region.address}/village/register`)
  const seventeen = '99030019880229123'
  const right = checkCharacter(seventeen)
  const wrong = right === '1' ? '2' : '1'
  const number = page.getByLabel('身份证号')
  await number.fill(`${seventeen}${wrong}`)
  await page.getByText('校验位不对').waitFor()
  assert.equal(await number.getAttribute('aria-invalid'), 'true')
  await page.getByLabel('姓名').fill('合成甲')
  await page.getByRole('button', { name: '登记', exact: true }).click()
  await page.getByRole('alert').getByText('校验位不对').waitFor()
  assert.equal(await page.getByLabel('姓名').inputValue(), '合成甲', 'what was typed is kept')
  // As a scanner or a full-width keyboard gives it.
  await number.fill(` ${seventeen.slice(0, 6)} ${seventeen.slice(6)}${right.toLowerCase()}`)
  await page.getByText('1988-02-29').waitFor()
  await page.getByRole('button', { name: '登记', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: '已登记' }).waitFor()
  await page.getByRole('link', { name: '健康档案' }).click()
  // Once among the papers, and once more as soon as the list of numbers has come.
  await page.getByText('9903**********').first().waitFor()
  await page.context().close()
})

test('an open referral of the same condition is shown before the form is filled in, and its refusal keeps the letter', async () => {
  const page = await phoneOf('village')
  const person = await freshResident(page)
  await openForm(page, person)
  await agree(page).check()
  await page.getByRole('button', { name: '提交转诊' }).click()
  await page.getByRole('heading', { level: 1, name: '转诊已送达' }).waitFor()
  await page.goto(`${region.address}/village/refer/${person.id}`)
  await page.getByText('这位居民有未结的转诊').waitFor()
  assert.equal(await page.getByRole('button', { name: '提交转诊' }).count(), 0, 'shown while nothing is filled in')
  await openForm(page, person)
  await page.getByLabel('主要现病史').fill('改写过的原因')
  await agree(page).check()
  await page.getByRole('button', { name: '提交转诊' }).click()
  await page.getByText('失败可重试').waitFor()
  await page.getByText('该居民同一病种已有一张进行中的转诊单').first().waitFor()
  assert.equal(await page.getByLabel('主要现病史').inputValue(), '改写过的原因')
  await page.goto(`${region.address}/village/outbox`)
  await page.getByRole('link', { name: '打开修改' }).click()
  await page.getByLabel('主要现病史').waitFor()
  assert.equal(await page.getByLabel('主要现病史').inputValue(), '改写过的原因', 'also when it is opened again from the list')
  await page.context().close()
})

test('without a network a referral is saved on the device, and it goes when the network returns', async () => {
  const page = await phoneOf('village')
  const person = await freshResident(page)
  await openForm(page, person)
  await agree(page).check()
  await page.context().setOffline(true)
  await page.getByRole('button', { name: '提交转诊' }).click()
  await page.getByRole('heading', { level: 1, name: '转诊已保存本机' }).waitFor()
  await page.getByText('已保存本机', { exact: true }).waitFor()
  await page.context().setOffline(false)
  await page.getByRole('heading', { level: 1, name: '转诊已送达' }).waitFor()
  await page.context().close()
})

test('an emergency goes with two taps after the person is found, and owes its papers until they are completed', async () => {
  const page = await phoneOf('village')
  const person = await freshResident(page)
  const { tap, count } = countedTaps()
  await page.goto(`${region.address}/village/emergency/${person.id}`)
  await tap(page.getByRole('button', { name: '胸痛' }))
  await tap(page.getByRole('button', { name: '立即转出' }))
  await page.getByRole('heading', { level: 1, name: '已转出，对方急诊已收到' }).waitFor()
  assert.equal(count(), 2)
  await page.getByRole('link', { name: '病人', exact: true }).click()
  const row = page.getByRole('link', { name: new RegExp(person.name.zh) })
  await row.getByText('补单').waitFor()
  await row.click()
  await page.getByRole('link', { name: '补单' }).click()
  await page.getByLabel('主要现病史').fill('突发胸痛半小时，已给予阿司匹林嚼服。')
  await agree(page).check()
  await page.getByRole('button', { name: '补单' }).click()
  await page.getByRole('link', { name: '查看进度' }).click()
  await page.getByText('突发胸痛半小时').waitFor()
  assert.equal(await page.getByRole('link', { name: '补单' }).count(), 0)
  await page.context().close()
})

test('a returned patient appears without a reload, with what the hospital said, and is sent elsewhere', async () => {
  const page = await phoneOf('village')
  const person = await freshResident(page)
  const desk = await phoneOf('desk')
  const me = await ask<{ institution: { id: string; name: { zh: string } } }>(desk.context(), 'security.me')
  await openForm(page, person)
  const hospital = page.getByRole('radio', { name: me.institution.name.zh })
  if ((await hospital.count()) === 0) await page.getByRole('button', { name: /^再看/ }).click()
  await hospital.check()
  await agree(page).check()
  const sent = page.waitForResponse((response) => response.url().endsWith('/api/referral.send'))
  await page.getByRole('button', { name: '提交转诊' }).click()
  const { referral } = (await (await sent).json()) as { referral: string }
  const { receiver } = await ask<{ receiver: { id: string } }>(page.context(), 'referral.get', { referral })
  await page.goto(`${region.address}/village/today`)
  await page.getByText('没有被退回的转诊').waitFor()
  assert.equal(receiver.id, me.institution.id)
  const returned = await desk.context().request.post(`${region.address}/api/referral.reject`, {
    data: { referral, why: 'no-capacity', wayOn: '请转市中心医院心内科' },
  })
  assert.equal(returned.status(), 200, await returned.text())
  await page.getByText('请转市中心医院心内科').waitFor()
  await page.getByText('暂无接诊能力（床位或号源）').waitFor()
  await page.getByRole('link', { name: new RegExp(person.name.zh) }).click()
  await page.getByRole('link', { name: '另送去处' }).click()
  await page.getByRole('button', { name: '提交转诊' }).click()
  await page.getByRole('heading', { level: 1, name: '转诊已送达' }).waitFor()
  const again = await ask<{ state: string; receiver: { id: string } }>(page.context(), 'referral.get', { referral })
  assert.equal(again.state, 'submitted')
  assert.notEqual(again.receiver.id, receiver.id, 'not to the one that returned it')
  await page.context().close()
  await desk.context().close()
})

test('a blood pressure is recorded and drawn, and a slip of the hand is refused with its reason', async () => {
  const page = await phoneOf('village')
  const person = await freshResident(page)
  await page.goto(`${region.address}/village/residents/${person.id}`)
  await page.getByRole('button', { name: '记录测量' }).click()
  await page.getByLabel('收缩压（高压）').fill('86')
  await page.getByLabel('舒张压（低压）').fill('158')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByRole('dialog').getByText('舒张压应低于收缩压').first().waitFor()
  await page.getByLabel('收缩压（高压）').fill('158')
  await page.getByLabel('舒张压（低压）').fill('86')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('158/86').waitFor()
  await page.context().close()
})

/** Within the running page, as its own links do: loading the font anew for each page would take most of the time. */
const moveTo = async (page: Page, path: string): Promise<void> => {
  if (page.url() === 'about:blank') await page.goto(region.address + path)
  else
    await page.evaluate((to) => {
      history.pushState(null, '', to)
      return new Promise((drawn) => requestAnimationFrame(drawn))
    }, path)
  await page.locator('.desk main h1').waitFor()
  await page.waitForFunction(() => document.querySelector('main .skeleton') === null)
}

for (const [look, why] of [
  [{}, 'phone'],
  [{ size: 'large' }, '关怀版'],
  [{ theme: 'dark', language: 'en' }, 'dark and English'],
  [{ width: 1366 }, 'old PC'],
] as const satisfies readonly (readonly [Look, string])[]) {
  test(`every page is clean for axe and fits its width: ${why}`, async () => {
    const page = await phoneOf('village', look)
    const context = page.context()
    const { persons } = await ask<{ persons: Person[] }>(context, 'residents.search', { text: '', limit: '30' })
    const person = persons.find(({ bornOn }) => bornOn !== null && bornOn < '1970')
    const { rows } = await ask<{ rows: { id: string }[] }>(context, 'referral.worklist', { side: 'sender' })
    const one = rows[0]
    assert.ok(person && one, 'an earlier test has referred somebody')
    const few = ['today', `residents/${person.id}`, `refer/${person.id}`, `cases/${one.id}`]
    const rest = ['residents', 'register', `emergency/${person.id}`, 'cases', 'outbox']
    for (const path of why === 'phone' ? [...few, ...rest] : few) {
      await moveTo(page, `/village/${path}`)
      assert.deepEqual(await axeFaults(page), [], path)
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 'width' in look ? look.width : 360, path)
    }
    await context.close()
  })
}
