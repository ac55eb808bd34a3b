import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSound, otherLooks } from './looking.ts'
import { regionInBrowser } from './open-page.ts'
import { colleague } from './region.ts'

const region = regionInBrowser()

const FEN_A_YUAN = 100
const yuan = (fen: number): string => (fen / FEN_A_YUAN).toLocaleString('zh-CN', { minimumFractionDigits: 2 })

test('A year paid by disease: what a point is worth, whose cases score what and why, cleared by two people; the next catalogue built and published', async () => {
  const insurer = await colleague(region.address(), 'insurer')
  const { catalogues } = await insurer.ask('fund.dip-catalogues', {})
  const [catalogue] = catalogues
  assert.ok(catalogue)
  const { year } = catalogue
  const page = await region.open('insurer', '/overview/dip')
  const main = page.locator('main')
  await main
    .getByText(`${yuan(catalogue.pointFen)} 元`)
    .first()
    .waitFor()
  await isSound(page, 'dip-year')

  // Front pages that came with the record: what keeps them from being discharges, tried again.
  const waiting = main.getByRole('region', { name: /等待的首页/ })
  await waiting.getByText('手术操作没有级别').waitFor()
  await main.getByRole('button', { name: '再次接收' }).click()
  await page.getByText('查看 2 份,新成为病例 0 份').waitFor()
  await isSound(page, 'dip-pages')

  // The directory of supervision: what a hospital's index of returns and of front pages is made of.
  const supervised = main.getByRole('region', { name: '各机构监管指数（表）' })
  const { hospitals: indexes } = await insurer.ask('fund.dip-supervision', { year })
  assert.ok(
    indexes.some(({ again, record }) => again.marked > 0 && record.marked > 0),
    'the demo has returns and slips',
  )
  await supervised.getByRole('columnheader', { name: '二次入院' }).waitFor()
  const stepsOf = main.getByRole('region', { name: /各项怎么来的/ })
  await stepsOf.getByText('病案质量').click()
  await stepsOf.getByText('主诊断与性别矛盾').waitFor()
  await stepsOf.getByText('二次入院').click()
  await stepsOf.getByText(/日内同类诊断再入院/).waitFor()
  await isSound(page, 'dip-supervision')
  await page.setViewportSize({ width: 360, height: 740 })
  await isSound(page, 'dip-supervision-360')
  await page.setViewportSize({ width: 1366, height: 768 })

  // Every number opens its steps: a case far above its standard.
  await main.getByLabel('类型').selectOption('high')
  const hospital = (await insurer.ask('fund.dip-year', { year })).hospitals[0]
  assert.ok(hospital)
  const { cases } = await insurer.ask('fund.dip-cases', { year, org: hospital.org, kind: 'high' })
  const [first] = cases
  assert.ok(first, 'the demo has cases far above')
  await main.getByRole('row').filter({ hasText: first.number }).press('Enter')
  const opened = page.getByRole('dialog', { name: `病例 ${first.number}` })
  await opened.getByText('费用极高').waitFor()
  await opened.getByText('费用与标准之比').waitFor()
  await isSound(page, 'dip-case')
  await opened.getByRole('button', { name: '关闭' }).last().click()

  // Proposed by one, decided by another.
  const { hospitals } = await insurer.ask('fund.dip-year', { year })
  const claimed = hospitals.reduce((sum, one) => sum + one.claimedFen, 0)
  await main.getByRole('button', { name: '提出清算' }).click()
  const proposing = page.getByRole('dialog', { name: `提出 ${year} 年清算` })
  await proposing.getByRole('button', { name: '提出清算' }).click()
  await proposing.getByText('请填写金额').first().waitFor()
  await isSound(page, 'dip-propose')
  await proposing.getByLabel('基金预算（元）').fill(String(claimed / FEN_A_YUAN))
  await proposing.getByRole('button', { name: '提出清算' }).click()
  await proposing.waitFor({ state: 'detached' })
  await main.getByText('须由另一位经办人员决定').waitFor()
  assert.equal(await main.getByRole('button', { name: '批准' }).count(), 0)
  await isSound(page, 'dip-proposed')
  const second = await region.open('insurer2', '/overview/dip')
  await second.getByRole('button', { name: '批准' }).click()
  const approving = second.getByRole('dialog', { name: '批准这份清算？' })
  await approving.getByLabel('理由').fill('核对无误')
  await approving.getByRole('button', { name: '批准' }).click()
  await second.locator('main').getByText('已批准').waitFor()
  const { clearing } = await insurer.ask('fund.dip-year', { year })
  assert.equal(clearing?.state, 'decided')
  assert.equal(clearing.paidFen + clearing.leftFen, claimed)
  await second.locator('main').getByRole('region', { name: '年终清算（表）' }).locator('summary').first().click()
  await isSound(second, 'dip-cleared')

  // A hospital sees its own, on the phone too.
  const manager = await region.open('manager', '/overview/dip')
  await manager.locator('main').getByText('已批准').waitFor()
  await isSound(manager, 'dip-manager')
  await otherLooks(manager, 'dip', 'main table')

  // The catalogue of the next year: a draft, one group priced the same everywhere, published by the other.
  await main.getByRole('button', { name: '测算目录' }).click()
  const building = page.getByRole('dialog', { name: /测算 \d+ 年目录？/ })
  await building.getByLabel('哪一年的目录').selectOption(String(year + 1))
  await isSound(page, 'dip-build')
  await building.getByRole('button', { name: '测算目录' }).click()
  await building.waitFor({ state: 'detached' })
  await main.getByRole('tab', { name: '病种目录' }).click()
  await main.getByText('草案', { exact: true }).first().waitFor()
  await main.getByLabel('查找病种（编码或名称）').fill('阑尾炎')
  const appendix = main.getByRole('row').filter({ hasText: 'K35.9:47.0100' })
  await appendix.waitFor()
  await isSound(page, 'dip-catalogue')
  await appendix.press('Enter')
  const group = page.getByRole('dialog', { name: '急性阑尾炎' })
  await group.getByLabel('定价方式').selectOption('basic-level')
  await group.getByLabel('依据').fill('县乡同病同价清单')
  await isSound(page, 'dip-group')
  await group.getByRole('button', { name: '保存' }).click()
  await page.getByText('定价方式已改').waitFor()
  await group.getByRole('button', { name: '关闭' }).last().click()
  await main.getByRole('cell', { name: '基层病种，各级同价' }).first().waitFor()
  const draft = (await insurer.ask('fund.dip-catalogues', {})).catalogues.find(({ state }) => state === 'draft')
  assert.ok(draft)
  const other = await colleague(region.address(), 'insurer2')
  await other.call('fund.decide-dip-catalogue', { catalogue: draft.id, decision: 'publish', why: '公布' })
  await page.reload()
  await main.getByText('该年度还没有入组的病例').waitFor()
  await isSound(page, 'dip-next-year')
})

