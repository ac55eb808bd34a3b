import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshAnswers, TooSlow } from './fresh-answers.ts'

/** A cache on a clock that is moved by hand, and a question that counts how often it was really asked. */
const bench = (most = 10) => {
  let now = 0
  let asked = 0
  const answers = freshAnswers<number>(1_000, most, () => now)
  return {
    answers,
    pass: (ms: number) => void (now += ms),
    ask: async () => (asked += 1),
    count: () => asked,
  }
}

test('A question is asked once within a second, however many wait for it, and anew after it', async () => {
  const { answers, ask, count, pass } = bench()
  const all = await Promise.all(Array.from({ length: 50 }, () => answers.of('a', ask)))
  assert.deepEqual([new Set(all).size, count()], [1, 1])
  pass(1_000)
  assert.equal(await answers.of('a', ask), 1, 'exactly a second old is still in time')
  pass(1)
  assert.equal(await answers.of('a', ask), 2)
  assert.equal(await answers.of('b', ask), 3, 'another question is another answer')
})

test('An answer that took longer than a second is not handed out: it is asked anew, and given up after three times', async () => {
  const { answers, ask, count, pass } = bench()
  let slow = 2
  const slowly = async () => {
    if (slow-- > 0) pass(1_001)
    return ask()
  }
  assert.equal(await answers.of('a', slowly), 3, 'the third was quick')
  slow = 3
  pass(2_000)
  await assert.rejects(answers.of('a', slowly), TooSlow)
  assert.equal(count(), 6)
})

test('Whoever joins a question that is under way gets no answer older than a second', async () => {
  const { answers, ask, pass } = bench()
  const answered: ((value: number) => void)[] = []
  const slowly = () => new Promise<number>((done) => answered.push(done))
  const first = answers.of('a', slowly)
  pass(900)
  const second = answers.of('a', ask)
  pass(200)
  answered[0]?.(0)
  // Both find it too old; the one who asks anew first asks for both.
  await Promise.resolve()
  while (answered.length < 2) await Promise.resolve()
  answered[1]?.(7)
  assert.deepEqual(await Promise.all([first, second]), [7, 7])
})

test('Memory is bounded, and a failure is nobody’s answer', async () => {
  const { answers, ask, count } = bench(3)
  for (const question of ['a', 'b', 'c', 'd', 'e']) await answers.of(question, ask)
  assert.equal(answers.size(), 3)
  await answers.of('e', ask)
  assert.equal(count(), 5, 'the newest are kept')
  await answers.of('a', ask)
  assert.equal(count(), 6, 'the oldest went')
  await assert.rejects(
    answers.of('f', () => Promise.reject(new Error('gone'))),
    /gone/,
  )
  assert.equal(await answers.of('f', ask), 7)
})
