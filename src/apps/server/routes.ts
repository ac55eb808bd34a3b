import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../../platform/config.ts'
import { sql } from '../../platform/database/pool.ts'
import type { House } from '../../platform/house.ts'
import { sendRefusals } from '../../platform/http/app.ts'
import type { Hub } from '../../platform/http/live.ts'
import { openApi } from '../../platform/http/openapi.ts'
import type { Metrics } from '../../platform/metrics.ts'
import { demoAccounts, demoIsReady } from '../demo.ts'
import type { Authentication } from './authenticate.ts'
import { describePublicRoutes } from './public-routes.ts'
import { describeSessionRoutes } from './session-routes.ts'

const ROOT = join(import.meta.dirname, '..', '..', '..')

/** The live stream of what the reader may see. */
export const addLiveRoute = (app: FastifyInstance, house: House, hub: Hub, who: Authentication): void => {
  app.get('/api/live', async (request: FastifyRequest, reply: FastifyReply) => {
    const actor = await who.check(request)
    if (!actor) return sendRefusals(house, reply, [{ code: 'platform.sign-in-first' }])
    await hub.open(request, reply, actor, async () => (await who.check(request)) !== null)
    return reply
  })
}

/** Whether the process lives, whether it can serve, and what it counts. */
export const addHealthRoutes = (app: FastifyInstance, house: House, config: Config, metrics: Metrics): void => {
  app.get('/healthz', async () => ({ alive: true }))
  app.get('/readyz', async (_request, reply) => {
    const state = await readiness(house, config)
    return reply.code(state.ready ? 200 : 503).send(state)
  })
  app.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()))
}

type Readiness = { ready: boolean; database: boolean; migrations: number; demo: boolean | 'off' }

const readiness = async (house: House, config: Config): Promise<Readiness> => {
  try {
    const found = await house.database.row<{ count: number }>(sql`select count(*)::int as count from platform.migration`)
    const demo = config.demo ? await demoIsReady(house.database) : 'off'
    return { ready: demo !== false, database: true, migrations: found?.count ?? 0, demo }
  } catch {
    return { ready: false, database: false, migrations: 0, demo: false }
  }
}

/** OpenAPI, its page, and the demo accounts. */
export const addDescriptionRoutes = async (app: FastifyInstance, house: House, config: Config): Promise<void> => {
  const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { version: string }
  const document = describePublicRoutes(describeSessionRoutes(openApi(house.forms.values(), version)))
  const text = JSON.stringify(document)
  app.get('/api/openapi.json', async (_request, reply) => reply.type('application/json; charset=utf-8').send(text))
  const swagger = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
  await app.register(fastifyStatic, {
    root: swagger,
    prefix: '/api/docs/',
    decorateReply: false,
    index: false,
    allowedPath: (path) => /^\/swagger-ui(-bundle)?\.(js|css)$/.test(path),
  })
  app.get('/api/docs', async (_request, reply) => reply.type('text/html; charset=utf-8').send(DOCS_PAGE))
  app.get('/api/docs/begin.js', async (_request, reply) => reply.type('text/javascript; charset=utf-8').send(DOCS_BEGIN))
  app.get('/api/demo.accounts', async (_request, reply) =>
    config.demo ? { accounts: demoAccounts() } : sendRefusals(house, reply, [{ code: 'platform.no-such-route' }]),
  )
}

const DOCS_PAGE = `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>接力 API · Jieli API</title><link rel="stylesheet" href="/api/docs/swagger-ui.css"></head>
<body><main id="ui"></main><script src="/api/docs/swagger-ui-bundle.js"></script><script src="/api/docs/begin.js"></script></body></html>`

const DOCS_BEGIN = `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#ui', docExpansion: 'none', filter: true, tagsSorter: 'alpha', deepLinking: true })`

const DIST = join(ROOT, 'web', 'dist')

/** The page of the desks, for any address that is neither API nor file; null where the web was not built. Read anew each time: it may be built again. */
export const pageOf = ({ method, url }: FastifyRequest): string | null => {
  const [path = ''] = url.split('?')
  if (method !== 'GET' || path.startsWith('/api') || /\.[a-z0-9]{2,5}$/i.test(path)) return null
  try {
    return readFileSync(join(DIST, 'index.html'), 'utf8')
  } catch {
    return null
  }
}

/** The files of the desks: hashed ones for ever, the others never kept without asking. */
export const addWeb = async (app: FastifyInstance): Promise<void> => {
  await app.register(fastifyStatic, {
    root: DIST,
    wildcard: false,
    index: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      reply.header('cache-control', /[\\/]assets[\\/]/.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
}
