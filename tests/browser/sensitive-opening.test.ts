import assert from 'node:assert/strict'
import { test } from 'node:test'
import { frontPageTable } from '../harness/front-page-table.ts'
import { isSound, otherLooks } from './looking.ts'
import { regionInBrowser } from './open-page.ts'
import { colleague } from './region.ts'

const region = regionInBrowser()
const SECRETS = { hiv: '人类免疫缺陷病毒病', mind: '抑郁发作', birth: '药物流产' } as const

/** A hospital's front page about the resident of the demo with one diagnosis of each sensitive category and an ordinary one. */
const fillRecord = async (): Promise<string> => {
  const [village, desk, admin, resident] = await Promise.all(
    ['village', 'desk', 'admin', 'resident'].map((account) => colleague(region.address(), account)),
  )
  assert.ok(village && desk && admin && resident)
  // The resident of the demo, so that the person's own pages can be looked at too.
  const me = (await resident.ask('security.me', {})).resident ?? ''
  const person = await village.ask('residents.get', { person: me })
  const { idNumber } = await village.call('residents.reveal', { person: person.id, reason: '核对身份' })
  const stay = {
    BAH: 'M1', ZYCS: '1', BRXM: person.name.zh, XB: person.sex === 'male' ? '1' : '2', CSRQ: person.bornOn ?? '', SFZJHM: idNumber ?? '', RYRQ: '2026-08-01 09:30', CYRQ: '2026-08-09 15:00',
    JBDM: 'I10', CYSZYZD: '高血压', JBDM1: 'B20.0', CYSQTZD1: SECRETS.hiv, JBDM2: 'F32.9', CYSQTZD2: SECRETS.mind, JBDM3: 'O04.9', CYSQTZD3: SECRETS.birth,
  } // prettier-ignore
  await admin.call('intake.upload', {
    org: desk.institution,
    kind: 'front-page',
    base64: Buffer.from(frontPageTable([stay])).toString('base64'),
  })
  for (;;) {
    const listed = (await admin.ask('intake.list', { limit: 1 })) as { messages: readonly { state: string }[] }
    const message: { state: string } | undefined = listed.messages[0]
    if (message?.state === 'taken') return person.id
    assert.equal(message?.state, 'kept', JSON.stringify(message))
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** The person's own pages say that a hospital wrote of a stay, and that somebody opened sensitive parts: who, when and why. */
const isTold = async (): Promise<void> => {
  const page = await region.open('resident', '/me/home', { width: 360 })
  const visits = page.getByRole('region', { name: '有机构新记录了您的就诊' })
  await visits.getByText(/记录了与您的一次就诊，因此可以查看您的病历。/).waitFor()
  await isSound(page, 'home-new-visits')
  await visits.getByRole('link', { name: '谁看过我的病历' }).click()
  await page.getByRole('tab', { name: '谁看过' }).click()
  const openings = page.getByRole('list', { name: '谁看过', exact: true }).locator('li', { hasText: '打开了敏感内容' })
  await openings.first().waitFor()
  const rows = await openings.allInnerTexts()
  assert.equal(rows.length, 2, 'one line for each opening')
  for (const row of rows) assert.match(row, /村医 · [^]*依据/)
  await isSound(page, 'sensitive-told')
  await page.goto(`${region.address()}/me/home`)
  await visits.getByRole('button', { name: '都看过了' }).click()
  await visits.waitFor({ state: 'detached' })
}

test('Sensitive parts stand closed with their number; the doctor opens one category by a reason, then all, and the person is told', async () => {
  const person = await fillRecord()
  const page = await region.open('village', `/village/residents/${person}/timeline`)
  const main = page.locator('main')
  const shows = async (secret: string): Promise<boolean> => (await main.innerText()).includes(secret)
  const open = page.getByRole('button', { name: /敏感/ })
  await open.waitFor()
  const closed = await page.locator('.timeline-withheld p').innerText()
  for (const secret of Object.values(SECRETS)) assert.equal(await shows(secret), false, secret)
  await isSound(page, 'sensitive-closed')
  await open.click()
  const dialog = page.getByRole('dialog')
  const send = dialog.getByRole('button', { name: /敏感/ })
  await send.click()
  await dialog.locator('[aria-invalid=true]').waitFor()
  await isSound(page, 'sensitive-asked')
  await dialog.getByRole('combobox').selectOption('mental-health')
  await dialog.getByRole('textbox').fill('抑郁随访用药前核对')
  await send.click()
  await main.getByText(SECRETS.mind).first().waitFor()
  assert.equal(await shows(SECRETS.hiv), false, 'another category stays closed')
  assert.equal(await shows(SECRETS.birth), false, 'another category stays closed')
  assert.notEqual(await page.locator('.timeline-withheld p').innerText(), closed, 'fewer are closed')
  await open.click()
  await dialog.getByRole('combobox').selectOption('all')
  await dialog.getByRole('textbox').fill('住院前全面评估')
  await send.click()
  await main.getByText(SECRETS.hiv).first().waitFor()
  assert.equal(await shows(SECRETS.birth), true)
  assert.equal(await page.locator('.timeline-withheld').count(), 0)
  await isSound(page, 'sensitive-opened')
  await isTold()
  await region.later(2)
  await page.reload()
  await page.locator('.timeline-withheld').waitFor()
  assert.equal(await shows(SECRETS.hiv), false, 'closed again by itself')
  await otherLooks(page, 'sensitive', '.timeline-withheld')
})
