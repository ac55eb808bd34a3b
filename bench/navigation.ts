import { deepStrictEqual } from 'node:assert/strict'
import { randomFrom } from '../sim/residents/random.ts'
import { LOADS, questionsOf, type Load } from '../sim/navigation/questions.ts'
import { fillCapacity, makeWorld, PROVINCE_SIZE, type SimNeed, type SimWorld } from '../sim/navigation/world.ts'
import type { Ending } from '../src/apps/ending.ts'
import { heightOf, type ServiceTag } from '../src/modules/organisations/index.ts'
import { ENGINE_CHANNELS, openEngine, STRENGTHS, type Engine, type Question } from '../src/modules/navigation/engine/index.ts'
import type { Bench } from './bench.ts'
import { needsOf } from './navigation-needs.ts'
import { explain } from './navigation-reasons.ts'
import { measureHttp } from './navigation-http.ts'
import { rateFrom, type Rate } from './rate.ts'
import { median, rounded, type Line, type Report } from './report.ts'

const EARTH_KM = 6371.0088
const DAY_MS = 24 * 60 * 60 * 1000
const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** A place of the baseline: position of the site, points, kilometres. */
export type Plain = { readonly site: number; readonly points: number; readonly km: number }
export type Scan = (question: Question) => Plain[]

/** The first free instants of each channel and specialty in the order of the world's sites. */
const firstsOf = ({ needs, sites }: SimWorld, { capacity }: Engine): Map<string, Float64Array> =>
  new Map(
    [...new Set(needs.map(({ specialty }) => specialty))].flatMap((specialty) =>
      ENGINE_CHANNELS.map((channel) => {
        const firsts = Float64Array.from(sites, ({ id }) => {
          const free = capacity.get(channel, id, specialty)
          return free ? Date.parse(free.firstAt) : Infinity
        })
        return [`${channel} ${specialty}`, firsts] as const
      }),
    ),
  )

/**
 * The baseline, as it is usually written well: a bitmap of who can treat each condition, a look at every institution whose bit is set,
 * its great-circle distance (haversine), its points, and the best of them kept in order. Exact, and the oracle of the engine. It shares
 * no code and no array with the engine: the capacity is copied into its own when the scan is opened.
 */
export const openScan = (world: SimWorld, engine: Engine): Scan => {
  const { sites } = world
  const words = Math.ceil(sites.length / 32)
  const bitmaps: Uint32Array[] = []
  const strengths: Uint8Array[] = []
  const needOf = new Map(world.needs.map(({ key }, at) => [key, at]))
  world.needs.forEach((_, at) => {
    const able = world.able(at)
    const bits = new Uint32Array(words)
    for (const site of able.sites) bits[site >> 5] = (bits[site >> 5] as number) | (1 << (site & 31))
    bitmaps.push(bits)
    strengths.push(able.strengths)
  })
  const latitudes = Float64Array.from(sites, ({ latitude }) => latitude)
  const longitudes = Float64Array.from(sites, ({ longitude }) => longitude)
  const cosines = Float64Array.from(sites, ({ latitude }) => Math.cos(radians(latitude)))
  const heights = Uint8Array.from(sites, ({ tier }) => heightOf(tier))
  const position = new Map(sites.map(({ id }, at) => [id, at]))
  const members = new Map(
    world.alliances.map(({ id, lead, members: orgs }) => {
      const bits = new Uint8Array(sites.length)
      for (const org of orgs) bits[position.get(org) as number] = org === lead ? 2 : 1
      return [id, bits]
    }),
  )
  const firsts = firstsOf(world, engine)
  const nobody = new Uint8Array(sites.length)

  return ({ point, consortium, need, channel, now, lowestTier, weights, most }) => {
    const at = needOf.get(need) as number
    const bits = bitmaps[at] as Uint32Array
    const strength = strengths[at] as Uint8Array
    const own = (consortium === null ? undefined : members.get(consortium)) ?? nobody
    const first = firsts.get(`${channel} ${(world.needs[at] as SimNeed).specialty}`) as Float64Array
    const nowMs = Date.parse(now)
    const lowest = heightOf(lowestTier)
    const tags = STRENGTHS.map((tag: ServiceTag | null) => (tag ? weights[`${tag}-tag`] : 0))
    const cosine = Math.cos(radians(point.latitude))
    const best: Plain[] = []
    let posting = 0
    for (let word = 0; word < words; word += 1)
      for (let left = bits[word] as number; left !== 0; left &= left - 1) {
        const site = word * 32 + 31 - Math.clz32(left & -left)
        const tag = tags[strength[posting++] as number] as number
        if ((heights[site] as number) < lowest) continue
        const halfChord =
          Math.sin(radians((latitudes[site] as number) - point.latitude) / 2) ** 2 +
          cosine * (cosines[site] as number) * Math.sin(radians((longitudes[site] as number) - point.longitude) / 2) ** 2
        const km = 2 * EARTH_KM * Math.asin(Math.sqrt(Math.min(1, halfChord)))
        const ms = first[site] as number
        const isFree = ms !== Infinity
        const points =
          ((heights[site] as number) - lowest) * weights['tier-step'] +
          (own[site] ? 0 : weights['other-consortium']) -
          (own[site] === 2 && isFree ? weights['own-lead'] : 0) +
          (isFree ? (Math.max(0, ms - nowMs) / DAY_MS) * weights['wait-day'] : weights['no-free-unit']) +
          km * weights.kilometre -
          tag
        if (best.length === most && points > (best[most - 1] as Plain).points) continue
        keep(best, { site, points, km }, most)
      }
    return best
  }
}

