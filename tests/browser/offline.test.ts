import { setTimeout as pause } from 'node:timers/promises'
import assert from 'node:assert/strict'
import { after, before, test, type TestContext } from 'node:test'
import type { Page } from 'playwright-core'
import { seeded, seedOfRun } from '../invariants/small-region.ts'
import { cutLine, filesHolding, newDevice, type CutLine, type Device } from './killed-browser.ts'
import { colleague, startRegion, type Colleague, type TestRegion } from './region.ts'
import { axeFaults } from './looking.ts'

// What lies on a village doctor's device: it opens without a network, under a code, sealed, and nothing saved is ever lost.
// JIELI_KILLS=100 kills the browser a hundred times; JIELI_SEED repeats a run.
const kills = Number(process.env['JIELI_KILLS'] ?? 6)
const seed = seedOfRun()
const code = '739148'
const password = 'jieli-demo'

let region: TestRegion
let line: CutLine
let doctor: Colleague
before(async () => {
  region = await startRegion()
  line = await cutLine(region.address)
  doctor = await colleague(region.address, 'village')
})
after(async () => {
  await line?.close()
  await region?.stop()
})

const signIn = async (page: Page, account: string): Promise<void> => {
  await page.locator('input[autocomplete=username]').fill(account)
  await page.locator('input[autocomplete=current-password]').fill(password)
  await page.locator('form [type=submit]').click()
}

/** Comes to the desk from whatever the page asks for: signing in, or the code. */
const enter = async (page: Page, path: string, account = 'village'): Promise<void> => {
  await page.goto(`${line.address}${path}`)
  const asked = page.locator('.desk, .unlock, input[autocomplete=username]').first()
  await asked.waitFor().catch(async (error: Error) => {
    throw new Error(`The page asks for nothing: ${await page.locator('body').innerText()}`, { cause: error })
  })
  if ((await page.locator('input[autocomplete=username]').count()) > 0) await signIn(page, account)
  else if ((await page.locator('.unlock').count()) > 0) {
    await page.getByLabel('解锁码').fill(code)
    await page.getByRole('button', { name: '打开' }).click()
  }
  await page.locator('.desk').waitFor()
}

/** A device that is signed in, has its copy, its service worker and a code, and was closed properly. */
const readyDevice = async (t: Pick<TestContext, 'after'>, account = 'village'): Promise<Device> => {
  line.mend()
  const device = await newDevice()
  t.after(() => device.remove())
  const page = await device.start()
  await enter(page, '/village/device', account)
  await page.getByRole('button', { name: '设为解锁码' }).click()
  await page.getByLabel('新解锁码').fill(code)
  await page.getByLabel('再输一次').fill(code)
  await page.getByRole('button', { name: '设为解锁码' }).click()
  await page.getByText('解锁码已设好').waitFor()
  await page.getByRole('button', { name: '立即更新' }).click()
  await page.getByText('本机资料已是最新').waitFor()
  await page.waitForFunction(async () => (await navigator.serviceWorker.ready).active?.state === 'activated')
  await device.close()
  return device
}

/** Residents of the clinic, each test its own. */
let taken = 0
const freshResident = async () => {
  const { persons } = await doctor.ask('residents.of-village', {})
  const grown = persons.filter(({ bornOn, diedOn }) => diedOn === null && bornOn !== null && bornOn < '2000')
  const person = grown[taken]
  taken += 1
  assert.ok(person, 'the demo clinic has residents enough')
  return person
}

const measure = async (page: Page, systolic: number): Promise<void> => {
  await page.getByRole('button', { name: '记录测量' }).click()
  await page.getByLabel(/^收缩压/).fill(String(systolic))
  await page.getByLabel(/^舒张压/).fill('70')
  await page.getByRole('button', { name: '保存', exact: true }).click()
}

const savedHere = (page: Page) => page.getByText('已保存本机', { exact: true })
const picture = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['JIELI_PICTURES']
  if (folder !== undefined) await page.screenshot({ path: `${folder}/offline-${name}.png`, fullPage: true })
}

const systolicCode = '8480-6'
/** Systolic pressures on the server of a person, each as often as it stands there. */
const measured = async (person: string): Promise<number[]> => {
  const { series } = await doctor.ask('health-record.summary', { person })
  return series.filter(({ code }) => code === systolicCode).flatMap(({ points }) => points.map(({ value }) => value))
}

