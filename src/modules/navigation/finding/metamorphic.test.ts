import assert from 'node:assert/strict'
import test from 'node:test'
import { sql } from '../../../platform/database/pool.ts'
import type { TestHouse } from '../../../../tests/harness/house.ts'
import { DOCTOR, findingRegion, ID, pool, RESIDENT, VILLAGE } from '../../../../tests/harness/finding-region.ts'

const seed = Math.floor(Math.random() * 1e9)

/** Numbers that one seed always draws alike. */
const drawing = (state: number) => () => {
  state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
  return state / 4_294_967_296
}

const HOSPITALS = [ID.county, ID.tcm, ID.city, ID.secondCity, ID.province]
const ROUNDS = 12

const scatter = async ({ database }: TestHouse, draw: () => number): Promise<void> => {
  await database.run(sql`delete from booking.pool`)
  await database.run(sql`update organisations.service set tag = null`)
  for (const org of HOSPITALS)
    await database.run(
      sql`update organisations.institution set longitude = ${112.5 + draw()}, latitude = ${27.4 + draw() * 0.8} where id = ${org}`,
    )
}

const fill = async (house: TestHouse, draw: () => number): Promise<void> => {
  for (const org of HOSPITALS) if (draw() < 0.7) await pool(house, org, 0.2 + draw() * 6)
}

type Place = { institution: { id: string; longitude: number; latitude: number }; points: number }

test(`moving nearer, a further free unit or a stronger specialty never lowers a rank (seed ${seed})`, async (t) => {
  const house = await findingRegion(t)
  const draw = drawing(seed)
  const asked = { condition: 'coronary-heart-disease', village: VILLAGE, limit: 20 }
  for (let round = 0; round < ROUNDS; round += 1) {
    await scatter(house, draw)
    await fill(house, draw)
    const input = { ...asked, prefer: draw() < 0.5 ? 'fit' : 'nearest', mobility: draw() < 0.5 ? 'easy' : 'limited' }
    const actor = draw() < 0.5 ? DOCTOR : RESIDENT
    const org = HOSPITALS[Math.floor(draw() * HOSPITALS.length)] as string
    const rankNow = async (): Promise<number> => {
      const { places } = await house.done('navigation.find', actor, input)
      assert.equal(places.length, HOSPITALS.length)
      return (places as Place[]).findIndex(({ institution }) => institution.id === org)
    }
    let before = await rankNow()
    const changes: [string, () => Promise<unknown>][] = [
      ['a further unit', () => pool(house, org, 0.1 + draw() * 6)],
      ['half the way', () => house.database.run(sql`update organisations.institution set longitude = (longitude + 112.69) / 2, latitude = (latitude + 27.64) / 2 where id = ${org}`)],
      ['a stronger specialty', () => house.database.run(sql`update organisations.service set tag = ${draw() < 0.5 ? 'feature' : 'key'} where institution_id = ${org}`)],
    ] // prettier-ignore
    for (const [what, change] of changes) {
      await change()
      const after = await rankNow()
      assert.ok(after <= before, `${what} lowered ${org} from ${before} to ${after} in round ${round}`)
      before = after
    }
  }
})
