import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { launch } from './browser.ts'
import { axeFaults } from './looking.ts'
import { colleague, signInOn, startRegion, wear, type Colleague, type Look, type TestRegion } from './region.ts'
import { PATIENCE_MS } from '../harness/patience.ts'

let region: TestRegion
let browser: Browser
let village: Colleague
let family: Colleague
let desk: Colleague
let ward: Colleague
let me: string
before(async () => {
  ;[region, browser] = await Promise.all([startRegion(), launch()])
  const { address } = region
  village = await colleague(address, 'village')
  family = await colleague(address, 'family')
  desk = await colleague(address, 'desk')
  ward = await colleague(address, 'ward')
  me = (await (await colleague(address, 'resident')).ask('security.me', {})).resident ?? ''
})
after(async () => {
  await browser?.close()
  await region?.stop()
})

const open = async (account: string, path: string, { width = 1366, look = {} as Look } = {}): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width, height: width > 1000 ? 768 : 740 }, reducedMotion: 'reduce' })
  await wear(context, look)
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE_MS)
  await signInOn(page, region.address, account)
  await page.goto(region.address + path)
  await page.locator('.desk h1').waitFor()
  return page
}

/** Nothing for axe to find, and nothing wider than the window. A picture is kept where one is asked for. */
const isSound = async (page: Page, name: string): Promise<void> => {
  await page.waitForFunction(() => document.querySelector('.skeleton') === null)
  const folder = process.env['JIELI_PICTURES']
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
  assert.deepEqual(await axeFaults(page), [], name)
  const wide = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth])
  assert.equal(wide[0], wide[1], `${name} fits its window`)
}

/** The demo's own resident, with a stroke, in the beds of the county hospital. */
const strokeInside = async (): Promise<string> => {
  const { referral } = await village.call('referral.send', {
    person: me,
    receiver: desk.institution,
    specialty: '0303',
    condition: { key: 'I63.9', zh: '脑梗死', en: 'Cerebral infarction' },
    letter: { impression: '脑梗死', reason: '右侧肢体无力', pastHistory: '', treatment: '' },
    consent: { by: 'patient' },
  })
  await desk.call('referral.accept', { referral, queue: '神经内科病房' })
  await desk.call('referral.arrive', { referral })
  await ward.call('referral.begin', { referral })
  return referral
}

test('the ward sees at first start who is near home, states what only a doctor can, and asks the township unit', async () => {
  const page = await open('ward', '/desk/down')
  const list = page.locator('.candidate-list')
  await list.getByText('脑卒中').first().waitFor()
  await list.getByRole('button', { name: /脑卒中/ }).click()
  const vitals = page.locator('[data-criterion=stroke-vitals]')
  assert.match(await vitals.innerText(), /符合[\s\S]*收缩压 138 mmHg \(≥90 <180\)/)
  const deficit = page.locator('[data-criterion=stroke-deficit]')
  assert.match(await deficit.innerText(), /未知/)
  await isSound(page, 'ward-detail-1366')
  await deficit.getByRole('button').click()
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
  await page.getByRole('dialog').getByText('请写明依据').waitFor()
  await page.getByRole('dialog').getByLabel('依据').fill('查房：肌力 4 级，三天无变化')
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
  await deficit.getByText('肌力 4 级').waitFor()
  assert.match(await deficit.innerText(), /符合/)
  await page.locator('[data-candidate]').getByRole('button', { name: '询问接收机构' }).click()
  await isSound(page, 'ward-ask-1366')
  await page.getByRole('button', { name: '发出询问' }).click()
  const asked = page.locator('[data-readiness]')
  await asked.getByText('等待答复').waitFor()
  assert.match(await asked.innerText(), /阿司匹林肠溶片[\s\S]*库存登记已知/)
  const { questions } = await family.ask('continuity.questions', {})
  assert.equal(questions.length, 1)
  await page.context().close()
})

test('readiness is answered on the phone, the hand back is filled in and takes the plan along, primary care ticks it off', async () => {
  const referral = await strokeInside()
  const { needs, care } = await ward.ask('continuity.candidate', { person: me })
  await ward.call('continuity.ask-readiness', { person: me, referral, receiver: care?.id ?? '', items: [...needs] })
  await answerOnPhone(referral)
  await ward.call('referral.discharge', { referral })
  await handBack(referral)
  await tickOnPhone(referral)
  await reportAtHome()
})

