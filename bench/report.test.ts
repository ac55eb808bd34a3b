import { deepStrictEqual, rejects } from 'node:assert/strict'
import { test } from 'node:test'
import { rateOf } from './rate.ts'
import { median } from './report.ts'

test('the median is the middle value, or the mean of the two in the middle', () => {
  const table = [
    [[3, 1, 2], 2, 'odd: the middle of the sorted values'],
    [[4, 1, 3, 2], 2.5, 'even: between the two in the middle'],
    [[1, 1, 1, 1, 100], 1, 'one bad round does not move it'],
  ] as const
  for (const [values, expected, why] of table) deepStrictEqual(median(values), expected, why)
})

test('every job is done once, by as many connections as asked for, and what fails is not counted as done', async () => {
  const done: number[] = []
  let open = 0
  let openMost = 0
  const jobs = Array.from({ length: 20 }, (_, at) => at)
  const rate = await rateOf(jobs, 3, async (job) => {
    open += 1
    openMost = Math.max(openMost, open)
    await new Promise(setImmediate)
    open -= 1
    if (job % 5 === 0) throw new Error('refused')
    done.push(job)
  })
  deepStrictEqual(
    done.toSorted((one, other) => one - other),
    jobs.filter((job) => job % 5 !== 0),
  )
  deepStrictEqual([rate.failed, openMost], [4, 3])
})

test('a round in which nothing was done is no measurement', async () => {
  await rejects(
    rateOf([1, 2], 1, () => Promise.reject(new Error('refused'))),
    /every job of the round failed/,
  )
})
