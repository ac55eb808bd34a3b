import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSound, otherLooks } from './looking.ts'
import { regionInBrowser } from './open-page.ts'
import { colleague, type Colleague } from './region.ts'

let village: Colleague
let resident: Colleague
let me = ''
const here = regionInBrowser(async () => {
  village = await colleague(here.address(), 'village')
  resident = await colleague(here.address(), 'resident')
  me = (await resident.ask('security.me', {})).resident ?? ''
})

const PAPER = {
  name: 'paper.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from('%PDF-1.4\n1 0 obj <</Type/Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n'),
}

test('A consent on the phone names purpose, institution, scope and period, each by itself, and is withdrawn at once', async () => {
  const page = await here.open('resident', '/me/record', { width: 360 })
  await page.getByRole('tab', { name: '授权' }).click()
  await page.getByRole('button', { name: '给一家机构授权' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('医学研究').click()
  await dialog.getByText('只包括所选内容').click()
  await dialog.getByRole('button', { name: '同意授权' }).click()
  await dialog.getByText('请选择机构').waitFor()
  await dialog.getByText('请至少选择一类内容').waitFor()
  await isSound(page, 'consent-form-wrong')
  await dialog.getByLabel('给哪家机构').fill('湘潭县人民')
  await dialog.getByRole('button', { name: /湘潭县人民医院/ }).click()
  await dialog.getByLabel('检验和检查').check()
  await dialog.getByLabel('多久').selectOption({ label: '90 天' })
  await isSound(page, 'consent-form')
  await dialog.getByRole('button', { name: '同意授权' }).click()
  await page
    .getByText(/为医学研究.*湘潭县人民医院/)
    .first()
    .waitFor()
  await isSound(page, 'consents-360')
  const { consents } = await resident.ask('record-access.consents', { person: me })
  assert.deepEqual(
    consents.map(({ purpose, inForce }) => [purpose, inForce]),
    [['research', true]],
  )
  await page.getByRole('button', { name: '撤回' }).click()
  await page.getByText('已结束').waitFor()
  await page.getByRole('heading', { name: '谁可以代我办理' }).waitFor()
  await otherLooks(page, 'record', 'main h1')
})

test('The care team records a consent on paper with its scan, and registers who acts for a resident; that person reads the record on the phone until it is ended', async () => {
  const { persons } = await village.ask('residents.search', { limit: 50 })
  const mine = await resident.ask('residents.get', { person: me })
  const relative = persons.find(({ id, bornOn }) => id !== me && bornOn !== null && bornOn < '1990')
  assert.ok(relative !== undefined)
  const desk = await here.open('village', `/village/residents/${relative.id}`)
  await desk.getByRole('link', { name: '授权与代理' }).click()
  await desk.getByRole('button', { name: '录入纸质授权' }).click()
  const dialog = desk.getByRole('dialog')
  await dialog.getByText('质量评价').click()
  await dialog.getByLabel('给哪家机构').fill('湘潭县人民')
  await dialog.getByRole('button', { name: /湘潭县人民医院/ }).click()
  await dialog.getByRole('button', { name: '录入授权' }).click()
  await dialog.getByText('请选择授权书的照片或 PDF').waitFor()
  await dialog.getByLabel('签字的授权书').setInputFiles(PAPER)
  await isSound(desk, 'consent-paper')
  await dialog.getByRole('button', { name: '录入授权' }).click()
  await desk.getByRole('button', { name: '看授权书' }).click()
  await desk.getByRole('dialog').getByRole('link', { name: '看授权书' }).waitFor()
  await desk.keyboard.press('Escape')

  await desk.getByRole('button', { name: '登记监护人或代理人' }).click()
  await dialog.getByText('本人书面委托').click()
  await dialog.getByLabel('谁来代办').fill(mine.name.zh)
  await dialog.getByRole('button', { name: new RegExp(`${mine.name.zh}.*${mine.bornOn}`) }).click()
  await dialog.getByLabel('看过什么证件').fill('委托书 演示-1')
  await isSound(desk, 'representative-form')
  await dialog.getByRole('button', { name: '登记监护人或代理人' }).click()
  await desk.getByText('委托书 演示-1').waitFor()
  await isSound(desk, 'consents-desk')

  const phone = await here.open('resident', '/me/home', { width: 360 })
  await phone.getByRole('link', { name: /^家人/ }).click()
  await phone.getByRole('link', { name: new RegExp(relative.name.zh) }).click()
  await phone.getByRole('heading', { name: `${relative.name.zh}的健康账户` }).waitFor()
  await phone.getByRole('heading', { name: '过敏' }).waitFor()
  await isSound(phone, 'relative-360')
  await phone.getByRole('tab', { name: '健康历程' }).click()
  await phone.locator('.timeline-day').first().waitFor()
  await phone.getByRole('tab', { name: '病历', exact: true }).click()
  await otherLooks(phone, 'relative', '.tabs, [role=tablist]')

  await desk.getByRole('button', { name: '结束' }).click()
  await dialog.getByLabel('原因').fill('本人要求')
  await dialog.getByRole('button', { name: '结束', exact: true }).click()
  await desk.getByText('已结束').first().waitFor()
  await phone.goto(`${here.address()}/me/family/${relative.id}`)
  await phone.getByText(/Nobody is registered for whom you may act|没有登记您可以代办的家人/).waitFor()
})
