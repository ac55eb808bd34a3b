import { connect } from 'node:net'

/** Bytes as they are, past every client that would mend them; the whole of what comes back until the line ends or one answer is whole. */
export const rawHttp = (address: string, bytes: string | Buffer): Promise<string> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(address)
    const socket = connect(Number(port), hostname, () => socket.write(bytes))
    let text = ''
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
      if (isWhole(text)) socket.end()
    })
    // A server that has answered may end the line while we still send.
    socket.on('close', () => resolve(text)).on('error', (error) => (text === '' ? reject(error) : resolve(text)))
  })

const isWhole = (text: string): boolean => {
  const [head = '', body] = text.split('\r\n\r\n')
  const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)
  return body !== undefined && Buffer.byteLength(text.slice(head.length + 4)) >= length
}
