import { randomBytes } from 'node:crypto'
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { pino, type Logger } from 'pino'
import { cipherOf } from '../platform/cipher.ts'
import { openKeyRoom } from '../platform/crypto/index.ts'
import type { Config } from '../platform/config.ts'
import { asSystem } from '../platform/database/as-system.ts'
import { databaseNow, sql, type Database } from '../platform/database/pool.ts'
import type { House, Log } from '../platform/house.ts'
import { createApp } from '../platform/http/app.ts'
import { startHub, type Hub } from '../platform/http/live.ts'
import { createMetrics, type Metrics } from '../platform/metrics.ts'
import { refusalTexts } from '../platform/refusals.ts'
import { loadRulebook } from '../platform/rulebook.ts'
import { engineOf } from '../modules/booking/index.ts'
import { faces } from '../modules/fhir/index.ts'
import { startFhirWork } from '../modules/fhir/index.ts'
import { startDocking } from '../modules/docking/index.ts'
import { startPayment } from '../modules/payment/index.ts'
import { hearSecondOpinion } from '../modules/triage/index.ts'
import { startMllp, type Mllp } from '../modules/intake/index.ts'
import { startNavigator } from '../modules/navigation/index.ts'
import { measureByRulebook } from '../modules/fund/index.ts'
import { settleByRulebook } from '../modules/settlement/index.ts'
import { takeAccessRules } from '../modules/record-access/index.ts'
import { formsByName, reactions, refusalTables } from './api.ts'
import { auditHeadsFolder } from './cli/audit-command.ts'
import { RUNNING_FILE } from './cli/running-server.ts'
import { authentication } from './server/authenticate.ts'
import { addCardRoutes } from './server/card-routes.ts'
import { addDeviceRoutes } from './server/device-routes.ts'
import { addFhir } from './server/fhir-routes.ts'
import { gateOf, limitsOf } from './server/gate.ts'
import { addPublicRoutes } from './server/public-routes.ts'
import { addDescriptionRoutes, addHealthRoutes, addLiveRoute, addWeb, pageOf } from './server/routes.ts'
import { isSecureBy } from './server/session-cookie.ts'
import { addSignInRoutes } from './server/sign-in-routes.ts'
import { addSmartRoutes } from './server/smart-routes.ts'
import { startWork, type Work } from './server/work.ts'

export type ServerOptions = { readonly config: Config; readonly database: Database; readonly appUrl: string }
export type Server = {
  readonly address: string
  readonly app: FastifyInstance
  readonly house: House
  readonly close: () => Promise<void>
}

const CLOCK_READ_MS = 2_000
/** One connection of the engine writes while another waits for the disk; what is known to be full is refused from memory. */
export const BOOKING_ENGINE = { shards: 2, remembers: true } as const
/** How long an answer that is under way may still take when the server closes. */
const GRACE_MS = 3_000

/** Everything that a house needs, from settings and an open database. */
export const makeHouse = async (config: Config, database: Database, log: Log, told: () => void): Promise<House> => {
  const rulebook = await loadRulebook(config.rulebook ?? undefined)
  if (config.rulebook) settleByRulebook(config.rulebook)
  measureByRulebook(rulebook)
  await database.run(sql`insert into platform.rulebook_version values (${rulebook.hash}, now()) on conflict do nothing`)
  await asSystem(database).transaction((tx) => takeAccessRules(tx, rulebook, config.zone))
  return {
    database,
    rulebook,
    cipher: cipherOf(await openKeyRoom(config)),
    zone: config.zone,
    forms: formsByName(),
    // Where nobody is told, nothing is queued to be told.
    reactions: config.province ? reactions : reactions.filter(({ consumer }) => consumer !== 'docking.queue'),
    texts: refusalTexts(refusalTables),
    log,
    told,
  }
}

// Only what we name is logged: no header, address line, body or name of a person can slip in.
const serializers = {
  req: () => undefined,
  res: () => undefined,
  err: (error: Error) => ({ type: error.name, message: error.message, stack: error.stack }),
}

/** Lets the larger model be heard that a deployer has set, and counts what becomes of its opinions. */
const hearLargerModel = (house: House, { triageModel }: Config, metrics: Metrics): void => {
  if (!triageModel) return
  const { counts } = hearSecondOpinion(house, triageModel)
  metrics.opinions(() => counts)
}

