import { type Server, type Socket, createServer } from 'node:net'

const message = (kind: string, body: Buffer): Buffer => {
  const head = Buffer.alloc(5)
  head.write(kind, 0, 'latin1')
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}

const int = (bytes: 2 | 4, value: number): Buffer => {
  const buffer = Buffer.alloc(bytes)
  buffer.writeIntBE(value, 0, bytes)
  return buffer
}

const READY = message('Z', Buffer.from('I'))
const SIGNED_IN = Buffer.concat([message('R', int(4, 0)), READY])

const answer = (value: string): Buffer => {
  const column = Buffer.concat([Buffer.from('value\0'), int(4, 0), int(2, 0), int(4, 25), int(2, -1), int(4, -1), int(2, 0)])
  const row = Buffer.concat([int(2, 1), int(4, Buffer.byteLength(value)), Buffer.from(value)])
  return Buffer.concat([
    message('T', Buffer.concat([int(2, 1), column])),
    message('D', row),
    message('C', Buffer.from('SHOW\0')),
    READY,
  ])
}

const speak = (socket: Socket, version: string, versionNumber: string): void => {
  let isSignedIn = false
  socket.on('error', () => {})
  socket.on('data', (data) => {
    if (!isSignedIn) socket.write(SIGNED_IN)
    else if (data[0] === 'X'.charCodeAt(0)) socket.end()
    else socket.write(answer(data.includes('server_version_num') ? versionNumber : version))
    isSignedIn = true
  })
}

/**
 * A server that speaks PostgreSQL's protocol just far enough to say its version: releases before 18 cannot be installed
 * beside the shipped one.
 */
export const serverOfVersion = (version: string, versionNumber: string): Promise<{ port: number; server: Server }> =>
  new Promise((resolve) => {
    const server = createServer((socket) => speak(socket, version, versionNumber))
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve({ server, port: typeof address === 'object' && address ? address.port : 0 })
    })
  })
