import assert from 'node:assert/strict'
import test from 'node:test'
import { testHouse } from '../../../../tests/harness/house.ts'
import { actor, PLACES, setStage } from '../../../../tests/harness/stage.ts'
import { plusDays, type Day } from '../../../kernel/day.ts'
import { SYSTEM } from '../../../platform/access.ts'

const insurer = actor('insurer', null, '医保经办')
const bureau = actor('health-bureau', null, '卫健')

test('who pays and who oversees follows every institution’s comparison, its tickets, and who closed them', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const [older, newer] = [plusDays(stage.today as Day, -2), plusDays(stage.today as Day, -1)]
  const compared = (org: string, day: Day, about: readonly string[]) =>
    house.done('payment.note-compared', SYSTEM, {
      org,
      day,
      books: [
        { book: '390', rows: 4, differences: [] },
        { book: 'cash', rows: 3, differences: about.map((one) => ({ about: one, kind: 'only-there', ours: null, theirs: 500 })) },
      ],
    })
  await compared(PLACES.village, older, ['OLD-1'])
  await compared(PLACES.village, newer, [])
  await compared(PLACES.city, newer, ['NEW-1', 'NEW-2'])

  const all = await house.done('payment.comparisons', insurer, {})
  assert.deepEqual(
    all.days.map(({ day, places, agreeing, rows, openTickets }: Record<string, unknown>) => [day, places, agreeing, rows, openTickets]),
    [
      [newer, 2, 1, 14, 2],
      [older, 1, 0, 7, 1],
    ],
  )
  assert.equal(all.day, newer, 'the newest day is shown first')
  const city = all.places.find(({ org }: { org: string }) => org === PLACES.city)
  assert.deepEqual([city.agrees, city.rows, city.openTickets], [false, 7, 2])
  assert.deepEqual(city.books.filter(({ agrees }: { agrees: boolean }) => !agrees).map(({ book }: { book: string }) => book), ['cash'])
  const before = await house.done('payment.comparisons', bureau, { day: older })
  assert.deepEqual(before.places.map(({ org }: { org: string }) => org), [PLACES.village])
  const first = await house.done('payment.comparisons', insurer, { limit: 1 })
  const second = await house.done('payment.comparisons', insurer, { limit: 1, after: first.next })
  assert.equal(new Set([first, second].map(({ places }) => places[0].org)).size, 2, 'page by page every institution comes once')

  const open = await house.done('payment.tickets', insurer, {})
  assert.deepEqual(open.tickets.map(({ about }: { about: string }) => about).toSorted(), ['NEW-1', 'NEW-2', 'OLD-1'])
  const ticket = open.tickets.find(({ about }: { about: string }) => about === 'OLD-1')
  const closing = { org: PLACES.village, ticket: ticket.id, outcome: '平台漏传,已补录' }
  for (const who of [insurer, bureau, stage.cityDesk]) assert.equal((await house.ask('payment.close-ticket', who, closing)).ok, false, 'its institution alone closes it')
  await house.done('payment.close-ticket', stage.villageDoctor, closing)
  assert.equal((await house.done('payment.tickets', bureau, {})).tickets.length, 2)
  const [closed] = (await house.done('payment.tickets', bureau, { state: 'closed' })).tickets
  assert.deepEqual([closed.about, closed.closedBy.zh, closed.closedRole, closed.outcome], ['OLD-1', stage.villageDoctor.name.zh, 'village-doctor', '平台漏传,已补录'])
  const page = await house.done('payment.tickets', insurer, { limit: 1 })
  const next = await house.done('payment.tickets', insurer, { limit: 1, after: page.next })
  assert.notEqual(page.tickets[0].id, next.tickets[0].id)

  for (const name of ['payment.comparisons', 'payment.tickets'] as const)
    assert.equal((await house.ask(name, stage.villageDoctor, {})).ok, false, 'an institution sees its own by its own form')
}) // prettier-ignore
