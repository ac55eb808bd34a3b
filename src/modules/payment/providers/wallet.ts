import { z } from 'zod'
import { backOff, type Circuit } from '../circuit.ts'
import { NotNow, type Link } from '../trade-client.ts'
import type { CashOrder, PaymentProvider } from './provider.ts'

const state = z.enum(['waiting', 'paid', 'closed'])
const orderAnswer = z.object({
  code: z.string(),
  state: state.optional(),
  pay: z.string().max(200).optional(),
  refunds: z.array(z.object({ refund: z.string() })).optional(),
})
const billAnswer = z.object({
  code: z.string(),
  rows: z.array(z.object({ number: z.string(), fen: z.number().int(), kind: z.enum(['paid', 'refund']) })),
})

const TRIES_MOST = 4

/** The wallet of the platform's sandbox, in the manner of WeChat and Alipay: orders and refunds by numbers of whoever asks. */
export const sandboxWallet = (link: Link, circuit: Circuit): PaymentProvider => {
  const once = async (path: string, body: object): Promise<unknown> => {
    const response = await fetch(new URL(path, link.url), {
      method: 'POST',
      headers: { authorization: `Bearer ${link.token}`, 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(link.timeoutMs),
    })
    if (!response.ok) throw new NotNow(`the wallet answered ${response.status}`)
    return response.json()
  }
  const ask = async <S extends z.ZodType>(path: string, body: object, schema: S): Promise<z.output<S>> => {
    for (let tries = 0; tries < TRIES_MOST; tries += 1) {
      if (circuit.isOpen()) break
      const said = await once(path, body).catch(() => null)
      const read = schema.safeParse(said)
      if (read.success) {
        circuit.heard()
        return read.data
      }
      circuit.silent()
      await backOff(link.firstWaitMs, tries)
    }
    throw new NotNow('the wallet does not answer')
  }
  const stateOf = (answer: z.output<typeof orderAnswer>) => {
    if (answer.code !== 'ok' || answer.state === undefined) throw new NotNow(`the wallet says ${answer.code}`)
    return answer.state
  }
  return {
    order: async (order) => {
      const answer = await ask('/wallet/order', order, orderAnswer)
      return { state: stateOf(answer), link: new URL(answer.pay ?? '/', link.url).href }
    },
    query: async (number) => stateOf(await ask('/wallet/query', { number }, orderAnswer)),
    close: async (order: CashOrder) => stateOf(await ask('/wallet/close', order, orderAnswer)),
    refund: async ({ number, fen }, refund, day) => {
      const { code, refunds = [] } = await ask('/wallet/refund', { number, refund, fen, day }, orderAnswer)
      return code === 'ok' && refunds.some((one) => one.refund === refund)
    },
    bill: async (org, day) => {
      const { rows } = await ask('/wallet/bill', { org, day }, billAnswer)
      return rows.map(({ number, fen, kind }) => ({ about: kind === 'paid' ? number : `${number} refund`, fen }))
    },
  }
}
