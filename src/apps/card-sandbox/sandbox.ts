import { createReadStream } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { hostInstant, instant, isInstant, msOf, type Instant } from '../../kernel/clock.ts'
import { askInterface, type Asker } from '../../modules/health-card/index.ts'
import { sandboxPage, type Shown } from './page.ts'

/** The two programs that the sandbox plays; they know the region by its address and their own keys, and nothing else of it. */
export type SandboxApps = { readonly payment: Asker; readonly hospital: Asker }

const HERE = '127.0.0.1'
const FONT = createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf')
const BODY_MOST = 10_000

/**
 * A third-party payment app and a cashier in one small page, on this machine only. Everything goes through the card's interface, signed
 * and sealed as any other program's requests. Answers the address and how to end it.
 */
export const startSandbox = async (
  apps: SandboxApps,
  port: number,
): Promise<{ readonly address: string; readonly close: () => Promise<void> }> => {
  let shown: Shown = { card: null, code: null, wallet: null, cashier: null }
  const acts: Readonly<Record<string, (form: URLSearchParams) => Promise<Shown>>> = {
    '/link': async (form) => linked(shown, form.get('card') ?? '', apps),
    '/show': async () => withCode(shown, apps),
    '/verify': async (form) => verified(shown, form, apps),
  }
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const act = request.method === 'POST' ? acts[request.url ?? ''] : undefined
    if (act) {
      // A page of somebody else must not press buttons here.
      if (!isOwn(request)) return void response.writeHead(403).end()
      shown = await act(new URLSearchParams(await bodyOf(request)))
      return void response.writeHead(303, { location: '/' }).end()
    }
    if (request.method === 'GET' && request.url === '/font.ttf')
      return void createReadStream(FONT).pipe(response.writeHead(200, { 'content-type': 'font/ttf' }))
    if (request.method !== 'GET' || request.url !== '/') return void response.writeHead(404).end()
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; font-src 'self'; form-action 'self'",
    })
    response.end(await sandboxPage(shown))
  }
  const server = createServer((request, response) => {
    answer(request, response).catch((error: Error) =>
      response.writeHead(502, { 'content-type': 'text/plain; charset=utf-8' }).end(error.message),
    )
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, HERE, resolve))
  return { address: `http://${HERE}:${(server.address() as AddressInfo).port}`, close: () => closed(server) }
}

const clock = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'medium' })
const timeOf = (text = ''): string => (isInstant(text) ? clock.format(msOf(instant(text))) : text)

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })

const isOwn = ({ headers: { origin, host } }: IncomingMessage): boolean =>
  origin === undefined || origin === 'null' || origin === `http://${host}`

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let text = ''
  for await (const chunk of request) {
    text += String(chunk)
    if (text.length > BODY_MOST) throw new Error('The form is too long')
  }
  return text
}

/** The region's time, which a demo may have moved; this machine's where the region does not say. */
const nowOf = async ({ url }: Asker): Promise<Instant> => {
  const { headers } = await fetch(new URL('/healthz', url), { signal: AbortSignal.timeout(5_000) })
  const said = headers.get('x-jieli-now') ?? ''
  return isInstant(said) ? instant(said) : hostInstant()
}

const linked = async (shown: Shown, text: string, { payment }: SandboxApps): Promise<Shown> => {
  const [card] = /[0-9a-f]{64}/.exec(text.toLowerCase()) ?? []
  if (!card) return { ...shown, wallet: '这不是身份码或卡号。 This is no identity code and no number of a card.' }
  const { returnCode, returnDesc, datas } = await askInterface(
    payment,
    'getPersonInfo',
    { erhcCardNo: card },
    await nowOf(payment),
  )
  if (returnCode !== '0') return { ...shown, card: null, code: null, wallet: `${returnCode} ${returnDesc}` }
  return { ...shown, card, code: null, wallet: `已添加:${datas['name'] ?? ''}。 Added.` }
}

const withCode = async (shown: Shown, { payment }: SandboxApps): Promise<Shown> => {
  const { returnCode, returnDesc, datas } = await askInterface(
    payment,
    'getActiveQRCode',
    { erhcCardNo: shown.card ?? '' },
    hostInstant(),
  )
  if (returnCode !== '0') return { ...shown, code: null, wallet: `${returnCode} ${returnDesc}` }
  return { ...shown, wallet: null, code: { text: datas['qrCode'] ?? '', validUntil: timeOf(datas['validUntil']) } }
}

const verified = async (shown: Shown, form: URLSearchParams, { hospital }: SandboxApps): Promise<Shown> => {
  const fields = { qrCode: (form.get('code') ?? '').trim(), medStepCode: form.get('step') ?? '' }
  const { returnCode, returnDesc, datas } = await askInterface(hospital, 'verifyQRCode', fields, await nowOf(hospital))
  const cashier =
    returnCode === '0' ? `已核验 accepted:${datas['name'] ?? ''},${timeOf(datas['usedAt'])}` : `${returnCode} ${returnDesc}`
  return { ...shown, cashier }
}
