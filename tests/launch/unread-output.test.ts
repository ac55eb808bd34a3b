import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { RUNNING_FILE } from '../../src/apps/cli/running-server.ts'
import { holdFolder } from '../../src/platform/embedded-postgres/index.ts'
import { ROOT, emptyFolder, startProgram, type Started } from './starting.ts'

/** Where the server of a data folder answers, once it does: it can no longer be read from what it prints. */
const addressIn = async (folder: string, { ended }: Started): Promise<string> => {
  let hasEnded = false
  void ended.then(() => (hasEnded = true))
  const file = join(folder, RUNNING_FILE)
  while (!existsSync(file)) {
    assert.ok(!hasEnded, 'it ended when nobody read what it prints any more')
    await wait(50)
  }
  return (JSON.parse(readFileSync(file, 'utf8')) as { address: string }).address
}

describe('a server whose reader has left, as in `npm start | head`', { concurrency: 2 }, () => {
  for (const [how, words] of [
    ['started as it is', [join(ROOT, 'src', 'apps', 'start.ts')]],
    ['started by the launcher', [join(ROOT, 'bin', 'jieli.cjs'), 'start']],
  ] as const)
    test(`${how}: starts, answers, and ends with code 0 when it is asked to, its database stopped`, async (t) => {
      const folder = emptyFolder()
      const started = startProgram(t, words, { PORT: '0', JIELI_DATA: folder, JIELI_DEMO: 'off', JIELI_LOG: 'info' })
      await started.says('Starting the embedded database')
      started.child.stdout?.destroy()
      started.child.stderr?.destroy()
      const address = await addressIn(folder, started)
      for (let asked = 1; asked <= 3; asked += 1) assert.equal((await fetch(`${address}/api/security.me`)).status, 401)
      started.child.kill('SIGTERM')
      assert.deepEqual(await started.ended, { code: 0, signal: null })
      assert.equal(existsSync(join(folder, 'postgres', 'cluster', 'postmaster.pid')), false)
      holdFolder(folder).release()
    })
})
