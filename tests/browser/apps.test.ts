import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { shownCode } from '../harness/authenticator.ts'
import { launch } from './browser.ts'
import { axeFaults } from './looking.ts'
import { colleague, referUp, signInOn, startRegion, wear, type Look, type TestRegion } from './region.ts'
import { PATIENCE_MS } from '../harness/patience.ts'

const WIDE = { width: 1366, height: 768 }
const PHONE = { width: 360, height: 740 }

let region: TestRegion
let browser: Browser

/** Somebody else's server: an app's pages, and a service of decision support. */
const outside = {
  address: '',
  started: [] as URL[],
  back: [] as URL[],
  place: null as string | null,
  asked: [] as { path: string; body: any }[], // oxlint-disable-line no-explicit-any
}
const readText = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}
const CARD = {
  uuid: 'drug-1',
  summary: '近期处方含华法林，转诊前请核对凝血结果',
  detail: '该居民 30 天内有华法林处方。建议随转诊单附上最近一次 INR。',
  indicator: 'warning',
  source: { label: '用药审查服务', url: 'https://drugs.example.org' },
  overrideReasons: [{ code: 'checked', system: 'urn:example:reason', display: '已核对，结果正常' }],
}
/** A card that would have the order go to another place, once a test has named one. */
const elsewhere = (): object[] => {
  if (outside.place === null) return []
  const resource = { resourceType: 'ServiceRequest', id: 'draft', performer: [{ reference: `Organization/${outside.place}` }] }
  const suggestion = { uuid: 'go-there', label: '改去另一家', actions: [{ type: 'update', description: 'place', resource }] }
  return [{ ...CARD, uuid: 'place-1', indicator: 'info', summary: '另一家更合适', suggestions: [suggestion] }]
}
const server = createServer((request, response) => {
  void (async () => {
    const url = new URL(request.url ?? '/', outside.address)
    if (url.pathname === '/cds-services') {
      const services = ['order-sign', 'appointment-book'].map((hook) => ({ hook, id: hook, description: hook }))
      return response.end(JSON.stringify({ services }))
    }
    if (url.pathname.startsWith('/cds-services/')) {
      outside.asked.push({ path: url.pathname, body: JSON.parse(await readText(request)) })
      return response.end(JSON.stringify({ cards: [CARD, ...elsewhere()] }))
    }
    if (url.pathname === '/launch') outside.started.push(url)
    if (url.pathname === '/after') outside.back.push(url)
    response.setHeader('content-type', 'text/html; charset=utf-8')
    return response.end(`<!doctype html><title>app</title><h1>${url.pathname}</h1>`)
  })()
})

before(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  outside.address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  ;[region, browser] = await Promise.all([startRegion(undefined, { privateNetworks: true }), launch()])
})
after(async () => {
  await browser?.close()
  await region?.stop()
  server.closeAllConnections()
  server.close()
})

const contextOf = async (size: { width: number; height: number }, look: Look = {}): Promise<BrowserContext> => {
  const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce' })
  context.setDefaultTimeout(PATIENCE_MS)
  await wear(context, look)
  return context
}
const openAs = async (account: string, size: { width: number; height: number }, look: Look = {}): Promise<Page> => {
  const page = await (await contextOf(size, look)).newPage()
  await signInOn(page, region.address, account)
  return page
}

/** The administrator signs in for the first time: an authenticator is set up, its codes are kept, then the page opens. */
const openAsAdministrator = async (): Promise<Page> => {
  const page = await (await contextOf(WIDE)).newPage()
  await page.goto(region.address)
  await page.locator('input[autocomplete=username]').fill('admin')
  await page.locator('input[autocomplete=current-password]').fill('jieli-demo')
  await page.locator('form [type=submit]').click()
  const secret = ((await page.locator('.enrol-secret code').textContent()) ?? '').replaceAll(' ', '')
  await page.locator('input[autocomplete=one-time-code]').fill(shownCode(secret))
  await page.getByRole('button', { name: '确认绑定' }).click()
  await page.getByRole('button', { name: '已保存，继续' }).click()
  await page.locator('.desk h1').first().waitFor()
  return page
}

