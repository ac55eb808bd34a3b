import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import type { TestContext } from 'node:test'

/** How bad a line is. Each direction is one pipe that all connections share. */
export type BadLine = {
  readonly seed: number
  readonly bitsPerSecond: number
  /** One way, ms. */
  readonly latencyMs: number
  /** Share of segments that are lost and sent again, 0…1. */
  readonly loss: number
  /** Share of segments at which the connection breaks for good, in the middle of a request or of its answer. */
  readonly cut: number
}

export type LineCounts = { connections: number; segments: number; lost: number; cut: number; bytes: number }

/** What fits into one packet of a mobile line. */
const segmentBytes = 1_400
/** The first wait before a lost segment is sent again, as Linux does it; it doubles each time. */
const resendMs = 200
/** A segment lost so often in a row ends the connection. */
const resendsMost = 6

/** Numbers from a seed: the same seed gives the same run (mulberry32). */
const chanceOf = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const after = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** One direction of the line: a segment waits until the pipe is free, takes its time in it, and may be lost. */
const pipeOf = (line: BadLine, chance: () => number, counts: LineCounts) => {
  let freeAt = 0
  const through = async (bytes: number): Promise<void> => {
    const now = performance.now()
    freeAt = Math.max(now, freeAt) + (bytes * 8_000) / line.bitsPerSecond
    await after(freeAt - now)
  }
  /** Whether the segment arrived; false when the connection is broken for good. What comes behind it waits. */
  return async (bytes: number): Promise<boolean> => {
    counts.segments += 1
    counts.bytes += bytes
    for (let sent = 0; sent < resendsMost; sent += 1) {
      await through(bytes)
      if (chance() < line.cut) return false
      if (chance() >= line.loss) return true
      counts.lost += 1
      await after(resendMs * 2 ** sent)
    }
    return false
  }
}

/**
 * A TCP line to `target` that is slow, loses segments and breaks. TCP hides a lost segment behind a later delivery, so loss
 * shows as delay of everything behind it; a broken one shows as a connection that ends.
 */
export const badLine = async (
  t: Pick<TestContext, 'after'>,
  target: string,
  line: BadLine,
): Promise<{ url: string; counts: LineCounts }> => {
  const { hostname, port } = new URL(target)
  const chance = chanceOf(line.seed)
  const counts: LineCounts = { connections: 0, segments: 0, lost: 0, cut: 0, bytes: 0 }
  const [up, down] = [pipeOf(line, chance, counts), pipeOf(line, chance, counts)]
  const open = new Set<Socket>()
  const server = createServer((client) => {
    counts.connections += 1
    const upstream = connect(Number(port), hostname)
    const end = () => [client, upstream].forEach((socket) => socket.destroy())
    for (const socket of [client, upstream]) {
      open.add(socket)
      socket.on('error', end).on('close', () => (open.delete(socket), end()))
    }
    const carry = (from: Socket, to: Socket, pass: typeof up): void => {
      let behind: Promise<void> = Promise.resolve()
      from.on('data', (chunk: Buffer) => {
        for (let at = 0; at < chunk.length; at += segmentBytes) {
          const segment = chunk.subarray(at, at + segmentBytes)
          behind = behind.then(async () => {
            if (to.destroyed || (await pass(segment.length))) return void deliver(to, segment)
            counts.cut += 1
            end()
          })
        }
      })
    }
    const deliver = (to: Socket, segment: Buffer) => setTimeout(() => !to.destroyed && to.write(segment), line.latencyMs)
    carry(client, upstream, up)
    carry(upstream, client, down)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.close()
    for (const socket of open) socket.destroy()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, counts }
}
