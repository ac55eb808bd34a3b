import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { checkCharacter } from '../../src/modules/residents/rules/id-number.ts'
import { launch } from './browser.ts'
import { isSound, otherLooks } from './looking.ts'
import { colleague, signInOn, startRegion, wear, type TestRegion } from './region.ts'
import { PATIENCE_MS } from '../harness/patience.ts'

let region: TestRegion
let browser: Browser
let page: Page
before(async () => {
  ;[region, browser] = await Promise.all([startRegion(), launch()])
})
after(async () => {
  await browser?.close()
  await region?.stop()
})

const FANG = { name: { zh: '李芳' }, sex: 'female', bornOn: '1970-03-05', phone: '10012345678', address: '第3组12号' } as const

test('Whoever registers somebody known is told so before; the bureau compares the pair and links it, by keys alone', async () => {
  const village = await colleague(region.address, 'village')
  await village.call('residents.register', FANG)
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, reducedMotion: 'reduce' })
  await wear(context, {})
  const desk = await context.newPage()
  desk.setDefaultTimeout(PATIENCE_MS)
  await signInOn(desk, region.address, 'village')
  await desk.goto(`${region.address}/village/register`)
  await desk.getByText('没有证件号').click()
  await desk.getByLabel('姓名').fill('李方')
  await desk.getByLabel('出生日期').fill('1970-05-03')
  await desk.getByLabel('手机').fill(FANG.phone)
  const hint = desk.getByRole('region', { name: '可能已经建过档' })
  await hint.getByText('李芳').waitFor()
  await isSound(desk, 'register-likely')
  await village.call('residents.register', { ...FANG, name: { zh: '李方' }, bornOn: '1970-05-03' })

  const office = await browser.newContext({ viewport: { width: 1366, height: 768 }, reducedMotion: 'reduce' })
  await wear(office, {})
  page = await office.newPage()
  page.setDefaultTimeout(PATIENCE_MS)
  await signInOn(page, region.address, 'bureau')
  await page.goto(`${region.address}/overview/doubles`)
  await page.locator('.pair-table').waitFor()
  await page.getByText('月日颠倒').waitFor()
  await isSound(page, 'match-review')
  await page.keyboard.press('1')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: '是同一人' }).click()
  await dialog.getByText('请写明依据').waitFor()
  await dialog.getByLabel('依据').fill('电话核实为本人')
  await isSound(page, 'match-review-decide')
  await dialog.getByRole('button', { name: '是同一人' }).click()
  await page.getByText('没有待复核的档案').waitFor()
  await page.getByLabel('显示', { exact: true }).selectOption('decided')
  await page.getByText(/同一人 · 电话核实为本人/).waitFor()
  await page.getByRole('button', { name: '撤销合并' }).waitFor()
  await otherLooks(page, 'match-review', '.empty-state, .pair-table')
  const { pairs } = await (await colleague(region.address, 'bureau')).ask('residents.pairs', { state: 'decided' })
  assert.equal(pairs[0]?.state, 'same')
  await wear(page.context(), { language: 'zh' })
  await page.reload()
  await page.getByLabel('显示', { exact: true }).selectOption('decided')
  await page.getByRole('button', { name: '撤销合并' }).click()
  await dialog.getByLabel('依据').fill('本人到场，是两个人')
  await isSound(page, 'match-review-part')
  await dialog.getByRole('button', { name: '撤销合并' }).click()
  await page.getByRole('button', { name: '撤销合并' }).waitFor({ state: 'detached' })
  const { persons } = await village.ask('residents.search', { text: '李', limit: 50 })
  assert.equal(persons.filter(({ bornOn }) => bornOn === FANG.bornOn || bornOn === '1970-05-03').length, 2, 'both stand again')
})

