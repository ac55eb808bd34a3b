import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readConfig } from '../../src/platform/config.ts'
import { startSandboxBeside } from '../../src/apps/platform-sandbox/beside.ts'
import { PATIENCE_MS } from '../harness/patience.ts'
import { emptyFolder, ROOT, startProgram } from './starting.ts'

const configOf = (folder: string) => readConfig({ JIELI_DATA: folder, JIELI_MASTER_KEY: '0123456789abcdef'.repeat(4), PORT: '0' })

const ask = (url: string, token: string): Promise<number> =>
  fetch(`${url}/wallet/query`, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: '{"number":"none"}' }).then(
    ({ status }) => status,
    () => 0,
  )

test('the simulated insurer stands beside the demo under a token of its own, and is gone when it is closed', async (t) => {
  const [one, other] = await Promise.all([
    startSandboxBeside(configOf(emptyFolder())),
    startSandboxBeside(configOf(emptyFolder())),
  ])
  t.after(() => Promise.all([one?.close(), other?.close()]))
  assert.ok(one && other, 'two of them find two ports')
  assert.notEqual(one.insurer.url, other.insurer.url)
  assert.equal(await ask(one.insurer.url, one.insurer.token), 200)
  assert.equal(await ask(one.insurer.url, other.insurer.token), 401, 'each run has a token of its own')
  await one.close()
  assert.equal(await ask(one.insurer.url, one.insurer.token), 0, 'nothing listens there')
  await one.close()
})

test('whoever started it is killed without a word: it ends by itself', async (t) => {
  const program = `import { startSandboxBeside } from './src/apps/platform-sandbox/beside.ts'
    import { readConfig } from './src/platform/config.ts'
    const beside = await startSandboxBeside(readConfig(process.env))
    console.log('beside', beside.insurer.url)`
  const parent = startProgram(
    t,
    ['--input-type=module', '-e', program],
    { JIELI_DATA: emptyFolder(), JIELI_MASTER_KEY: '0123456789abcdef'.repeat(4) },
    ROOT,
  )
  await parent.says('beside http')
  const [url = ''] = /http:\S+/.exec(parent.said()) ?? []
  assert.equal(await ask(url, 'wrong'), 401)
  parent.child.kill('SIGKILL')
  await parent.ended
  const until = performance.now() + PATIENCE_MS
  while ((await ask(url, 'wrong')) !== 0) {
    assert.ok(performance.now() < until, 'it still listens')
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
})

const POLL_MS = 50