/** JIELI_PICTURES=<folder> keeps a picture of each page; nothing sticks out of any of them. */
const looksRight = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['JIELI_PICTURES']
  if (folder) await page.screenshot({ path: `${folder}/apps-${name}.png`, fullPage: true })
  assert.deepEqual(await axeFaults(page), [], name)
  const fits = await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)
  assert.ok(fits, `${name}: something sticks out`)
}

/** The same page on the phone in the dark. */
const alsoOnPhone = async (page: Page, name: string): Promise<void> => {
  await page.setViewportSize(PHONE)
  await page.evaluate(() => (document.documentElement.dataset['theme'] = 'dark'))
  await looksRight(page, `${name}-phone-dark`)
  await page.evaluate(() => (document.documentElement.dataset['theme'] = 'light'))
  await page.setViewportSize(WIDE)
}

const verifier = randomBytes(32).toString('base64url')
const question = (change: Record<string, string> = {}): string =>
  `${region.address}/oauth/authorize?${new URLSearchParams({
    response_type: 'code',
    client_id: 'growth-chart',
    redirect_uri: `${outside.address}/after`,
    scope: 'launch/patient openid fhirUser offline_access patient/Observation.rs patient/Condition.rs patient/Patient.r',
    state: 'a-state',
    aud: `${region.address}/fhir/R4`,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...change,
  })}`

// oxlint-disable-next-line no-explicit-any
const tokenFor = async (back: URL): Promise<any> => {
  assert.equal(back.searchParams.get('state'), 'a-state')
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    code: back.searchParams.get('code') ?? '',
    redirect_uri: `${outside.address}/after`,
    client_id: 'growth-chart',
    code_verifier: verifier,
  })
  const answer = await fetch(`${region.address}/oauth/token`, { method: 'POST', body })
  assert.equal(answer.status, 200, await answer.clone().text())
  return answer.json()
}
const read = async (path: string, token: string): Promise<number> =>
  (await fetch(`${region.address}/fhir/R4/${path}`, { headers: { authorization: `Bearer ${token}` } })).status

test('an administrator registers an app and a service of decision support', async () => {
  const page = await openAsAdministrator()
  await page.goto(`${region.address}/overview/apps`)
  await page.getByText('还没有登记应用').waitFor()
  await looksRight(page, 'register-empty')
  await page.getByRole('button', { name: '登记应用' }).click()
  const form = page.getByRole('form', { name: '登记应用' })
  await form.getByRole('button', { name: '登记', exact: true }).click()
  await form.getByText('必填', { exact: true }).first().waitFor()
  await form.getByLabel('编号').fill('growth-chart')
  await form.getByLabel('中文名称').fill('生长曲线')
  await form.getByLabel('英文名称').fill('Growth chart')
  await form.getByLabel('回跳地址，每行一个').fill('http://app.example.org/after')
  await form.getByLabel('启动地址（从工作台打开时用，可不填）').fill(`${outside.address}/launch`)
  await form
    .getByLabel('最多可有的权限')
    .fill('launch launch/patient openid fhirUser offline_access patient/Observation.rs patient/Condition.rs patient/Patient.r')
  await form.getByRole('button', { name: '登记', exact: true }).click()
  await form.getByText(/回跳或启动地址须为 https/).waitFor()
  await looksRight(page, 'register-form')
  await form.getByLabel('回跳地址，每行一个').fill(`${outside.address}/after`)
  await form.getByRole('button', { name: '登记', exact: true }).click()
  await page.getByRole('region', { name: '生长曲线' }).waitFor()

  await page.getByRole('button', { name: '登记决策支持服务' }).click()
  const adviser = page.getByRole('form', { name: '登记决策支持服务' })
  await adviser.getByLabel('编号').fill('drug-check')
  await adviser.getByLabel('中文名称').fill('用药审查')
  await adviser.getByLabel('英文名称').fill('Drug check')
  await adviser.getByLabel('服务地址').fill(outside.address)
  await adviser.getByLabel('最多等待（毫秒）').fill('10000')
  await adviser.getByLabel('预约前').check()
  await looksRight(page, 'adviser-form')
  await adviser.getByRole('button', { name: '登记', exact: true }).click()
  await page.getByRole('region', { name: '用药审查' }).waitFor()
  await looksRight(page, 'register')
  await alsoOnPhone(page, 'register')
})