const isBefore = (a: Plain, b: Plain): boolean =>
  a.points !== b.points ? a.points < b.points : a.km !== b.km ? a.km < b.km : a.site < b.site

const keep = (best: Plain[], one: Plain, most: number): void => {
  let at = best.length
  while (at > 0 && isBefore(one, best[at - 1] as Plain)) at -= 1
  if (at >= most) return
  best.splice(at, 0, one)
  if (best.length > most) best.pop()
}

/** That the engine answers exactly what the scan finds: the same places, in the same order, with the same points to the last bit. */
export const proveSame = (engine: Engine, scan: Scan, questions: readonly Question[]): number => {
  let places = 0
  for (const question of questions) {
    const expected = scan(question).map(({ site, points, km }) => [engine.sites[site]?.id, points, km])
    const found = engine.rank(question).map(({ id, points, distanceKm }) => [id, points, distanceKm])
    deepStrictEqual(found, expected, JSON.stringify(question))
    places += found.length
  }
  return places
}

type Side = { readonly name: string; readonly ask: (question: Question) => unknown }

const ROUNDS = 5
const WARM = 300
const ROUND_MS = 700
const PROVED = 10_000
const SAMPLE = 200
const US = 1_000

/** A question waits for nothing: what it costs is processor time, and on a machine that others use the clock would measure them. */
const processorSeconds = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / (US * US)
}

const roundOf = ({ ask }: Side, questions: readonly Question[]): Rate => {
  const took: number[] = []
  const spent = processorSeconds()
  const from = performance.now()
  for (let at = 0; performance.now() - from < ROUND_MS; at += 1) {
    const question = questions[at % questions.length] as Question
    const began = performance.now()
    ask(question)
    took.push(performance.now() - began)
  }
  return rateFrom(took, 0, processorSeconds() - spent)
}

const AIMS = { bare: 25, told: 12, medianUs: 60, p99Us: 1_000, bytes: 1_000_000_000 } as const

