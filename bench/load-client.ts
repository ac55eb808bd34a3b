import { openWire, type Wire } from './load-wire.ts'

// A process of its own that asks a server: what it costs to ask must not be taken from the server's event loop.

/** What to ask: all at once over so many connections, or each at its own moment over a connection of its own. */
export type Task = {
  readonly port: number
  readonly requests: readonly string[]
  readonly connections: number
  /** Each request's moment, ms from the start; without it each connection asks its next as soon as it has its answer. */
  readonly arrivals?: readonly number[]
}

/** Of each request: when it was sent and answered, ms from the start; its status, 0 when there was no answer; the first of its text. */
export type Done = {
  readonly sent: readonly number[]
  readonly answered: readonly number[]
  readonly status: readonly number[]
  readonly text: readonly string[]
}

const TEXT_KEPT = 160
const CONNECTIONS_AN_ADDRESS = 100

/** People come from many addresses. Only Linux gives a machine the whole of 127.0.0.0/8. */
const addressAt = (at: number): string | undefined => {
  if (process.platform !== 'linux') return undefined
  const address = Math.floor(at / CONNECTIONS_AN_ADDRESS) + 1
  return `127.0.${Math.floor(address / 250) + 1}.${(address % 250) + 1}`
}

const OPENED_AT_ONCE = 200

const openAll = async (port: number, count: number, apart: boolean): Promise<Wire[]> => {
  const wires: Wire[] = []
  while (wires.length < count) {
    const from = wires.length
    const some = Array.from({ length: Math.min(OPENED_AT_ONCE, count - from) }, (_, at) =>
      openWire(port, addressAt((from + at) * (apart ? 1 : CONNECTIONS_AN_ADDRESS))),
    )
    wires.push(...(await Promise.all(some)))
  }
  return wires
}

const carryOut = async ({ port, requests, connections, arrivals }: Task): Promise<Done> => {
  const bytes = requests.map((request) => Buffer.from(request))
  const wires = await openAll(port, arrivals ? requests.length : connections, arrivals !== undefined)
  const count = requests.length
  const done = {
    sent: Array.from({ length: count }, (): number => 0),
    answered: Array.from({ length: count }, (): number => 0),
    status: Array.from({ length: count }, (): number => 0),
    text: Array.from({ length: count }, (): string => ''),
  }
  const from = performance.now()
  const ask = async (wire: Wire, at: number): Promise<void> => {
    done.sent[at] = performance.now() - from
    try {
      const { status, text } = await wire.ask(bytes[at] as Buffer)
      done.status[at] = status
      done.text[at] = text.slice(0, TEXT_KEPT)
    } catch (error) {
      done.text[at] = (error as Error).message
    }
    done.answered[at] = performance.now() - from
  }
  if (arrivals) await askInTime(wires, arrivals, ask, () => performance.now() - from)
  else await askInTurn(wires, count, ask)
  for (const wire of wires) wire.close()
  return done
}

const askInTurn = async (
  wires: readonly Wire[],
  count: number,
  ask: (wire: Wire, at: number) => Promise<void>,
): Promise<void> => {
  let next = 0
  const connection = async (wire: Wire): Promise<void> => {
    while (next < count) await ask(wire, next++)
  }
  await Promise.all(wires.map(connection))
}

// Arrivals do not wait for answers: what is due by now is sent now, however slow the server is.
const askInTime = (
  wires: readonly Wire[],
  arrivals: readonly number[],
  ask: (wire: Wire, at: number) => Promise<void>,
  now: () => number,
): Promise<void> =>
  new Promise((resolve) => {
    const asked: Promise<void>[] = []
    const send = (): void => {
      for (let at = asked.length; at < arrivals.length && (arrivals[at] as number) <= now(); at = asked.length)
        asked.push(ask(wires[at] as Wire, at))
      if (asked.length < arrivals.length) setTimeout(send, 1)
      else void Promise.all(asked).then(() => resolve())
    }
    send()
  })

process.on('message', (task: Task) => {
  void carryOut(task).then(
    (done) => process.send?.({ done }),
    (error: Error) => process.send?.({ error: error.message }),
  )
})
process.once('disconnect', () => process.exit(0))
