import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { Browser } from '../api/real-server.ts'

/** What a side reads of a case. */
export type View = { readonly state: string; readonly version: number; readonly steps: number }

/** An open screen: it holds the live stream, and reads a case anew whenever it hears of it. */
export type Screen = {
  /** Reads a case now, unasked by the stream. */
  readonly ask: (referral: string) => Promise<View>
  /** What the screen shows once it is at this version, and since when; fails after so many milliseconds. */
  readonly shows: (referral: string, version: number, msMost: number) => Promise<{ view: View; at: number }>
}

type Shown = { readonly view: View; readonly at: number }

/** Opens the live stream of whoever is signed in, as a browser does; it ends with the test. */
export const listen = async (t: Pick<TestContext, 'after'>, address: string, browser: Browser): Promise<Screen> => {
  const shown = new Map<string, Shown[]>()
  const waiting = new Set<() => void>()
  const ask: Screen['ask'] = async (referral) => {
    const { status, body } = await browser.get(`referral.get?referral=${referral}`)
    assert.equal(status, 200, JSON.stringify(body))
    return { state: body.state, version: body.version, steps: body.trace.length }
  }
  const hear = async (referral: string): Promise<void> => {
    const view = await ask(referral)
    shown.set(referral, [...(shown.get(referral) ?? []), { view, at: performance.now() }])
    for (const look of waiting) look()
  }
  const ending = new AbortController()
  const stream = await fetch(`${address}/api/live`, { headers: { cookie: browser.cookie() }, signal: ending.signal })
  assert.equal(stream.status, 200)
  const heard = readNotices(stream.body as AsyncIterable<Uint8Array>, (referral) => void hear(referral))
  t.after(async () => {
    ending.abort()
    await heard.catch(() => undefined)
  })
  const shows: Screen['shows'] = (referral, version, msMost) =>
    new Promise((resolve, reject) => {
      const leave = (): void => {
        clearTimeout(timer)
        waiting.delete(look)
      }
      const look = (): void => {
        const first = shown.get(referral)?.find(({ view }) => view.version >= version)
        if (!first) return
        leave()
        resolve(first)
      }
      const timer = setTimeout(() => {
        leave()
        reject(new Error(`version ${version} not shown within ${msMost} ms, but ${JSON.stringify(shown.get(referral)?.at(-1)?.view ?? null)}`))
      }, msMost)
      waiting.add(look)
      look()
    })
  return { ask, shows }
}

const readNotices = async (stream: AsyncIterable<Uint8Array>, onReferral: (id: string) => void): Promise<void> => {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of stream) {
    text += decoder.decode(chunk, { stream: true })
    const frames = text.split('\n\n')
    text = frames.pop() ?? ''
    for (const data of frames.flatMap((frame) => /^data: (.*)$/m.exec(frame)?.[1] ?? [])) {
      const notice = JSON.parse(data) as { kind: string; case: string }
      if (notice.kind === 'referral') onReferral(notice.case)
    }
  }
}
