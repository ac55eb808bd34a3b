import assert from 'node:assert/strict'
import { chmodSync, existsSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, describe, test } from 'node:test'
import { holdFolder } from '../../src/platform/embedded-postgres/index.ts'
import { serverOfVersion } from './old-server.ts'
import { ROOT, emptyFolder, startProgram } from './starting.ts'

const START = join(ROOT, 'src', 'apps', 'start.ts')

/** Starts Jieli and asserts that it ends with code 1 and exactly one sentence in each language, no stack. */
const refusedStart = async (
  t: TestContext,
  env: Record<string, string>,
  words = [START],
  cwd = ROOT,
): Promise<{ zh: string; en: string }> => {
  const started = startProgram(t, words, env, cwd)
  const { code } = await started.ended
  const lines = started.said().trim().split('\n')
  assert.equal(code, 1, started.said())
  assert.equal(lines.length, 2, started.said())
  const [zh = '', en = ''] = lines
  assert.match(zh, /[\u4e00-\u9fff].*。$/)
  assert.match(en, /^[A-Z].*\.$/)
  assert.doesNotMatch(started.said(), /\n {4}at /)
  return { zh, en }
}

const takenPort = async (t: TestContext): Promise<string> => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  t.after(() => void other.close())
  const address = other.address()
  return String(typeof address === 'object' ? address?.port : '')
}

describe('a start that cannot succeed ends with one sentence in each language', { concurrency: 2 }, () => {
  test('the port is taken', async (t) => {
    const port = await takenPort(t)
    const folder = emptyFolder()
    const { zh, en } = await refusedStart(t, { PORT: port, JIELI_DATA: folder })
    assert.match(zh, new RegExp(`端口 ${port} `))
    assert.match(en, new RegExp(`Port ${port} is taken`))
    assert.equal(existsSync(join(folder, 'postgres')), false, 'seen before any work was done')
  })

  test('the launcher, called through a link from another folder, passes code and sentences on', async (t) => {
    const port = await takenPort(t)
    const link = join(emptyFolder(), 'jieli')
    symlinkSync(join(ROOT, 'bin', 'jieli.cjs'), link)
    const { en } = await refusedStart(t, { PORT: port, JIELI_DATA: emptyFolder() }, [link, 'start'], tmpdir())
    assert.match(en, new RegExp(`Port ${port} is taken`))
  })

  test('another instance has the data folder', async (t) => {
    const folder = emptyFolder()
    const hold = holdFolder(folder)
    t.after(hold.release)
    const { zh, en } = await refusedStart(t, { PORT: '0', JIELI_DATA: folder })
    assert.ok(zh.includes(`进程号 ${process.pid}`))
    assert.ok(en.includes(`process ${process.pid}`) && en.includes(folder))
  })

  test('the data folder is a file, or below one', async (t) => {
    const file = join(emptyFolder(), 'data')
    writeFileSync(file, '')
    for (const folder of [file, join(file, 'below')]) {
      const { zh, en } = await refusedStart(t, { PORT: '0', JIELI_DATA: folder })
      assert.ok(zh.includes(folder) && en.includes(`${folder} cannot be read and written`))
    }
  })

  test('the data folder may not be written', { skip: process.getuid?.() === 0 && 'root may write everywhere' }, async (t) => {
    const folder = emptyFolder()
    chmodSync(folder, 0o500)
    const { en } = await refusedStart(t, { PORT: '0', JIELI_DATA: folder })
    assert.ok(en.includes(`${folder} cannot be read and written`))
  })

  test('DATABASE_URL leads nowhere, and its password is not shown', async (t) => {
    const port = await takenPort(t)
    const url = `postgres://jieli:secret@127.0.0.1:1/jieli`
    const { zh, en } = await refusedStart(t, { PORT: '0', JIELI_DATA: emptyFolder(), DATABASE_URL: url })
    assert.match(zh, /127\.0\.0\.1:1\/jieli.*ECONNREFUSED/)
    assert.match(en, /127\.0\.0\.1:1\/jieli cannot be reached \(ECONNREFUSED\)/)
    assert.doesNotMatch(zh + en, /secret/)
    const malformed = await refusedStart(t, { PORT: '0', JIELI_DATA: emptyFolder(), DATABASE_URL: `127.0.0.1:${port}` })
    assert.match(malformed.en, /is not a PostgreSQL address/)
  })

  test('DATABASE_URL leads to a PostgreSQL before 18', async (t) => {
    const { port, server } = await serverOfVersion('17.6', '170006')
    t.after(() => void server.close())
    const url = `postgres://jieli@127.0.0.1:${port}/jieli`
    const { zh, en } = await refusedStart(t, { PORT: '0', JIELI_DATA: emptyFolder(), DATABASE_URL: url })
    assert.match(zh, /PostgreSQL 17\.6/)
    assert.match(en, /is PostgreSQL 17\.6 and Jieli needs 18/)
  })

  test('a setting cannot be used', async (t) => {
    const { en } = await refusedStart(t, { PORT: 'eighty', JIELI_DATA: emptyFolder() })
    assert.match(en, /PORT="eighty"/)
  })
})

test('a signal in the middle of a start ends it with code 0 and leaves no database running', async (t) => {
  const folder = emptyFolder()
  const started = startProgram(t, [START], { PORT: '0', JIELI_DATA: folder, JIELI_DEMO: 'off' })
  await started.says('Starting the embedded database')
  started.child.kill('SIGTERM')
  assert.deepEqual(await started.ended, { code: 0, signal: null }, started.said())
  assert.match(started.said(), /接力已停止。\nJieli has stopped\./)
  assert.equal(existsSync(join(folder, 'postgres', 'cluster', 'postmaster.pid')), false)
  holdFolder(folder).release()
})