test('A newborn without papers is registered from the mother’s page, and its first number is recorded on its own', async () => {
  const village = await colleague(region.address, 'village')
  const { persons } = await village.ask('residents.search', { limit: 50 })
  const mother = persons.find(({ sex, bornOn }) => sex === 'female' && bornOn !== null && bornOn > '1968' && bornOn < '2005')
  assert.ok(mother !== undefined)
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, reducedMotion: 'reduce' })
  await wear(context, {})
  const desk = await context.newPage()
  desk.setDefaultTimeout(PATIENCE_MS)
  await signInOn(desk, region.address, 'village')
  await desk.goto(`${region.address}/village/residents/${mother.id}`)
  await desk.getByRole('button', { name: '登记新生儿' }).click()
  const dialog = desk.getByRole('dialog')
  await dialog.getByRole('button', { name: '登记新生儿' }).click()
  await dialog.getByText('请填写出生日期').waitFor()
  await dialog.getByLabel('出生日期').fill('2026-09-09')
  await dialog.getByText('女', { exact: true }).click()
  await isSound(desk, 'newborn')
  await dialog.getByRole('button', { name: '登记新生儿' }).click()
  await desk.getByRole('heading', { name: `${mother.name.zh}之女` }).waitFor()
  await desk.getByText('没有登记证件。领到证件后请补登。').waitFor()
  await desk.getByRole('button', { name: '补登或更换证件' }).click()
  await dialog.getByLabel('新的证件号码').fill('12345')
  await dialog.getByRole('button', { name: '补登或更换证件' }).click()
  await dialog.getByText('身份证号不对').waitFor()
  const seventeen = '99010120260909002'
  await dialog.getByLabel('新的证件号码').fill(seventeen + checkCharacter(seventeen))
  await dialog.getByLabel('原因').fill('已上户口')
  await isSound(desk, 'papers')
  await dialog.getByRole('button', { name: '补登或更换证件' }).click()
  await desk.getByText(/^身份证 · /).waitFor()
  await isSound(desk, 'numbers')
})

test('A number that stands with the wrong one of two is moved to its holder, typed whole and with a reason', async () => {
  const village = await colleague(region.address, 'village')
  const seventeen = '99010119620807004'
  const number = seventeen + checkCharacter(seventeen)
  const both = { sex: 'female', bornOn: '1962-08-07', phone: '10087654321', address: '第5组7号' } as const
  const wrong = await village.call('residents.register', {
    ...both,
    name: { zh: '合成王霞' },
    identifier: { type: '01', number },
  })
  const right = await village.call('residents.register', { ...both, name: { zh: '合成王侠' } })
  const office = await browser.newContext({ viewport: { width: 1366, height: 768 }, reducedMotion: 'reduce' })
  await wear(office, {})
  const desk = await office.newPage()
  desk.setDefaultTimeout(PATIENCE_MS)
  await signInOn(desk, region.address, 'bureau')
  await desk.goto(`${region.address}/overview/doubles`)
  await desk.locator('.pair-table').getByText('合成王霞').first().waitFor()
  await desk.getByRole('button', { name: '把号码归到本人' }).click()
  const dialog = desk.getByRole('dialog')
  const send = dialog.getByRole('button', { name: '把号码归到本人' })
  await send.click()
  await dialog.getByText('请选择号码属于哪一位。').waitFor()
  await dialog.getByText('请填写完整号码。').waitFor()
  await isSound(desk, 'move-number-asked')
  await dialog.getByText(/合成王侠/).click()
  await dialog.getByLabel('完整号码').fill(`${number.slice(0, -1)}${number.endsWith('1') ? '2' : '1'}`)
  await dialog.getByLabel('依据').fill('见到本人身份证')
  await send.click()
  await dialog.getByRole('alert').waitFor()
  await dialog.getByLabel('完整号码').fill(number)
  await isSound(desk, 'move-number')
  await send.click()
  await desk.getByText('号码已归到本人名下').waitFor()
  const { persons } = await village.ask('residents.search', { text: number })
  assert.deepEqual(
    persons.map(({ id }) => id),
    [right.person],
    'who is searched by the number is its holder',
  )
  assert.notEqual(right.person, wrong.person)
})