test('a resident sees in plain words what an app asks for, keeps some of it back, and takes all of it back later', async () => {
  const page = await openAs('resident', WIDE)
  await page.goto(question())
  await page.getByRole('heading', { name: '允许应用接入健康档案？' }).waitFor()
  await page.getByLabel(/查看这位居民的检验、检查和测量结果/).waitFor()
  await looksRight(page, 'let-in')
  await alsoOnPhone(page, 'let-in')
  await page.getByLabel(/查看这位居民的诊断与病史/).uncheck()
  await page.getByRole('button', { name: '允许', exact: true }).click()
  await page.waitForURL(`${outside.address}/after*`)
  const given = await tokenFor(outside.back.at(-1) as URL)
  assert.ok(!given.scope.includes('Condition'), given.scope)
  assert.equal(await read(`Patient/${given.patient}`, given.access_token), 200)
  assert.equal(await read(`Condition?patient=${given.patient}`, given.access_token), 403)

  await page.goto(`${region.address}/me/account`)
  const one = page.getByRole('region', { name: '生长曲线' })
  await one.waitFor()
  await looksRight(page, 'my-apps')
  await alsoOnPhone(page, 'my-apps')
  await one.getByRole('button', { name: '收回' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '收回' }).click()
  await page.getByText('您没有允许任何第三方应用查看资料。').waitFor()
  const begun = performance.now()
  while ((await read(`Patient/${given.patient}`, given.access_token)) !== 401)
    assert.ok(performance.now() - begun < 60_000, 'the token counts a minute later')
})

test('who does not allow it sends the app away with nothing', async () => {
  const page = await openAs('resident', PHONE)
  await page.goto(question())
  await page.getByRole('button', { name: '不允许' }).click()
  await page.waitForURL(`${outside.address}/after*`)
  const back = outside.back.at(-1) as URL
  assert.deepEqual([back.searchParams.get('error'), back.searchParams.get('code')], ['access_denied', null])
  await page.goto(`${region.address}/let-in?ticket=forged`)
  await page.getByText('这个授权请求不完整或已失效').waitFor()
  await looksRight(page, 'let-in-over')
})

