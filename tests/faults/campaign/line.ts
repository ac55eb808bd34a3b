import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

/** How often a line loses a request, or its answer, 0…1 each. */
export type Cut = { readonly before: number; readonly after: number }

/** A TCP line to one server that loses requests and answers; it outlives the server's restarts. */
export type Line = {
  readonly port: number
  readonly counts: { requests: number; before: number; after: number }
  readonly close: () => Promise<void>
}

/** One request at a time travels on a connection, as clients of HTTP/1.1 do it: a line that breaks before, or after it was done. */
export const openLine = async (targetPort: number, cut: Cut, draw: () => number): Promise<Line> => {
  const open = new Set<Socket>()
  const counts = { requests: 0, before: 0, after: 0 }
  const server = createServer((client) => {
    const upstream = connect(targetPort, '127.0.0.1')
    const end = (): void => [client, upstream].forEach((socket) => socket.destroy())
    for (const socket of [client, upstream]) {
      open.add(socket)
      socket.setNoDelay(true)
      socket.on('error', end).on('close', () => (open.delete(socket), end()))
    }
    let isAsked = false
    let losesAnswer = false
    client.on('data', (chunk: Buffer) => {
      if (!isAsked) {
        isAsked = true
        counts.requests += 1
        const chance = draw()
        if (chance < cut.before) return void ((counts.before += 1), end())
        losesAnswer = chance < cut.before + cut.after
      }
      upstream.write(chunk)
    })
    upstream.on('data', (chunk: Buffer) => {
      isAsked = false
      if (losesAnswer) return void ((counts.after += 1), end())
      client.write(chunk)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { port: (server.address() as AddressInfo).port, counts, close: () => closeAll(server, open) }
}

const closeAll = (server: Server, open: ReadonlySet<Socket>): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    for (const socket of open) socket.destroy()
  })
