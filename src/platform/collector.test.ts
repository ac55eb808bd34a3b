import assert from 'node:assert/strict'
import test from 'node:test'
import { collector, type Crowd } from './collector.ts'

/** A collector of numbers whose batches end when they are told to. */
const openCollector = (most: number, crowd: Crowd = { underWay: 0 }) => {
  const sent: number[][] = []
  const ends: (() => void)[] = []
  const own = collector<number>(
    most,
    (batch) => {
      sent.push([...batch])
      return new Promise((resolve) => ends.push(resolve))
    },
    crowd,
  )
  let next = 0
  const come = (many: number): void => {
    for (let at = 0; at < many; at += 1) own.add(next++)
  }
  const endFirst = async (): Promise<void> => {
    ends.shift()?.()
    await new Promise((resolve) => setImmediate(resolve))
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { own, sent, come, endFirst, sizes: () => sent.map(({ length }) => length) }
}

test('who comes alone is on its way at once; who comes meanwhile goes together with the next', async () => {
  const { own, sent, come, endFirst } = openCollector(256)
  come(1)
  assert.deepEqual(sent, [[0]])
  come(3)
  assert.equal(sent.length, 1)
  await endFirst()
  assert.deepEqual(sent, [[0], [1, 2, 3]])
  await endFirst()
  await own.idle()
})

test('a batch takes no more than the most', async () => {
  const { sizes, come, endFirst } = openCollector(10)
  come(36)
  for (let round = 0; round < 4; round += 1) await endFirst()
  assert.deepEqual(sizes(), [1, 10, 10, 10, 5])
})

test('in a rush two halves take turns, in the order of arrival, and nobody is left behind', async () => {
  const { own, sent, sizes, come, endFirst } = openCollector(256)
  come(128)
  assert.deepEqual(sizes(), [1, 48], 'as soon as there is enough for a batch of its own, it follows the first')
  await endFirst()
  assert.deepEqual(sizes(), [1, 48, 64])
  await endFirst()
  come(49)
  assert.deepEqual(sizes(), [1, 48, 64, 48], 'the answered ask again while the other half is under way')
  for (let round = 0; round < 3; round += 1) await endFirst()
  await own.idle()
  assert.deepEqual(
    sent.flat(),
    Array.from({ length: 177 }, (_, at) => at),
  )
})

test('while another collector of the crowd has work under way, only one batch is', async () => {
  const crowd: Crowd = { underWay: 0 }
  const [one, other] = [openCollector(256, crowd), openCollector(256, crowd)]
  one.come(1)
  other.come(1)
  one.come(200)
  assert.deepEqual([one.sizes(), crowd.underWay], [[1], 2])
  await one.endFirst()
  assert.deepEqual(one.sizes(), [1, 200])
  await other.endFirst()
  await one.endFirst()
  assert.equal(crowd.underWay, 0)
})

test('without a crowd there is one batch at a time, however many wait', async () => {
  const sizes: number[] = []
  const ends: (() => void)[] = []
  const own = collector<number>(256, (batch) => {
    sizes.push(batch.length)
    return new Promise((resolve) => ends.push(resolve))
  })
  for (let at = 0; at < 129; at += 1) own.add(at)
  assert.deepEqual(sizes, [1])
  ends.shift()?.()
  await new Promise((resolve) => setTimeout(resolve, 0))
  await new Promise((resolve) => setImmediate(resolve))
  assert.deepEqual(sizes, [1, 128])
})
