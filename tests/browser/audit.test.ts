import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSound, otherLooks } from './looking.ts'
import { regionInBrowser } from './open-page.ts'
import { colleague } from './region.ts'

const region = regionInBrowser()

const DAY = '2026-01-05'

test('A hit of an audit rule: found, told to the hospital, disputed there, and decided; each sees what is theirs', async () => {
  const [insurer, desk] = await Promise.all(['insurer', 'desk'].map((account) => colleague(region.address(), account)))
  assert.ok(insurer && desk)
  const none = await region.open('desk', '/desk/audit')
  await none.getByText('这里没有疑点').waitFor()
  await isSound(none, 'audit-none')
  const page = await region.open('insurer', '/overview/audit')
  await page.getByText('3 · 互斥项目').first().waitFor()
  await insurer.call('audit-rules.load-items', {
    from: '2024-01-01',
    basis: '演示目录',
    items: [
      { code: 'W-1', zh: '演示妇科检查', knowledge: { gender: 'female' } },
      { code: 'B-1', zh: '演示美容项目', knowledge: { payable: false } },
    ],
  })
  const line = (id: string, item: string, priceFen: number) => ({
    id,
    item,
    day: DAY,
    quantity: 1,
    priceFen,
    amountFen: priceFen,
  })
  await insurer.call('audit-rules.submit', {
    batch: '演示批次 2026-01',
    persons: [
      {
        ref: 'P-0001',
        gender: 'male',
        bornOn: '1960-01-01',
        stays: [
          {
            id: 'V-1',
            institution: desk.institution,
            level: 'county',
            inpatient: false,
            insurance: 'resident',
            admittedOn: DAY,
            dischargedOn: DAY,
            diagnoses: ['I10'],
            procedures: 0,
            lines: [line('L-1', 'W-1', 12_345), line('L-2', 'B-1', 88_800)],
          },
        ],
      },
    ],
  })
  await page.reload()
  const hit = (where: typeof none, name: string) => where.locator('main').getByText(name).first()
  await hit(page, '15 · 性别限制').click()
  await page.getByText('演示妇科检查 W-1').waitFor()
  await isSound(page, 'audit-found')
  await page.getByRole('button', { name: '下发机构' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '下发机构' }).click()
  await page.getByRole('button', { name: '不予处理' }).waitFor()
  await none.getByText('1 条疑点等本机构反馈').waitFor()
  await none.setViewportSize({ width: 360, height: 800 })
  await isSound(none, 'audit-waiting-360')

  const there = await region.open('desk', '/desk/audit')
  await hit(there, '15 · 性别限制').click()
  await there.getByRole('button', { name: '申诉', exact: true }).click()
  const dialog = there.getByRole('dialog')
  await dialog.getByRole('button', { name: '申诉', exact: true }).click()
  await dialog.getByText('请写明理由（至少 2 个字）。').waitFor()
  await dialog.getByLabel('理由').fill('性别登记有误，附更正单')
  await dialog.getByRole('button', { name: '申诉', exact: true }).click()
  await there.getByText('性别登记有误，附更正单').first().waitFor()
  assert.equal(await there.getByText('美容').count(), 0, 'the hospital sees what it was told of')
  await isSound(there, 'audit-appealed')

  await page.reload()
  await page.getByText('1 条疑点已有反馈，等待处理决定').waitFor()
  await page.getByText('其中申诉 1 条').waitFor()
  await hit(page, '15 · 性别限制').click()
  await isSound(page, 'audit-waiting')
  await page.getByRole('button', { name: '决定追回' }).click()
  const decide = page.getByRole('dialog')
  await decide.getByLabel('追回金额（元）').fill('123.46')
  await decide.getByLabel('理由').fill('更正单晚于结算')
  await decide.getByRole('button', { name: '决定追回' }).click()
  await decide.getByText('请填不超过').waitFor()
  await decide.getByLabel('追回金额（元）').fill('123.45')
  await decide.getByRole('button', { name: '决定追回' }).click()
  await page.getByRole('button', { name: '登记到账' }).waitFor()
  await page.getByRole('heading', { name: '追回账目' }).waitFor()
  await page.getByText('-123.45 元').waitFor()
  assert.equal(await page.getByRole('button', { name: '复议撤销' }).count(), 0, 'who decided does not take it back')
  await isSound(page, 'audit-recovering')
  await otherLooks(page, 'audit-recovering', 'main table')
})