test('the desk is installable, and opens by its code without a network: residents are found, work is saved, and goes when the network returns', async (t) => {
  const device = await readyDevice(t)
  const person = await freshResident()
  const page = await device.start()
  const manifest = await (await fetch(`${line.address}/manifest.webmanifest`)).json()
  for (const { src } of manifest.icons) assert.equal((await fetch(`${line.address}${src}`)).status, 200)
  line.cut()
  await page.goto(`${line.address}/village/residents`)
  await page.locator('.unlock').waitFor()
  await picture(page, 'unlock')
  assert.deepEqual(await axeFaults(page), [])
  assert.equal(await page.getByText(person.name.zh).count(), 0, 'nothing is shown before the code')
  await enter(page, '/village/residents')
  await page.getByText(/^没有网络。/).waitFor()
  await page.getByRole('searchbox').fill(person.initials)
  await page
    .getByRole('link', { name: new RegExp(person.name.zh) })
    .first()
    .waitFor()
  await picture(page, 'residents')
  assert.deepEqual(await axeFaults(page), [])
  await enter(page, `/village/residents/${person.id}`)
  await page.getByRole('heading', { level: 1, name: person.name.zh }).waitFor()
  await measure(page, 171)
  await savedHere(page).waitFor()
  await picture(page, 'saved')
  for (const path of ['today', 'cases', 'refer', 'outbox', 'device']) {
    await enter(page, `/village/${path}`)
    await page.locator('h1:not(.unseen)').first().waitFor()
    await picture(page, path)
    assert.deepEqual(await axeFaults(page), [], path)
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), true, `${path} fits`)
  }
  await enter(page, '/village/outbox')
  line.mend()
  // The device may be quicker than the hand: then there is nothing left to upload.
  const upload = page.getByRole('button', { name: '立即上传' })
  await Promise.race([upload.click().catch(() => {}), page.getByText('已上传', { exact: true }).waitFor()])
  await page.getByText('已上传', { exact: true }).waitFor()
  assert.ok((await measured(person.id)).includes(171))
  await device.close()
})

test('nothing about a person lies readable on the device: neither what is kept nor what waits to be sent', async (t) => {
  const device = await readyDevice(t)
  const person = await freshResident()
  const page = await device.start()
  line.cut()
  await enter(page, `/village/residents/${person.id}`)
  await measure(page, 181)
  await savedHere(page).waitFor()
  const rows = await page.evaluate(async () => {
    const all = (name: string, store: string) =>
      new Promise<object[]>((resolve) => {
        const opened = indexedDB.open(name)
        opened.addEventListener('success', () => {
          const asked = opened.result.transaction(store).objectStore(store).getAll()
          asked.addEventListener('success', () => resolve(asked.result as object[]))
        })
      })
    const [queued, kept] = [await all('jieli-outbox', 'command'), await all('jieli-device', 'kept')]
    return {
      queued: queued.map((row) => Object.keys(row).toSorted()),
      kept: kept.map((row) => Object.keys(row).toSorted()),
      named: kept.length,
    }
  })
  assert.deepEqual(rows.queued, [['account', 'key', 'savedAt', 'sealed']])
  assert.ok(rows.named > 5)
  await device.close()
  assert.deepEqual(await filesHolding(device.folder, person.name.zh), [], 'no file of the browser holds the name')
  assert.ok((await filesHolding(device.folder, 'jieli-actor')).length > 0, 'the search itself finds what lies open')
})

