import assert from 'node:assert/strict'
import test from 'node:test'
import fastify from 'fastify'
import type { AddressInfo } from 'node:net'
import { actor, PLACES, setStage } from '../../../tests/harness/stage.ts'
import { testHouse } from '../../../tests/harness/house.ts'
import { addCardRoutes } from '../server/card-routes.ts'
import { startSandbox } from './sandbox.ts'

test('a payment app of others shows the card and a cashier takes it, by the interface alone', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const person = await stage.person('沙盒者', '1961-05-04')
  const self = actor('resident', null, '沙盒者', person)
  await house.done('health-card.apply', self, { person })
  const text: string = (await house.done('health-card.mine', self)).holders[0].cards[0].text
  const region = fastify()
  addCardRoutes(region, house.house, null)
  await region.listen({ port: 0, host: '127.0.0.1' })
  const url = `http://127.0.0.1:${(region.server.address() as AddressInfo).port}`
  const app = async (kind: string, org?: string) => {
    const made = await house.done('health-card.register-app', actor('administrator', null), {
      name: { zh: kind, en: kind },
      kind,
      ...(org ? { org } : {}),
    })
    return { url, appId: made.app as string, fieldKey: Buffer.from(made.fieldKey, 'hex'), signKey: made.signKey as string }
  }
  const apps = { payment: await app('payment'), hospital: await app('hospital', PLACES.county) }
  const sandbox = await startSandbox(apps, 0)
  t.after(async () => {
    await sandbox.close()
    await region.close()
  })
  const press = async (
    path: string,
    form: Record<string, string> = {},
    headers: Record<string, string> = {},
  ): Promise<string> => {
    const answer = await fetch(sandbox.address + path, { method: 'POST', body: new URLSearchParams(form), headers })
    return answer.ok ? answer.text() : String(answer.status)
  }
  assert.match(await press('/link', { card: text }), /health-card\.app-not-allowed/, 'not before the person has said so')
  await house.done('health-card.allow-app', self, { person, app: apps.payment.appId })
  assert.match(await press('/link', { card: text }), /已添加:沙盒者/)
  const page = await press('/show')
  const [, code = ''] = /<code id="code">([0-9a-f]{64}:0)<\/code>/.exec(page) ?? []
  assert.match(page, /<svg/)
  assert.match(await press('/verify', { code, step: '010105' }), /已核验 accepted:沙\*\*/)
  assert.match(await press('/verify', { code, step: '010105' }), /health-card\.code-used/)
  assert.equal(await press('/show', {}, { origin: 'https://elsewhere.example' }), '403')
  const { uses } = await house.done('health-card.uses', self, { person })
  assert.equal(uses[0].app, apps.hospital.appId)
  // What stands on the public page is enough to check an identity code without asking.
  const { keys } = (await (await fetch(`${url}/erhc/v2/public-keys`)).json()) as { keys: { key: string; publicKey: string }[] }
  assert.ok(keys.some(({ key }) => text.split(':')[2] === key))
})
