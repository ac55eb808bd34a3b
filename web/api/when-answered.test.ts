import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MutationObserver, QueryClient } from '@tanstack/react-query'
import { ApiError, noAnswer } from './api-error.ts'
import { tellWhenAnswered } from './when-answered.ts'

/** A command as a row of a page runs it; the row goes before the server has answered. */
const rowThatGoes = () => {
  const memory = new QueryClient({ defaultOptions: { mutations: { retry: false, networkMode: 'always' } } })
  let end: { answer: (text: string) => void; fail: (error: ApiError) => void } | undefined
  const row = new MutationObserver<string, ApiError, string>(memory, {
    mutationFn: () => new Promise((answer, fail) => void (end = { answer, fail })),
  })
  const unmount = row.subscribe(() => {})
  return { row, unmount, server: () => end as NonNullable<typeof end> }
}

const noted = () => {
  const told: string[] = []
  const when = {
    onSuccess: (answer: string) => told.push(`answer ${answer}`),
    onError: (error: ApiError) => told.push(`error ${error.body.code}`),
    onSettled: () => told.push('settled'),
  }
  return { told, when }
}
const aWhile = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

test('A row that a refresh took away before the answer is told the answer all the same', async () => {
  const { row, unmount, server } = rowThatGoes()
  const { told, when } = noted()
  tellWhenAnswered(row.mutate('take back'), when)
  await aWhile()
  unmount()
  assert.deepEqual(told, [])
  server().answer('done')
  await aWhile()
  assert.deepEqual(told, ['answer done', 'settled'])
})

test('So is it of a refusal, and nothing is left unhandled', async () => {
  const { row, unmount, server } = rowThatGoes()
  const { told, when } = noted()
  tellWhenAnswered(row.mutate('take back'), when)
  await aWhile()
  unmount()
  server().fail(noAnswer())
  await aWhile()
  assert.deepEqual(told, ['error web.no-answer', 'settled'])
  tellWhenAnswered(Promise.reject(noAnswer()))
  await aWhile()
})

test('The library alone would drop the answer: this is what the telling is for', async () => {
  const { row, unmount, server } = rowThatGoes()
  const { told, when } = noted()
  void row.mutate('take back', when)
  await aWhile()
  unmount()
  server().answer('done')
  await aWhile()
  assert.deepEqual(told, [])
})