test(`a browser killed ${kills} times at any moment loses nothing that it said was saved, and doubles nothing (seed ${seed})`, async (t) => {
  const chance = seeded(seed)
  const device = await readyDevice(t)
  const person = await freshResident()
  const before = await measured(person.id)
  const acknowledged = new Set<number>()
  let keptMost = 0
  let cutShort = 0
  for (let at = 0; at < kills; at += 1) {
    const isOnline = chance.chance(0.25)
    if (isOnline) line.mend()
    else line.cut()
    const page = await device.start()
    await enter(page, '/village/outbox').catch((error: Error) => {
      throw new Error(`after kill ${at}, ${isOnline ? 'online' : 'cut off'}: ${error.message}`, { cause: error })
    })
    await page.locator('.list-row, .list > li, .empty-state').first().waitFor()
    const shown = await page.getByText(/^血压 · /).count()
    assert.ok(shown >= acknowledged.size, `after kill ${at}: ${acknowledged.size} were said to be saved, ${shown} are there`)
    assert.ok(shown >= keptMost && shown <= at, `after kill ${at}: ${shown} shown`)
    keptMost = shown
    await page.getByRole('link', { name: '居民', exact: true }).click()
    await page.getByRole('searchbox').fill(person.name.zh)
    await page
      .getByRole('link', { name: new RegExp(person.name.zh) })
      .first()
      .click()
    const systolic = 100 + at
    await measure(page, systolic)
    // Up to a quarter of a second after the press: before, during and after the write; online also during the sending.
    const moment = page.waitForTimeout(chance.below(250))
    const told = savedHere(page).or(page.getByText('已保存', { exact: true })).first().waitFor().then(() => acknowledged.add(systolic), () => undefined) // prettier-ignore
    await Promise.race([moment, told.then(() => moment)])
    if (!acknowledged.has(systolic)) cutShort += 1
    await device.kill()
    await Promise.allSettled([moment, told])
  }
  line.mend()
  const page = await device.start()
  await enter(page, '/village/outbox')
  await seen(page, '已上传')
  await page.waitForFunction(() => !/已保存本机(?!的)/.test(document.querySelector('.list')?.textContent ?? ''))
  const keptAtLast = await page.getByText(/^血压 · /).count()
  const arrived = await measured(person.id)
  const times = (of: readonly number[], value: number) => of.filter((one) => one === value).length
  const cameIn = Array.from({ length: kills }, (_, at) => times(arrived, 100 + at) - times(before, 100 + at))
  t.diagnostic(
    `${kills} kills, ${acknowledged.size} told as saved, ${cutShort} killed before that, ${arrived.length - before.length} arrived`,
  )
  for (const systolic of acknowledged) assert.equal(cameIn[systolic - 100], 1, `${systolic} was said to be saved`)
  assert.ok(
    cameIn.every((count) => count === 0 || count === 1),
    'each once',
  )
  assert.equal(arrived.length - before.length, keptAtLast, 'what lay on the device is what arrived')
  assert.ok(acknowledged.size > 0, 'nothing was ever said to be saved: the run proves nothing')
})

test('five wrong codes empty the device; what waited unsent stays and goes after signing in', async (t) => {
  const device = await readyDevice(t)
  const person = await freshResident()
  const page = await device.start()
  line.cut()
  await enter(page, `/village/residents/${person.id}`)
  await measure(page, 182)
  await savedHere(page).waitFor()
  await device.kill()
  const again = await device.start()
  await again.goto(`${line.address}/village/today`)
  for (let left = 4; left >= 0; left -= 1) {
    await again.getByLabel('解锁码').fill('000000')
    await again.getByRole('button', { name: '打开' }).click()
    if (left > 0) await again.getByText(`还可以试 ${left} 次`).waitFor()
  }
  await again.getByText('多次输错，本机保存的资料已清除').waitFor()
  await picture(again, 'emptied')
  await again.reload()
  await again.getByRole('heading', { name: '需要联网登录一次' }).waitFor()
  assert.equal(await again.getByLabel('解锁码').count(), 0, 'the code is gone')
  const kept = await again.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const opened = indexedDB.open('jieli-device')
        opened.addEventListener('success', () => {
          const asked = opened.result.transaction('kept').objectStore('kept').count()
          asked.addEventListener('success', () => resolve(asked.result))
        })
      }),
  )
  assert.equal(kept, 0)
  line.mend()
  await enter(again, '/village/outbox')
  await again.getByText('已上传', { exact: true }).first().waitFor()
  assert.ok((await measured(person.id)).includes(182))
  await device.close()
})

