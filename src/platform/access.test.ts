import assert from 'node:assert/strict'
import test from 'node:test'
import type { AccountId, OrgId, PersonId } from '../kernel/id.ts'
import { partyOf, relationsTo, roleMay, SYSTEM, type Actor, type Party, type Relation } from './access.ts'
import { maySee } from './http/live.ts'

const actor = (role: Actor['role'], org: string | null, person: string | null = null): Actor => ({
  account: 'a' as AccountId,
  role,
  org: org as OrgId | null,
  person: person as PersonId | null,
  name: { zh: '演示' },
})
const desk = actor('referral-desk', '10')
const resident = actor('resident', null, '7')

test('an actor is the first party of its role in a relation that it really has', () => {
  const by: readonly Party[] = ['referral-desk@receiver', 'ward@receiver', 'resident@self', 'insurer@anyone']
  const rows: readonly [who: Actor, relations: readonly Relation[], party: Party | null][] = [
    [desk, ['receiver'], 'referral-desk@receiver'],
    [desk, ['sender'], null],
    [desk, [], null],
    [actor('ward', '10'), ['receiver', 'sender'], 'ward@receiver'],
    [resident, ['self'], 'resident@self'],
    [resident, ['receiver'], null],
    [actor('insurer', null), [], 'insurer@anyone'],
    [actor('administrator', null), ['receiver', 'self'], null],
    [SYSTEM, ['receiver', 'self'], null],
  ]
  for (const [who, relations, party] of rows) assert.equal(partyOf(by, who, relations), party, `${who.role} ${relations.join()}`)
  assert.deepEqual([roleMay(by, desk), roleMay(by, actor('administrator', null))], [true, false])
})

test('a role is not taken for another that begins the same', () => {
  assert.equal(roleMay(['ward@receiver'], { ...desk, role: 'war' as never }), false)
})

test('nothing is related to nothing: an actor without institution or person owns no matter without one', () => {
  assert.deepEqual(relationsTo(resident, { org: null, person: null }), [])
  assert.deepEqual(relationsTo(desk, { org: '10' as OrgId, person: null }), ['own'])
  assert.deepEqual(relationsTo(resident, { person: '7' as PersonId }), ['self'])
  assert.deepEqual(relationsTo(desk, { org: '11' as OrgId }), [])
})

test('a live event is shown to its parties and to the person, and to nobody else', () => {
  const event = { seenBy: ['10', '20'], person: '7' }
  const rows: readonly [who: Actor, sees: boolean][] = [
    [desk, true],
    [actor('ward', '30'), false],
    [resident, true],
    [actor('resident', null, '8'), false],
    [actor('resident', '10', '8'), false],
    [actor('administrator', null), false],
  ]
  for (const [who, sees] of rows) assert.equal(maySee(who, event), sees, `${who.role} ${who.org} ${who.person}`)
  assert.equal(maySee(actor('resident', null), { seenBy: [], person: null }), false)
})
