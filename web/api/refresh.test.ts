import assert from 'node:assert/strict'
import { test } from 'node:test'
import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { refreshModules } from './refresh.ts'

const queryKey = ['referral.worklist', {}]
const meta = { follows: ['referral'] }
const happened = new Set(['referral'])

/** A server whose answers are given by hand, one by one. */
const answering = () => {
  const open: ((answer: string) => void)[] = []
  return {
    queryFn: () => new Promise<string>((resolve) => void open.push(resolve)),
    asked: () => open.length,
    answer: async (text: string) => {
      open.at(-1)?.(text)
      await new Promise((resolve) => setImmediate(resolve))
      await new Promise((resolve) => setImmediate(resolve))
    },
  }
}

const memoryNow = () =>
  new QueryClient({ defaultOptions: { queries: { staleTime: 30_000, retry: false, networkMode: 'always' } } })

test('what was fetched ahead is asked anew by the page that shows it, if something happened meanwhile', async () => {
  const memory = memoryNow()
  const server = answering()
  const ahead = memory.fetchQuery({ queryKey, queryFn: server.queryFn, meta })
  await refreshModules(memory, happened)
  await server.answer('before it happened')
  assert.equal(await ahead, 'before it happened')
  assert.equal(memory.getQueryState(queryKey)?.isInvalidated, true)
  const stop = new QueryObserver(memory, { queryKey, queryFn: server.queryFn, meta }).subscribe(() => undefined)
  assert.equal(server.asked(), 2)
  await server.answer('after')
  assert.equal(memory.getQueryData(queryKey), 'after')
  stop()
  memory.clear()
})

test('a page whose first answer is still on its way asks once more, however often something happens', async () => {
  const memory = memoryNow()
  const server = answering()
  const stop = new QueryObserver(memory, { queryKey, queryFn: server.queryFn, meta }).subscribe(() => undefined)
  void refreshModules(memory, happened)
  void refreshModules(memory, null)
  await server.answer('before it happened')
  assert.equal(server.asked(), 2)
  await server.answer('after')
  assert.equal(memory.getQueryData(queryKey), 'after')
  assert.equal(server.asked(), 2)
  stop()
  memory.clear()
})

test('a query of another module stays as it is', async () => {
  const memory = memoryNow()
  memory.setQueryData(queryKey, 'known')
  const stop = new QueryObserver(memory, { queryKey, queryFn: () => 'new', meta }).subscribe(() => undefined)
  await refreshModules(memory, new Set(['booking']))
  assert.equal(memory.getQueryData(queryKey), 'known')
  stop()
  memory.clear()
})
