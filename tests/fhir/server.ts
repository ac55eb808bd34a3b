import { after, type TestContext } from 'node:test'
import fastify from 'fastify'
import type { Actor } from '../../src/platform/access.ts'
import { addFhirRoutes, type Faces } from '../../src/modules/fhir/index.ts'
import { newId } from '../../src/kernel/id.ts'
import type { TestHouse } from '../harness/house.ts'

/** What ends with the file that loads it. */
export const ofTheFile: Pick<TestContext, 'after'> = { after: (work) => after(work as () => void) }

/** Whatever stands in an answer: tests look at it by its names. */
export type Told = any // oxlint-disable-line no-explicit-any

export type FhirServer = { readonly base: string; readonly ask: Ask }
export type Asked = { readonly as?: Actor; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }
export type Answer = { readonly status: number; readonly text: string; readonly json: Told; readonly headers: Headers } // oxlint-disable-line no-explicit-any
export type Ask = (method: string, path: string, asked?: Asked) => Promise<Answer>

/** The FHIR server of a house behind a real socket; `Authorization: Bearer <name>` says which of the actors asks. */
export const fhirServer = async (
  t: Pick<TestContext, 'after'>,
  { house }: TestHouse,
  actors: Readonly<Record<string, Actor>>,
  faces: Faces = new Map(),
): Promise<FhirServer> => {
  const app = fastify({ genReqId: () => newId() })
  await addFhirRoutes(app, {
    house,
    faces,
    version: 'test',
    baseUrl: ({ host }) => `http://${host}`,
    hold: () => null,
    caller: async ({ headers }) => {
      const actor = actors[(headers.authorization ?? '').replace('Bearer ', '')]
      return actor ? { actor, scopes: null, patient: null } : null
    },
  })
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  t.after(() => app.close())
  const base = `${address}/fhir/R4`
  const nameOf = (actor: Actor): string => Object.entries(actors).find(([, one]) => one === actor)?.[0] ?? ''
  const ask: Ask = async (method, path, { as, body, headers = {} } = {}) => {
    const sent = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body)
    const response = await fetch(path.startsWith('http') ? path : `${base}/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${as ? nameOf(as) : Object.keys(actors)[0]}`,
        ...(sent === undefined ? {} : { 'content-type': 'application/fhir+json' }),
        ...headers,
      },
      ...(sent === undefined ? {} : { body: sent }),
    })
    const text = await response.text()
    return { status: response.status, text, json: text.startsWith('{') ? JSON.parse(text) : null, headers: response.headers }
  }
  return { base, ask }
}
