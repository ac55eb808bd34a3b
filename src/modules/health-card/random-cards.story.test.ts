import assert from 'node:assert/strict'
import test from 'node:test'
import type { PersonId } from '../../kernel/id.ts'
import type { Actor } from '../../platform/access.ts'
import { sql } from '../../platform/database/pool.ts'
import { testHouse } from '../../../tests/harness/house.ts'
import { actor, setStage } from '../../../tests/harness/stage.ts'
import { seeded, seedOfRun } from '../../../tests/invariants/small-region.ts'

const ROUNDS = 60
const NUMBERS = ['A-1001', 'A-1002', 'A-1003']
const CODE_MS = 3 * 60_000

test('whatever happens at once: a number has one person, a code counts at most once, and none after its end', async (t) => {
  const seed = seedOfRun()
  t.diagnostic(`JIELI_SEED=${seed}`)
  const { next: random, one: among } = seeded(seed)
  const house = await testHouse(t)
  const stage = await setStage(house)
  const people: { person: PersonId; self: Actor }[] = []
  for (const zh of ['随机甲', '随机乙', '随机丙']) {
    const person = await stage.person(zh, '1961-05-04')
    people.push({ person, self: actor('resident', null, zh, person) })
    await house.done('health-card.apply', stage.desk, { person })
  }
  const codes: string[] = []
  const accepted = new Map<string, number>()
  const desks = [stage.desk, stage.tcmDesk, stage.cityDesk, stage.ward]
  const show = async (): Promise<void> => {
    const { person, self } = among(people)
    const made = await house.ask('health-card.show-code', self, { person })
    if (made.ok) codes.push(made.value.text)
  }
  const scan = async (text: string): Promise<void> => {
    const done = await house.ask('health-card.scan', among(desks), { text, scene: among(['payment', 'visit', 'registration']) })
    if (done.ok) accepted.set(text, (accepted.get(text) ?? 0) + 1)
    else assert.match(done.refusals[0]?.code ?? '', /^health-card\.(code-used|code-expired|card-not-active)$/)
  }
  const acts: (() => Promise<unknown>)[] = [
    show,
    show,
    async () =>
      codes.length > 0 && Promise.all(Array.from({ length: 4 }, (_, at) => scan(codes.at(-1 - (at % 2)) ?? codes[0] ?? ''))),
    async () => codes.length > 0 && scan(among(codes)),
    () =>
      house.ask('health-card.bind', stage.desk, { person: among(people).person, kind: 'hospital-card', number: among(NUMBERS) }),
    () =>
      house.ask('health-card.bind', among([stage.desk, stage.tcmDesk]), {
        person: among(people).person,
        kind: 'insurance',
        number: among(NUMBERS),
      }),
    async () => {
      const { person, self } = among(people)
      const [mine] = (await house.done('health-card.mine', self)).holders
      const held = mine.bound.find(({ endedAt }: { endedAt: string | null }) => endedAt === null)
      if (held) await house.ask('health-card.unbind', self, { person, binding: held.id, reason: '随机解绑' })
    },
    () => house.ask('health-card.replace', among(people).self, { person: among(people).person, reason: '随机换卡' }),
    () => house.later(random() / 30),
  ]
  for (let round = 0; round < ROUNDS; round += 1) await Promise.all(Array.from({ length: 3 }, () => among(acts)()))
  assert.ok(accepted.size > 0, 'some codes were accepted')
  assert.deepEqual(
    [...accepted.values()].filter((times) => times > 1),
    [],
  )
  const { database } = house
  const found = await database.rows<{ what: string; count: number }>(sql`
    select 'used after its end' as what, count(*)::int as count from health_card.code where used_at >= expires_at
    union all select 'longer than its minutes', count(*)::int from health_card.code where expires_at - made_at <> ${CODE_MS} * interval '1 millisecond'
    union all select 'uses beyond codes', abs((select count(*) from health_card.use where shown = 'dynamic') - (select count(*) from health_card.code where used_at is not null))::int
    union all select 'used after the card ended', count(*)::int from health_card.code c join health_card.card k on (k.person_id, k.id) = (c.person_id, c.card_id) where c.used_at > k.ended_at
    union all select 'two cards that count', count(*)::int from (select 1 from health_card.card where state = 'active' group by person_id having count(*) > 1) as twice
    union all select 'a number of two', count(*)::int from (select 1 from residents.identifier where ended_at is null group by number_index having count(*) > 1) as shared
    union all select 'held without a claim', count(*)::int from residents.identifier i where i.ended_at is null
      and not exists (select from residents.identifier_claim c where c.number_index = i.number_index and c.person_id = i.person_id)`)
  assert.deepEqual(
    found.filter(({ count }) => count > 0),
    [],
  )
})
