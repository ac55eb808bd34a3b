import { Agent, request } from 'node:http'

/** Asks a running server over connections that stay open; the answer's text, or an error with the refusal's text. */
export type HttpClient = {
  readonly get: (path: string) => Promise<string>
  readonly post: (path: string, body: string) => Promise<string>
  readonly close: () => void
}

type Wire = { readonly agent: Agent; readonly address: URL; readonly cookie: string }
type Answer = { readonly status: number; readonly text: string; readonly cookie: string }

// Node's plain client: on two cores shared with the server, a heavier one would measure itself.
const ask = ({ agent, address, cookie }: Wire, method: string, path: string, body?: string): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const headers = {
      ...(cookie ? { cookie } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
    }
    const sent = request({ agent, host: address.hostname, port: address.port, method, path, headers }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('error', reject)
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          text: Buffer.concat(parts).toString('utf8'),
          cookie: response.headers['set-cookie']?.[0]?.split(';', 1)[0] ?? '',
        }),
      )
    })
    sent.on('error', reject)
    sent.end(body)
  })

const done = async (asked: Promise<Answer>): Promise<Answer> => {
  const answer = await asked
  if (answer.status !== 200) throw new Error(`HTTP ${answer.status}: ${answer.text}`)
  return answer
}

/** Signs an account in and answers a client that asks in its name, over at most `connections` connections. */
export const signedIn = async (
  address: string,
  account: { login: string; password: string },
  connections: number,
): Promise<HttpClient> => {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const wire = { agent, address: new URL(address), cookie: '' }
  const credentials = JSON.stringify({ account: account.login, password: account.password })
  const { cookie } = await done(ask(wire, 'POST', '/api/security.sign-in', credentials))
  const mine = { ...wire, cookie }
  return {
    get: async (path) => (await done(ask(mine, 'GET', path))).text,
    post: async (path, body) => (await done(ask(mine, 'POST', path, body))).text,
    close: () => agent.destroy(),
  }
}
