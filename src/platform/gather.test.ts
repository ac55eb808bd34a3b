import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gather } from './gather.ts'

test('who asks alone is read at once; who asks meanwhile is read together, at most so many; each has the own answer', async () => {
  const reads: (readonly number[])[] = []
  const begun: (() => void)[] = []
  const ask = gather<number, string>(3, async (keys) => {
    reads.push(keys)
    await new Promise<void>((resolve) => begun.push(resolve))
    return new Map(keys.filter((key) => key > 0).map((key) => [key, `value ${key}`]))
  })
  const first = ask(1)
  assert.deepEqual(reads, [[1]], 'nobody waits for company')
  const others = [ask(2), ask(2), ask(0), ask(3)]
  begun.shift()?.()
  assert.equal(await first, 'value 1')
  assert.deepEqual(reads.at(-1), [2, 0], 'the next three askers, the same key once')
  begun.shift()?.()
  assert.deepEqual(await Promise.all(others.slice(0, 3)), ['value 2', 'value 2', null])
  begun.shift()?.()
  assert.equal(await others[3], 'value 3')
})

test('a read that fails fails its own askers and nobody after them', async () => {
  let isBroken = true
  const ask = gather<number, number>(10, async (keys) => {
    await Promise.resolve()
    if (isBroken) throw new Error('broken')
    return new Map(keys.map((key) => [key, key]))
  })
  await assert.rejects(ask(1), /broken/)
  isBroken = false
  assert.equal(await ask(1), 1)
})
