import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSound, otherLooks } from './looking.ts'
import { regionInBrowser } from './open-page.ts'
import { colleague } from './region.ts'

const region = regionInBrowser()
const thisYear = new Date().getUTCFullYear()
const LEFT = '1,500,000.00 元'

test('Paid by the head: a year closed with 1.5 million left, one that runs, a contract proposed, agreed to by another, entered, taken back', async () => {
  const page = await region.open('insurer', '/overview/heads')
  const main = page.locator('main')
  await main.getByRole('region', { name: '各月人数和费用（表）' }).waitFor()
  await main.getByLabel('年度').selectOption(String(thisYear - 1))
  const kept = main
    .locator('details')
    .filter({ has: page.locator('summary', { hasText: LEFT }) })
    .last()
  await kept.locator('summary').click()
  await kept.getByText('fund.heads.surplus').waitFor()
  await isSound(page, 'heads-closed')

  await main.getByLabel('年度').selectOption(String(thisYear))
  await main.getByRole('button', { name: '提出协议' }).click()
  const proposing = page.getByRole('dialog', { name: /^提出协议 · / })
  await proposing.getByRole('button', { name: '提出协议' }).click()
  await proposing.getByText('请选择机构', { exact: true }).waitFor()
  await isSound(page, 'heads-propose')
  const manager = await colleague(region.address(), 'manager')
  await proposing.getByRole('searchbox', { name: '机构' }).fill('湘潭县人民医院')
  await proposing.getByRole('list', { name: '机构' }).getByRole('button').first().click()
  await proposing.getByRole('textbox', { name: '人群' }).fill('高血压签约患者')
  await proposing.getByRole('textbox', { name: '每人每年' }).fill('4800')
  await proposing.getByRole('textbox', { name: '结余机构留' }).fill('80')
  await proposing.getByRole('textbox', { name: '超支机构担' }).fill('50')
  await proposing.getByRole('textbox', { name: '依据' }).fill('演示协议 2 号')
  await proposing.getByRole('button', { name: '提出协议' }).click()
  await proposing.waitFor({ state: 'detached' })
  const contracts = main.getByRole('region', { name: '按人头付费的协议（表）' })
  await contracts.getByText('高血压签约患者').click()
  await main.getByText('由您提出，须由另一位经办人员决定。').waitFor()

  const second = await region.open('insurer2', '/overview/heads')
  await second.locator('main').getByText('高血压签约患者').click()
  await second.getByRole('button', { name: '同意' }).click()
  const agreeing = second.getByRole('dialog', { name: '同意？' })
  await agreeing.getByRole('textbox').fill('核对无误')
  await agreeing.getByRole('button', { name: '同意' }).click()
  await agreeing.waitFor({ state: 'detached' })
  await second.getByRole('button', { name: '记一个月' }).click()
  const entering = second.getByRole('dialog', { name: /^记一个月 · / })
  await entering.getByRole('textbox', { name: '新增' }).fill('12')
  await entering.getByRole('textbox', { name: '这群人当月的费用' }).fill('3600.5')
  await entering.getByRole('textbox', { name: '来源' }).fill('演示名册')
  await isSound(second, 'heads-enter')
  await entering.getByRole('button', { name: '记一个月' }).click()
  await entering.waitFor({ state: 'detached' })
  const entries = second.getByRole('region', { name: '录入记录（表）' })
  await entries.getByText('演示名册').waitFor()
  await entries.getByRole('button', { name: '冲销' }).click()
  const back = second.getByRole('dialog', { name: '冲销这一笔？' })
  await back.getByRole('textbox').fill('名册重复')
  await back.getByRole('button', { name: '冲销' }).click()
  await back.waitFor({ state: 'detached' })
  await entries.getByText('演示名册（已冲销）').waitFor()
  await isSound(second, 'heads-running')

  // The county hospital's manager sees its own contracts only.
  const shown = (await manager.ask('fund.heads', {})).contracts
  assert.ok(shown.length > 0 && shown.every(({ org }) => org === manager.institution))
  const own = await region.open('manager', '/overview/heads', { shown: 'main table' })
  assert.equal(await own.getByRole('button', { name: '提出协议' }).count(), 0)
  assert.equal(await own.locator('main').getByText('糖尿病门特签约患者').count(), 0)
  await isSound(own, 'heads-manager')
  await otherLooks(page, 'heads', 'main table')
})