test('A hospital sends its discharges as a table: bad rows are told, the good ones taken, the same file again changes nothing', async () => {
  const page = await region.open('manager', '/overview/dip')
  const main = page.locator('main')
  await main.getByRole('button', { name: '报送病例' }).click()
  const dialog = page.getByRole('dialog', { name: '用表格报送出院病例' })
  await dialog.getByRole('button', { name: '收下 0 份' }).click()
  await dialog.getByText('请先选择表格。').waitFor()
  const heading = '机构编号,病例号,出院日期,主要诊断编码,主要诊断名称,治疗方式,住院天数,总费用,基金申报,年龄'
  const row = (number: string, more = '') =>
    `4303210000000,${number},2026/1/5,I10.x05,高血压3级,保守治疗,7,${more || '3210.50'},2000,71`
  const choose = (text: string, name = '病例.csv') =>
    dialog.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
  await choose([heading, row('W-1'), row('W-2', '三千'), row('W-3').replace('保守治疗', '吃药')].join('\r\n'))
  await dialog.getByText('可收下 1 份，此前已收 0 份。').waitFor()
  const faults = dialog.getByRole('list', { name: '哪些行有错' })
  await faults.getByText('第 3 行').waitFor()
  await faults.getByText(/“总费用”写的是“三千”/).waitFor()
  await isSound(page, 'dip-table-bad')
  await page.setViewportSize({ width: 360, height: 800 })
  await isSound(page, 'dip-table-bad-360')
  await page.setViewportSize({ width: 1366, height: 900 })
  await choose([heading, row('W-1'), row('W-2')].join('\n'))
  await dialog.getByText('可收下 2 份').waitFor()
  await dialog.getByRole('button', { name: '收下 2 份' }).click()
  await dialog.waitFor({ state: 'detached' })
  await main.getByRole('button', { name: '报送病例' }).click()
  await choose([heading, row('W-1'), row('W-2')].join('\n'))
  await dialog.getByText('可收下 0 份，此前已收 2 份。').waitFor()
  await dialog.getByRole('button', { name: '关闭' }).last().click()
})