/** Starts HTTP, the live stream and the house's own work; `close` ends all of it in order. */
export const startServer = async ({ config, database, appUrl }: ServerOptions): Promise<Server> => {
  const { logger, endLog } = openLog(config)
  const log: Log = (level, event, values) => logger[level](values ?? {}, event)
  let work: Work | null = null
  let hub: Hub | null = null
  const house = await makeHouse(config, database, log, () => work?.wake())
  engineOf(house, BOOKING_ENGINE)
  const metrics = createMetrics()
  hearLargerModel(house, config, metrics)
  const token = randomBytes(24).toString('base64url')
  const isSecure = isSecureBy(config)
  const limits = limitsOf(config)
  const who = authentication(house, token, isSecure)
  const app = await createApp({
    house,
    metrics,
    logger: logger as unknown as FastifyBaseLogger,
    authenticate: who.authenticate,
    page: pageOf,
    gate: gateOf(house, limits),
    isSecure,
    connectionsPerAddress: config.connectionsPerAddress,
    ...(limits ? { limits } : {}),
    ...(config.trustProxy ? { trustProxy: config.trustProxy } : {}),
  })
  const clock = await tellTime(app, database, log)
  hub = startHub(house)
  addSignInRoutes(app, { house, who, isSecure, limits })
  addSmartRoutes(app, { house, config, who, limits })
  await addFhir(app, { house, config, who, limits, faces })
  addDeviceRoutes(app, house)
  addLiveRoute(app, house, hub, who)
  addCardRoutes(app, house, limits)
  addPublicRoutes(app, house, config.limits?.triage ?? null)
  addHealthRoutes(app, house, config, metrics)
  await addDescriptionRoutes(app, house, config)
  await addWeb(app)
  await app.listen({ port: config.port, host: config.host })
  const navigator = startNavigator(house)
  work = startWork(house, metrics, () => hub, navigator, auditHeadsFolder(config))
  const docking = config.province ? startDocking(house, config.province) : null
  const payment = config.insurer ? startPayment(house, config.insurer) : null
  const mllp = config.mllp ? await listenForHl7(house, config.mllp) : null
  const fhir = startFhirWork(house, config)
  const address = addressOf(app, config)
  const forget = announce(config, { address, appUrl, token, pid: process.pid })
  return {
    address,
    app,
    house,
    close: async () => {
      forget()
      clearInterval(clock)
      hub?.close()
      await Promise.all([work?.close(), docking?.close(), payment?.close(), mllp?.close(), fhir.close(), navigator.close()])
      await closeWithin(app, GRACE_MS)
      endLog()
    },
  }
}

const listenForHl7 = async (house: House, { tls, ...settings }: NonNullable<Config['mllp']>): Promise<Mllp> => {
  const read = (file: string): string => readFileSync(file, 'utf8')
  const mllp = await startMllp(house, {
    ...settings,
    tls: tls && { key: read(tls.keyFile), cert: read(tls.certFile), ca: tls.caFile && read(tls.caFile) },
  })
  house.log('info', 'mllp.listening', { port: mllp.port })
  return mllp
}

/** Lines that come close together are written together: a system call for every request would cost as much as half of its answer. */
const LOG_GATHERED_MOST = 4_096
const LOG_WRITTEN_EVERY_MS = 100

const openLog = ({ logLevel }: Config): { readonly logger: Logger; readonly endLog: () => void } => {
  let gathered = ''
  const write = (): void => {
    const lines = gathered
    gathered = ''
    if (lines !== '') process.stdout.write(lines)
  }
  const gather = (line: string): void => {
    gathered += line
    if (gathered.length >= LOG_GATHERED_MOST) write()
  }
  const logger = pino({ level: logLevel, serializers, base: null, timestamp: pino.stdTimeFunctions.isoTime }, { write: gather })
  const writing = setInterval(write, LOG_WRITTEN_EVERY_MS).unref()
  // Also what was said last before a crash of ours.
  process.on('exit', write)
  const endLog = (): void => {
    clearInterval(writing)
    process.off('exit', write)
    write()
  }
  return { logger, endLog }
}

// A browser keeps connections open that it may never use again; they must not keep the server.
const closeWithin = async (app: FastifyInstance, graceMs: number): Promise<void> => {
  const force = setTimeout(() => app.server.closeAllConnections(), graceMs)
  await app.close()
  clearTimeout(force)
}

/** Every answer says what time it is by the one clock, so that countdowns on screens run by it too. */
const tellTime = async (app: FastifyInstance, database: Database, log: Log): Promise<NodeJS.Timeout> => {
  let aheadMs = 0
  const read = async (): Promise<void> => {
    aheadMs = Date.parse(await databaseNow(database)) - performance.timeOrigin - performance.now()
  }
  await read()
  app.addHook('onSend', async (_request, reply) => {
    reply.header('x-jieli-now', new Date(performance.timeOrigin + performance.now() + aheadMs).toISOString())
  })
  return setInterval(
    () => void read().catch((error: Error) => log('warn', 'clock.not-read', { error: error.message })),
    CLOCK_READ_MS,
  )
}

const addressOf = (app: FastifyInstance, config: Config): string => {
  const bound = app.server.address()
  const port = bound && typeof bound === 'object' ? bound.port : config.port
  const host = ['0.0.0.0', '::', '127.0.0.1', '::1'].includes(config.host) ? 'localhost' : config.host
  return `http://${host}:${port}`
}

/** Leaves word for the command line on this machine, readable by the owner only; answers how to take it back. */
const announce = (config: Config, running: { address: string; appUrl: string; token: string; pid: number }): (() => void) => {
  const file = join(config.dataFolder, RUNNING_FILE)
  const unfinished = `${file}.new`
  rmSync(unfinished, { force: true })
  writeFileSync(unfinished, JSON.stringify(running), { mode: 0o600 })
  // Whoever looks for it finds it whole or not at all.
  renameSync(unfinished, file)
  return () => rmSync(file, { force: true })
}
