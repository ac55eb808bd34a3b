import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/** How long a client may take. Each in milliseconds; `checkEvery` is how often the server looks. */
export type Patience = {
  readonly headers: number
  readonly request: number
  readonly keepAlive: number
  readonly checkEvery: number
}

/** Long enough for a village line, far too short to hold a thousand half requests open. */
export const PATIENCE: Patience = { headers: 15_000, request: 60_000, keepAlive: 65_000, checkEvery: 5_000 }

/** Closes what one address opens beyond its share, before a byte is read. `most` null counts nothing: behind a proxy all come from it. */
export const limitConnections = (server: Server, most: number | null): void => {
  if (most === null) return
  const open = new Map<string, number>()
  server.on('connection', (socket: Socket) => {
    const from = socket.remoteAddress ?? ''
    const count = (open.get(from) ?? 0) + 1
    open.set(from, count)
    socket.once('close', () => {
      const left = (open.get(from) ?? 1) - 1
      if (left > 0) open.set(from, left)
      else open.delete(from)
    })
    if (count > most) socket.destroy()
  })
}