test('before a referral is sent the services are asked; a suggestion changes the place, a warning is left with a reason', async () => {
  const village = await colleague(region.address, 'village')
  const { persons } = await village.ask('residents.search', { limit: 5 })
  const person = persons[0] as (typeof persons)[number]
  const page = await openAs('village', WIDE)
  const { places } = await village.ask('navigation.rank', { condition: 'hypertension-uncontrolled' })
  const other = places.filter(({ institution }) => institution.id !== village.institution)[1]?.institution.id as string
  outside.place = other
  await page.goto(`${region.address}/village/refer/${person.id}`)
  await page.getByRole('searchbox', { name: '病种' }).fill('gxy')
  await page.getByRole('button', { name: /^高血压.?控制不佳/ }).click()
  const advice = page.getByRole('region', { name: '决策支持意见' })
  await advice.getByText(CARD.summary).waitFor()
  await looksRight(page, 'advice')
  await alsoOnPhone(page, 'advice')
  const heard = outside.asked.find(({ path }) => path === '/cds-services/order-sign')
  assert.equal(heard?.body.context.patientId, person.id)
  assert.ok(!JSON.stringify(heard?.body).includes(person.name.zh))
  const warning = advice.locator('article', { hasText: CARD.summary })
  await warning.getByRole('button', { name: '不采用' }).click()
  await warning.getByRole('button', { name: '提交理由' }).click()
  await warning.getByText('请选择或写明理由。').waitFor()
  await warning.getByLabel('已核对，结果正常').check()
  await looksRight(page, 'advice-reason')
  await warning.getByRole('button', { name: '提交理由' }).click()
  await warning.getByText('已记下不采用的理由').waitFor()
  const told = outside.asked.find(({ path }) => path === '/cds-services/order-sign/feedback')
  assert.equal(told?.body.feedback[0].overrideReason.reason.code, 'checked')
  await advice.getByRole('button', { name: '采用：改去另一家' }).click()
  const goesTo = () => outside.asked.findLast(({ path }) => path === '/cds-services/order-sign')?.body.context
  await page.waitForResponse((response) => response.url().endsWith('/hooks/ask'))
  assert.equal(goesTo().draftOrders.entry[0].resource.performer[0].reference, `Organization/${other}`)
  const taken = outside.asked.filter(({ path }) => path.endsWith('/feedback')).map(({ body }) => body.feedback[0])
  assert.ok(taken.some(({ outcome, acceptedSuggestions: [one] = [] }) => outcome === 'accepted' && one?.id === 'go-there'))
  outside.place = null
})

test('before the desk books a unit the services are asked with its time', async () => {
  const [village, desk] = await Promise.all([colleague(region.address, 'village'), colleague(region.address, 'desk')])
  const { persons } = await village.ask('residents.search', { limit: 5 })
  const person = (persons.at(-1) as (typeof persons)[number]).id
  const { referral } = await referUp({ village, desk, person }, 0, false)
  const page = await openAs('desk', WIDE)
  await page.goto(`${region.address}/desk/inbox?case=${referral}`)
  await page.locator('.case-buttons').waitFor()
  await page.keyboard.press('a')
  const panel = page.locator('.act-panel')
  await panel.getByLabel('另选号源').check()
  await panel
    .getByRole('radio', { name: /^\d\d:\d\d/ })
    .first()
    .check()
  await panel.getByText(CARD.summary).first().waitFor()
  await looksRight(page, 'advice-booking')
  await alsoOnPhone(page, 'advice-booking')
  const { context } = (outside.asked.findLast(({ path }) => path === '/cds-services/appointment-book') as { body: any }).body // oxlint-disable-line no-explicit-any
  assert.equal(context.patientId, person)
  assert.match(context.appointments.entry[0].resource.start, /^\d{4}-\d\d-\d\dT/)
})

test('the desk opens an app for the person at hand: the app learns who it is once the doctor lets it in', async () => {
  const village = await colleague(region.address, 'village')
  const { persons } = await village.ask('residents.search', { limit: 1 })
  const person = (persons[0] as (typeof persons)[number]).id
  const page = await openAs('village', WIDE)
  await page.goto(`${region.address}/village/residents/${person}/timeline`)
  const [app] = await Promise.all([page.context().waitForEvent('page'), page.getByRole('button', { name: '生长曲线' }).click()])
  await app.waitForURL(`${outside.address}/launch*`)
  const started = outside.started.at(-1) as URL
  assert.equal(started.searchParams.get('iss'), `${region.address}/fhir/R4`)
  const launchId = started.searchParams.get('launch') as string
  await app.goto(question({ launch: launchId, scope: 'launch patient/Patient.r patient/Observation.rs' }))
  await app.getByText('工作台当前打开的居民').waitFor()
  await looksRight(app, 'let-in-launch')
  await app.getByRole('button', { name: '允许', exact: true }).click()
  await app.waitForURL(`${outside.address}/after*`)
  const given = await tokenFor(outside.back.at(-1) as URL)
  assert.equal(given.patient, person)
  assert.equal(await read(`Patient/${person}`, given.access_token), 200)
})
