import { randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { openDatabase, sql } from '../../../src/platform/database/pool.ts'
import type { Ending } from '../../../src/apps/ending.ts'
import { PLACES, seeded, STAFF } from '../../invariants/small-region.ts'
import { clientOn, emptyHistory, openWire, sendOnce, type Acknowledged, type History, type Wire } from './client.ts'
import { walkDirect } from './direct.ts'
import { openGround, type Ground } from './ground.ts'
import { openLine, type Line } from './line.ts'
import { strike } from './nemesis.ts'
import type { CampaignOptions } from './options.ts'
import { recoveries, type Blow, type Recovery } from './recovery.ts'
import { startServers, type Supervisor } from './supervisor.ts'
import { judge, type Verdict } from './verdict.ts'
import { SPECIALTY, walk, type Unit } from './walk.ts'

export type Report = {
  readonly options: CampaignOptions
  readonly seconds: number
  readonly history: History
  readonly ended: ReadonlyMap<string, number>
  readonly lines: { readonly requests: number; readonly before: number; readonly after: number }
  readonly blows: number
  readonly recoveries: readonly Recovery[]
  readonly unplannedExits: readonly string[]
  readonly bugs: ReadonlyMap<string, number>
  readonly notes: readonly string[]
  /** Commands asked once more when all was over, and how many of them were answered otherwise than the first time. */
  readonly repeated: { readonly asked: number; readonly otherwise: number }
  readonly verdict: Verdict
}

const SERVERS = 2
/** Fewer units than are wished for: about one for every second wish. */
const UNITS_PER_REFERRAL = 0.35
const CAPACITY = 4
/** Direct bookings between one referral and the next, all for the same few slots. */
const DIRECT_PER_REFERRAL = 2
const HOT_UNITS = 2
/** Acknowledgements that are looked at to see whether the service is back: more than all clients can have under way. */
const RECENT = 200
const REPEATS_MOST = 500
const SETTLED_MS_MOST = 120_000

/** Runs one campaign from an empty folder to the verdict; everything that it opened is closed by `ending`. */
export const runCampaign = async (
  options: CampaignOptions,
  ending: Ending,
  say: (line: string) => void = () => {},
): Promise<Report> => {
  const began = performance.now()
  const ground = await openGround(ending, options)
  const supervisor = await startServers(SERVERS, ground.appUrl, randomBytes(32).toString('hex'))
  ending.onEnd(supervisor.end)
  const lines = await openLines(supervisor, options, ending)
  const history = emptyHistory()
  const wire = openWire(
    lines.map(({ port }) => port),
    ground.tokens,
  )
  ending.onEnd(() => wire.agent.destroy())
  say(`${SERVERS} servers and their database stand after ${seconds(began)} s`)
  const units = await publish(wire, options)
  const { ended, blows } = await walksUnderFaults({ options, wire, history, units, ground, supervisor, say })
  say(`walked after ${seconds(began)} s; waiting for the house’s own work`)
  await settled(ground)
  const repeated = await repeatSome(wire, history.acknowledged, options)
  await supervisor.end()
  const verdict = await judge(ground.ownerUrl, history.acknowledged, options.weakness !== 'no-keys')
  return {
    options,
    seconds: seconds(began),
    history,
    ended,
    lines: lines.reduce(
      (sum, { counts }) => ({
        requests: sum.requests + counts.requests,
        before: sum.before + counts.before,
        after: sum.after + counts.after,
      }),
      { requests: 0, before: 0, after: 0 },
    ),
    blows: blows.length,
    recoveries: recoveries(blows, history.acknowledged),
    unplannedExits: supervisor.unplanned,
    bugs: supervisor.bugs,
    notes: ground.notes,
    repeated,
    verdict,
  }
}

const seconds = (since: number): number => Math.round((performance.now() - since) / 100) / 10

const openLines = async (supervisor: Supervisor, { seed, cut }: CampaignOptions, ending: Ending): Promise<Line[]> => {
  const lines: Line[] = []
  for (const [at, { port }] of supervisor.servers.entries()) {
    const line = await openLine(port, cut, seeded(seed + 1_000_003 * (at + 1)).next)
    ending.onEnd(line.close)
    lines.push(line)
  }
  return lines
}

/** Slots of the county hospital, too few for everybody. They are published on a history of their own. */
const publish = async (wire: Wire, { referrals }: CampaignOptions): Promise<Unit[]> => {
  const ask = clientOn(wire, emptyHistory(), true)
  const units: Unit[] = []
  const day = 86_400_000
  const first = Math.ceil((performance.timeOrigin + performance.now()) / day) * day + 4 * day
  for (let at = 0; at < HOT_UNITS + Math.max(2, (referrals * UNITS_PER_REFERRAL) / CAPACITY); at += 1) {
    const startsAt = new Date(first + Math.floor(at / 16) * day + (at % 16) * 1_800_000).toISOString()
    const answer = await ask({
      name: 'booking.publish-pool',
      as: STAFF.countyDesk,
      body: { specialty: SPECIALTY, kind: 'expert', startsAt, capacity: CAPACITY },
    })
    if (!answer.ok) throw new Error(`no units could be published: ${answer.code}`)
    units.push({ org: PLACES.countyHospital, pool: answer.value.pool })
  }
  return units
}

type Field = {
  readonly options: CampaignOptions
  readonly wire: Wire
  readonly history: History
  readonly units: readonly Unit[]
  readonly ground: Ground
  readonly supervisor: Supervisor
  readonly say: (line: string) => void
}

const walksUnderFaults = async ({
  options,
  wire,
  history,
  units,
  ground,
  supervisor,
  say,
}: Field): Promise<{ ended: Map<string, number>; blows: Blow[] }> => {
  const { seed, referrals, clients, weakness } = options
  const ended = new Map<string, number>()
  let [next, walking] = [0, clients]
  // A short campaign goes on until every kind of fault has struck at least once.
  const deck = { isPlayed: options.faults.length === 0 }
  const walkOn = async (): Promise<void> => {
    const ask = clientOn(wire, history, weakness !== 'no-keys')
    for (let at = next++; at < referrals || !deck.isPlayed; at = next++) {
      const walked = await walk(ask, seeded(seed * 100_003 + at), units.slice(HOT_UNITS), `演示居民${at}`)
      ended.set(walked.ended, (ended.get(walked.ended) ?? 0) + 1)
      const random = seeded(seed * 7_003 + at)
      for (let times = 0; times < DIRECT_PER_REFERRAL; times += 1) {
        const direct = `direct: ${await walkDirect(ask, random, units.slice(0, HOT_UNITS), ground.residents)}`
        ended.set(direct, (ended.get(direct) ?? 0) + 1)
      }
      if ((at + 1) % 100 === 0) say(`${at + 1} referrals begun, ${history.acknowledged.length} writes acknowledged`)
    }
  }
  const isOver = () => walking === 0
  const hasAnswered = (line: number | null, since: number) =>
    history.acknowledged.slice(-RECENT).some((ack) => ack.sentAt > since && (line === null || ack.line === line))
  const walks = Array.from({ length: clients }, () => walkOn().finally(() => (walking -= 1)))
  const [blows] = await Promise.all([
    strike(
      {
        ground,
        supervisor,
        random: seeded(seed),
        hasAnswered,
        isOver,
        busy: () => history.busy,
        onDeckPlayed: () => (deck.isPlayed = true),
      },
      options,
    ),
    ...walks,
  ])
  return { ended, blows }
}

/** Waits until every event was relayed: no fault strikes any more, so it must come to that. */
const settled = async ({ ownerUrl }: Ground): Promise<void> => {
  const owner = openDatabase(ownerUrl, { size: 1 })
  const until = performance.now() + SETTLED_MS_MOST
  try {
    for (;;) {
      const left = await owner
        .row<{ count: number }>(sql`select count(*)::int as count from platform.outbox where sent_at is null`)
        .catch(() => null)
      if (left?.count === 0) return
      if (performance.now() > until) throw new Error(`${left?.count} events were not relayed within ${SETTLED_MS_MOST} ms`)
      await wait(200)
    }
  } finally {
    await owner.close()
  }
}

/** Asks again, with the first key, for what had to be asked several times and for a share of the rest: each must be answered byte for byte as before. */
const repeatSome = async (
  wire: Wire,
  acknowledged: readonly Acknowledged[],
  { seed, weakness }: CampaignOptions,
): Promise<Report['repeated']> => {
  if (weakness !== 'none') return { asked: 0, otherwise: 0 }
  const random = seeded(seed + 7)
  const share = REPEATS_MOST / Math.max(REPEATS_MOST, acknowledged.length)
  const chosen = acknowledged.filter(({ attempts }) => attempts > 1 || random.chance(share)).slice(0, 2 * REPEATS_MOST)
  let otherwise = 0
  for (const one of chosen) {
    const reply = await answered(wire, one)
    if (reply.status !== 200 || !reply.isReplay || reply.text !== one.text) otherwise += 1
  }
  return { asked: chosen.length, otherwise }
}

// The lines go on losing answers.
const answered = async (wire: Wire, one: Acknowledged) => {
  for (let tries = 0; tries < 50; tries += 1) {
    const reply = await sendOnce(wire, tries % wire.ports.length, one, one.key).catch(() => null)
    if (reply && reply.status !== 503) return reply
    await wait(50)
  }
  throw new Error(`${one.name} was not answered once more`)
}
