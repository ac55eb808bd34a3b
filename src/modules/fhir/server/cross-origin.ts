import type { FastifyInstance } from 'fastify'

/** Whether an app that was registered here lives at an address without a path. */
export type MayAskFrom = (origin: string) => Promise<boolean>

const ALLOWED = {
  'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
  'access-control-allow-headers': 'authorization, content-type, accept, if-match, if-none-match, if-none-exist, prefer',
  'access-control-expose-headers': 'etag, location, last-modified, content-location',
  'access-control-max-age': '600',
} as const

/**
 * Lets pages of registered apps ask from their own addresses. No cookie comes along from there and none is asked for: such a page has
 * a token of its own or is answered as anybody. Other pages get no leave, and their browser shows them nothing.
 */
export const addCrossOrigin = (app: FastifyInstance, mayAskFrom: MayAskFrom): void => {
  app.addHook('onRequest', (request, reply, done) => {
    const { origin } = request.headers
    if (!origin) return done()
    mayAskFrom(origin).then(
      (may) => {
        reply.header('vary', 'origin')
        if (may) reply.headers({ ...ALLOWED, 'access-control-allow-origin': origin })
        done()
      },
      (error: Error) => done(error),
    )
  })
  app.options('/*', async (_request, reply) => reply.code(204).send())
}
