import { connect, type Socket } from 'node:net'

// HTTP as plainly as it goes over one connection, one request at a time: on two cores shared with the server and the database, a heavier
// client would measure itself.

/** One answer: its status, when it came, and what its text says first. */
export type Answered = { readonly status: number; readonly text: string }

/** One connection that stays open. */
export type Wire = { readonly ask: (request: Buffer) => Promise<Answered>; readonly close: () => void }

const HEAD_END = Buffer.from('\r\n\r\n')
const STATUS_FROM = 9
const STATUS_TO = 12

const lengthOf = (head: string): number => {
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1]
  if (length === undefined) throw new Error(`an answer without a length: ${head.slice(0, 200)}`)
  return Number(length)
}

type Pending = { readonly resolve: (answer: Answered) => void; readonly reject: (error: Error) => void }

/** Opens a connection, from an address of the loopback if one is given: people do not all sit behind one. */
export const openWire = (port: number, from?: string): Promise<Wire> =>
  new Promise((resolve, reject) => {
    const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true, ...(from ? { localAddress: from } : {}) })
    let pending: Pending | null = null
    let read: Buffer = Buffer.alloc(0)
    const fail = (error: Error): void => {
      pending?.reject(error)
      pending = null
      reject(error)
    }
    const onData = (part: Buffer): void => {
      read = read.length === 0 ? part : Buffer.concat([read, part])
      const headEnd = read.indexOf(HEAD_END)
      if (headEnd < 0) return
      const head = read.toString('latin1', 0, headEnd)
      const end = headEnd + HEAD_END.length + lengthOf(head)
      if (read.length < end) return
      const text = read.toString('utf8', headEnd + HEAD_END.length, end)
      read = read.subarray(end)
      const waiting = pending
      pending = null
      waiting?.resolve({ status: Number(head.slice(STATUS_FROM, STATUS_TO)), text })
    }
    socket.on('data', onData)
    socket.on('error', fail)
    socket.on('close', () => fail(new Error('the server closed the connection')))
    socket.once('connect', () =>
      resolve({
        ask: (request) =>
          new Promise((done, failed) => {
            pending = { resolve: done, reject: failed }
            socket.write(request)
          }),
        close: () => {
          socket.removeAllListeners('close')
          socket.destroy()
        },
      }),
    )
  })

/** A request as it goes over the wire. */
export const requestOf = (path: string, { cookie, key, body }: { cookie?: string; key?: string; body?: string }): string =>
  [
    `${body === undefined ? 'GET' : 'POST'} ${path} HTTP/1.1`,
    'host: localhost',
    ...(cookie ? [`cookie: ${cookie}`] : []),
    ...(key ? [`idempotency-key: ${key}`] : []),
    ...(body === undefined ? [] : ['content-type: application/json', `content-length: ${Buffer.byteLength(body)}`]),
    '',
    body ?? '',
  ].join('\r\n')