/** Speed-up by the mean processor time of a question in the same round, because the mix is of quick and slow ones. */
const measureLoad = (load: Load, sides: readonly Side[], questions: readonly Question[], report: Report): void => {
  const rates = new Map<Side, Rate[]>(sides.map((side) => [side, []]))
  for (const side of sides) for (const question of questions.slice(0, WARM)) side.ask(question)
  for (let round = 0; round < ROUNDS; round += 1) for (const side of sides) rates.get(side)?.push(roundOf(side, questions))
  const baselines = rates.get(sides[0] as Side) as Rate[]
  const lines = sides.map((side) => report.rounds(`${side.name}, ${load}`, rates.get(side) as Rate[], baselines))
  const [, bare, told] = lines as [Line, Line, Line]
  for (const [at, { p50ms, p99ms }] of lines.entries())
    report.note({
      zh: `${(sides[at] as Side).name}, ${load}:中位 ${rounded(p50ms * US)} µs,p99 ${rounded(p99ms * US)} µs`,
      en: `${(sides[at] as Side).name}, ${load}: median ${rounded(p50ms * US)} µs, p99 ${rounded(p99ms * US)} µs`,
    })
  if (load !== 'mix') return
  const aim = (name: string, wanted: string, reached: number, met: boolean): void =>
    report.aim({ aim: name, wanted, reached, met })
  aim('grid, mix', `≥ ${AIMS.bare} × bitmap scan`, bare.ratio, bare.ratio >= AIMS.bare)
  aim('grid with reasons, mix', `≥ ${AIMS.told} × bitmap scan`, told.ratio, told.ratio >= AIMS.told)
  const [middle, slow] = [median((rates.get(sides[2] as Side) as Rate[]).map(({ p50ms }) => p50ms)) * US, told.p99ms * US]
  aim('grid with reasons, mix, median', `≤ ${AIMS.medianUs} µs`, rounded(middle), middle <= AIMS.medianUs)
  aim('grid with reasons, mix, p99', `≤ ${AIMS.p99Us} µs`, rounded(slow), slow <= AIMS.p99Us)
}

const run = async (report: Report, ending: Ending, options: ReadonlyMap<string, string>): Promise<void> => {
  const seed = options.get('--seed') ?? 'province'
  const world = makeWorld(seed, PROVINCE_SIZE)
  const beganAt = performance.now()
  const engine = openEngine(world)
  const builtMs = performance.now() - beganAt
  fillCapacity(world, engine.capacity)
  const { pairs, sites } = engine
  const bytes = engine.bytes()
  report.note({
    zh: `${sites.length} 家机构,${world.needs.length} 个病种,${pairs} 个能力对;建索引 ${Math.round(builtMs)} ms`,
    en: `${sites.length} institutions, ${world.needs.length} conditions, ${pairs} capability pairs; built in ${Math.round(builtMs)} ms; seed ${seed}`,
  })
  report.aim({
    aim: 'memory of the engine, live capacity included',
    wanted: `≤ ${AIMS.bytes} bytes`,
    reached: bytes,
    met: bytes <= AIMS.bytes,
  })
  const scan = openScan(world, engine)
  const mixed = needsOf(world, 'mix')
  const asked = Number(options.get('--proved') ?? PROVED)
  const proved = proveSame(engine, scan, questionsOf(world, mixed, `${seed}/proof`, asked))
  const uniform = randomFrom(`${seed}/uniform`)
  const others = Array.from({ length: 40 }, () => uniform.pick(world.needs)).flatMap((need) =>
    questionsOf(world, [need], `${seed}/${need.key}`, 5),
  )
  report.note({
    zh: `与位图全扫逐一比较:${proved + proveSame(engine, scan, others)} 个结果全部一致`,
    en: `compared with the bitmap scan: the same answers to ${asked} questions of the mix and to ${others.length} of any condition`,
  })
  const sides: Side[] = [
    { name: 'bitmap scan', ask: scan },
    { name: 'grid', ask: engine.rankSites },
    { name: 'grid with reasons', ask: (question) => explain(engine.rank(question), question) },
  ]
  for (const load of LOADS) {
    const questions = questionsOf(world, needsOf(world, load), `${seed}/${load}`, 5_000)
    proveSame(engine, scan, questions.slice(0, SAMPLE))
    measureLoad(load, sides, questions, report)
  }
  await measureHttp(report, ending, seed)
}

/** Finding the best places of a province: the engine beside a bitmap scan. */
export const bench: Bench = {
  name: 'navigation',
  says: {
    zh: '每次导航的时间:分格外扩检索与位图全扫(半正矢距离)相比,常见、中等、少见与混合病种;以及经 HTTP。',
    en: 'Time of one navigation: rings of cells outward beside a bitmap scan with haversine, for common, middling, rare and mixed conditions; and over HTTP.',
  },
  baseline: {
    zh: '同一轮、同一问题:位图全扫,逐家计算半正矢距离与得分,保留前十;速率按处理器时间计,分位数按时钟计。',
    en: 'the same questions in the same round: a bitmap scan that computes haversine distance and points of every institution that can treat, keeping the best ten; rates by processor time, percentiles by the clock.',
  },
  run,
}