test('a revoked device empties itself at its next contact and says so to the server; its owner may take it into use again', async (t) => {
  const device = await readyDevice(t)
  const person = await freshResident()
  const page = await device.start()
  line.cut()
  await enter(page, `/village/residents/${person.id}`)
  await measure(page, 183)
  await savedHere(page).waitFor()
  const { devices: known } = await doctor.ask('security.devices', { which: 'own' })
  const mine = known.toSorted((one, other) => (one.lastSeenAt < other.lastSeenAt ? 1 : -1))[0]
  assert.ok(mine)
  await doctor.call('security.revoke-device', { device: mine.device, reason: '手机遗失' })
  line.mend()
  // The session went with the device; a server may believe in it a few seconds longer.
  const isSignedIn = () => page.evaluate(async () => (await fetch('/api/security.me')).ok).catch(() => true)
  while (await isSignedIn()) await pause(300)
  await page.reload()
  await page.locator('input[autocomplete=username], .empty-state').first().waitFor()
  await page.waitForFunction(async () => (await indexedDB.databases()).length > 0)
  doctor = await colleague(region.address, 'village')
  await enterRevoked(page)
  await picture(page, 'revoked')
  const { devices: after } = await doctor.ask('security.devices', { which: 'own' })
  assert.equal(after.find((one) => one.device === mine.device)?.state, 'wiped')
  await page.getByRole('button', { name: '重新启用' }).click()
  const until = performance.now() + 60_000
  while (!(await page.locator('.desk').isVisible())) {
    assert.ok(performance.now() < until, 'the desk never opened again')
    await pause(200)
  }
  await page.goto(`${line.address}/village/outbox`)
  await seen(page, '已上传')
  assert.ok((await measured(person.id)).includes(183), 'what waited unsent was not lost')
  await device.close()
})

// Asked again and again: a browser whose window nobody looks at draws no frames, and a wait that hangs on frames never ends.
const seen = async (page: Page, text: string): Promise<void> => {
  const until = performance.now() + 60_000
  while (!(await page.getByText(text, { exact: true }).filter({ visible: true }).first().isVisible())) {
    assert.ok(performance.now() < until, `${text} was never shown`)
    await pause(100)
  }
}

const enterRevoked = async (page: Page): Promise<void> => {
  await page.goto(`${line.address}/village/today`)
  await page.locator('input[autocomplete=username], .empty-state').first().waitFor()
  if ((await page.locator('input[autocomplete=username]').count()) > 0) await signIn(page, 'village')
  await seen(page, '这台设备已停用')
}

test('two corrections of one field meet: both stand side by side, and a person chooses', async (t) => {
  const device = await readyDevice(t)
  const person = await freshResident()
  const page = await device.start()
  line.cut()
  await enter(page, `/village/residents/${person.id}`)
  await page.getByRole('button', { name: '更正', exact: true }).click()
  await page.getByLabel('住址').fill('二组 5 号')
  await page.getByLabel('手机号').fill('10087654321')
  await page.getByRole('button', { name: '保存更正' }).click()
  await savedHere(page).waitFor()
  await doctor.call('residents.correct', { person: person.id, ifVersion: person.version, address: '一组 3 号' })
  line.mend()
  await enter(page, '/village/outbox')
  await page.getByText('失败可重试').first().waitFor()
  await page.getByRole('link', { name: '打开修改' }).click()
  await page.getByRole('heading', { name: '他人已更正同一栏' }).waitFor()
  const sides = page.getByRole('dialog').locator('.choice-label')
  await sides.getByText('二组 5 号', { exact: true }).waitFor()
  await sides.getByText('一组 3 号', { exact: true }).waitFor()
  await picture(page, 'met')
  assert.deepEqual(await axeFaults(page), [])
  await page.getByRole('button', { name: '按选定的保存' }).click()
  await page.getByText('请逐栏选定').first().waitFor()
  assert.equal((await doctor.ask('residents.get', { person: person.id })).address, '一组 3 号', 'nothing was overwritten')
  await page.getByRole('radio', { name: /一组 3 号；二组 5 号/ }).check()
  await page.getByRole('radio', { name: /10087654321/ }).check()
  await page.getByRole('button', { name: '按选定的保存' }).click()
  await page.getByText('已更正', { exact: true }).waitFor()
  const settled = await doctor.ask('residents.get', { person: person.id })
  assert.deepEqual([settled.address, settled.phone], ['一组 3 号；二组 5 号', '100****4321'])
  await device.close()
})