const answerOnPhone = async (referral: string): Promise<void> => {
  const page = await open('family', `/village/cases/${referral}`, { width: 360 })
  const form = page.locator('form[data-readiness]')
  await form.waitFor()
  await page.getByRole('button', { name: '提交答复' }).click()
  await form.getByText('请选择有或没有').first().waitFor()
  for (const item of await form.locator('[data-item]').all()) {
    const isTube = (await item.getAttribute('data-item')) === 'nasogastric-tube'
    await item.getByText(isTube ? '没有' : '有', { exact: true }).click()
    if (!isTube) continue
    await item.getByLabel('由谁补上').selectOption('hospital')
    const day = await item.locator('input[type=date]').getAttribute('min')
    await item.locator('input[type=date]').fill(day ?? '')
  }
  await isSound(page, 'phone-answer-360')
  await page.getByRole('button', { name: '提交答复' }).click()
  await page.getByText('接得住', { exact: true }).waitFor()
  await isSound(page, 'phone-answered-360')
  await page.context().close()
}

const handBack = async (referral: string): Promise<void> => {
  const page = await open('ward', `/desk/inbox?tab=to-return&case=${referral}`)
  await page.locator('.case-buttons').waitFor()
  await page.keyboard.press('n')
  const form = page.locator('.act-panel')
  await form.getByText('请随患者带去：鼻饲管').waitFor()
  await isSound(page, 'hand-back-1366')
  for (const label of ['诊断结果', '主要检查结果', '治疗经过', '出院用药', '下一步治疗方案及康复建议']) {
    const field = form.getByLabel(label)
    if ((await field.inputValue()) === '') await field.fill('见出院小结')
  }
  await form.getByRole('button', { name: '回转基层' }).click()
  await page.locator('.plan-steps').waitFor()
  assert.equal((await ward.ask('referral.get', { referral })).state, 'handed-back')
  await isSound(page, 'handed-back-1366')
  await page.context().close()
}

const tickOnPhone = async (referral: string): Promise<void> => {
  const page = await open('family', `/village/cases/${referral}`, { width: 360 })
  const step = page.locator('[data-step=swallowing]')
  await step.waitFor()
  await page.context().setOffline(true)
  await step.getByRole('button', { name: /^完成/ }).click()
  await step.getByLabel('结果').fill('洼田 1 级')
  await step.getByRole('button', { name: '记录这一步' }).click()
  await step.getByText('已保存本机').first().waitFor()
  await page.context().setOffline(false)
  await step.getByText('洼田 1 级').waitFor()
  assert.match(await step.innerText(), /已完成/)
  const drugs = page.locator('[data-step=drug-check]')
  await drugs.getByRole('button', { name: /^未完成/ }).click()
  await drugs.getByRole('button', { name: '记录这一步' }).click()
  await drugs.getByText('请写明原因').waitFor()
  await isSound(page, 'phone-plan-360')
  await page.context().close()
}

const reportAtHome = async (): Promise<void> => {
  for (const [look, name] of [
    [{}, 'resident-plan-360'],
    [{ language: 'en', theme: 'dark', size: 'large' }, 'resident-plan-dark-large'],
  ] as const) {
    const page = await open('resident', '/me/plan', { width: 360, look })
    await page.locator('.plan-step').first().waitFor()
    await isSound(page, name)
    if (name === 'resident-plan-360') {
      await page.locator('[data-step=exercise]').getByRole('button').click()
      await page.locator('[data-step=exercise]').getByText('今天报过了').waitFor()
    }
    await page.context().close()
  }
  const mine = (
    await family.ask('continuity.of-case', {
      referral:
        (await ward.ask('referral.worklist', { side: 'receiver', state: 'open' })).rows.find(({ person }) => person.id === me)
          ?.id ?? '',
    })
  ).plan
  const exercise = mine?.steps.find(({ kind }) => kind === 'exercise')
  assert.deepEqual([exercise?.state, exercise?.ticks[0]?.side], ['planned', 'self'], 'a report from home is no tick')
}

for (const [width, look, name] of [
  [360, {}, 'ward-360'],
  [1366, { language: 'en', theme: 'dark' }, 'ward-dark-en'],
  [360, { size: 'large' }, 'ward-large-360'],
] as const)
  test(`the ward's page is sound at ${width} px (${name})`, async () => {
    const page = await open('ward', '/desk/down', { width, look })
    await page.locator('.candidate-list button').first().click()
    await page.locator('[data-candidate]').waitFor()
    await isSound(page, name)
    await page.getByRole('tab').nth(1).click()
    await page.locator('form.act-panel').waitFor()
    await isSound(page, `${name}-form`)
    await page.context().close()
  })
