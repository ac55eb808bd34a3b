import { createServer, connect, type AddressInfo, type Socket } from 'node:net'
import type { TestContext } from 'node:test'

/** How the line breaks at a commit: before the server has heard it, or after it has done it and before we hear so. */
export type Break = 'before' | 'after'

/** A line to PostgreSQL that breaks at commits, or altogether, as it is told to. */
export type BreakingLine = {
  readonly url: string
  readonly breakNext: (how: Break, times: number) => void
  readonly broken: () => number
  /** Ends every connection and every new one, until it is back. */
  readonly away: (isAway: boolean) => void
}

const COMMIT = Buffer.from('commit\0')

/** Opens the line; it ends with the test. */
export const breakingLine = async (t: Pick<TestContext, 'after'>, target: string): Promise<BreakingLine> => {
  const { hostname, port } = new URL(target)
  const open = new Set<Socket>()
  let order: { how: Break; times: number } = { how: 'before', times: 0 }
  let broken = 0
  let isAway = false
  const server = createServer((client) => {
    if (isAway) return void client.destroy()
    const upstream = connect(Number(port || 5432), hostname)
    const cut = () => [client, upstream].forEach((socket) => socket.destroy())
    let cutsAtAnswer = false
    for (const socket of [client, upstream]) {
      open.add(socket)
      socket.setNoDelay(true)
      socket.on('error', cut).on('close', () => {
        open.delete(socket)
        cut()
      })
    }
    client.on('data', (chunk: Buffer) => {
      if (!chunk.includes(COMMIT) || order.times === 0) return void upstream.write(chunk)
      order = { ...order, times: order.times - 1 }
      broken += 1
      if (order.how === 'before') return cut()
      cutsAtAnswer = true
      upstream.write(chunk)
    })
    upstream.on('data', (chunk: Buffer) => (cutsAtAnswer ? cut() : client.write(chunk)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.close()
    for (const socket of open) socket.destroy()
  })
  const url = new URL(target)
  url.hostname = '127.0.0.1'
  url.port = String((server.address() as AddressInfo).port)
  return {
    url: url.href,
    breakNext: (how, times) => (order = { how, times }),
    broken: () => broken,
    away: (isNow) => {
      isAway = isNow
      if (isNow) for (const socket of open) socket.destroy()
    },
  }
}
