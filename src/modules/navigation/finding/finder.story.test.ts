import assert from 'node:assert/strict'
import test from 'node:test'
import { plusHours } from '../../../kernel/clock.ts'
import { dayOf } from '../../../kernel/day.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { databaseNow, sql } from '../../../platform/database/pool.ts'
import { valueOn } from '../../../shapes/rulebook.ts'
import { ROUTINE, URGENT } from '../../../../sim/navigation/questions.ts'
import { randomFrom, type Random } from '../../../../sim/residents/random.ts'
import { findingRegion, ID, pool, VILLAGE } from '../../../../tests/harness/finding-region.ts'
import type { TestHouse } from '../../../../tests/harness/house.ts'
import { consortiumOfVillage, memberIdsOf, TIERS } from '../../organisations/index.ts'
import { startNavigator } from '../engine/index.ts'
import type { Question, Singled } from '../engine/world.ts'
import { builtFinder, openFinder, type Finder, type FinderAsked } from './finder.ts'

const seed = process.env['JIELI_SEED'] ?? String(Date.now())
const ROUNDS = 4
const QUESTIONS = 60
const ALL = Object.values(ID)
const SPECIALTIES = ['0200', '0304', '2000']

/** Other coordinates, strengths, reserved and open units everywhere. */
const shuffle = async (house: TestHouse, random: Random): Promise<void> => {
  const { database } = house
  await database.run(sql`delete from booking.pool`)
  for (const org of ALL) {
    await database.run(sql`update organisations.institution set longitude = ${112.4 + random.next()}, latitude = ${27.4 + random.next()} where id = ${org}`)
    await database.run(sql`update organisations.service set tag = ${random.pick([null, 'feature', 'advantage', 'key'])} where institution_id = ${org}`)
    for (const specialty of SPECIALTIES)
      for (let times = random.whole(0, 2); times > 0; times -= 1)
        await pool(house, org, 0.2 + random.next() * 6, random.whole(1, 9), specialty)
  } // prettier-ignore
  await database.run(sql`update booking.pool set reserved = 1 where capacity > 4`)
}

const anyQuestion = (random: Random, consortium: string | null, now: Question['now']): Omit<Question, 'need'> => ({
  point: { longitude: 112.3 + random.next() * 1.2, latitude: 27.3 + random.next() * 1.2 },
  division: VILLAGE,
  consortium,
  channel: random.pick(['direct', 'referral'] as const),
  now,
  lowestTier: random.pick(['village', 'county', 'city'] as const),
  lowestTierOutside: random.pick(['county', 'city'] as const),
  weights: random.pick([ROUTINE, URGENT]),
  most: random.whole(1, 8),
  ...(random.chance(0.3) ? { onlyFree: true } : {}),
  ...(random.chance(0.3) ? { area: 'prefecture' as const } : {}),
  ...(random.chance(0.3) ? { tiers: TIERS.filter(() => random.chance(0.7)) } : {}),
  ...(random.chance(0.3) ? { except: new Set([random.pick(ALL) as OrgId]) } : {}),
  ...(random.chance(0.4)
    ? {
        singled: new Map<OrgId, Singled>([
          [random.pick(ALL) as OrgId, { km: random.next() * 50, points: random.next() * 9 - 9 }],
        ]),
      }
    : {}),
})

const answerOf = (finder: Finder, question: Omit<Question, 'need'>) =>
  finder.rank(question).map(({ id, specialty, position, points, free, tag, isOwnConsortium, isOwnLead }) => {
    const pools = (['direct', 'referral'] as const).map((channel) => [
      finder.firstAt(channel, id, specialty),
      finder.firstPool(channel, id, specialty),
    ])
    return { id, specialty, position, points, free, tag, isOwnConsortium, isOwnLead, pools }
  })

test(`the live engine and the database answer every question alike (seed ${seed})`, async (t) => {
  const house = await findingRegion(t)
  const random = randomFrom(`${seed}/both ways`)
  let found = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    await shuffle(house, random)
    const navigator = startNavigator(house.house)
    await navigator.ready
    await house.database.transaction(async (tx) => {
      const now = await databaseNow(tx)
      const day = dayOf(now, house.house.zone)
      const consortium = await consortiumOfVillage(tx, VILLAGE)
      const members = consortium ? await memberIdsOf(tx, consortium.id, day) : []
      const horizonDays = valueOn(house.house.rulebook, 'navigation.horizon-days', day)
      const until = plusHours(now, horizonDays * 24)
      for (const specialties of [['0200'], ['0304'], ['0304', '2000'], ['0200', '0304']]) {
        const asked: FinderAsked = {
          specialties, lowestTier: 'village', division: VILLAGE, consortium, members, day, from: now, until, now, horizonDays,
        } // prettier-ignore
        const live = await openFinder(tx, asked)
        const built = await builtFinder(tx, asked)
        assert.notEqual(live.sites, built.sites)
        assert.equal(live.sites.length, ALL.length, 'the first is the live engine over the whole region')
        for (let at = 0; at < QUESTIONS; at += 1) {
          const question = anyQuestion(random, random.chance(0.8) ? (consortium?.id ?? null) : null, now)
          const expected = answerOf(built, question)
          assert.deepEqual(answerOf(live, question), expected, `round ${round}, question ${at} of seed ${seed}`)
          found += expected.length
        }
      }
    }, 'read')
    await navigator.close()
  }
  assert.ok(found > ROUNDS * QUESTIONS, `only ${found} places were found: the questions ask nothing`)
})
