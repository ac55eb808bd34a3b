import { createHash } from 'node:crypto'
import { newId, type OrgId, type PersonId } from '../../src/kernel/id.ts'
import type { Actor, Relation, Role } from '../../src/platform/access.ts'
import { sql } from '../../src/platform/database/pool.ts'
import { orgOfPharmacy } from '../../src/modules/organisations/index.ts'
import { hashPassword } from '../../src/modules/security/index.ts'
import type { TestHouse } from '../harness/house.ts'
import { actor, PLACES } from '../harness/stage.ts'
import type { PlaceName } from '../../sim/small-region.ts'

/**
 * What can be aimed at: the one person, the case sent to the hospital of Chinese medicine, its line to the province and a difference
 * of the books, the
 * resident's booking, the pool of units; the bed and the case of somebody inside the county hospital, the question asked of
 * the township unit about them; the plan of somebody who went home; the entry of the waiting list of the one person and the unit that is offered for it; the stay that the village doctor asked for; the rescue; the task; the village doctor's device; an account of the
 * village clinic; an institution, its consortium; a message that the county hospital's system has sent; the one person's bill at the hospital of
 * Chinese medicine, and the medicine that they had settled at a pharmacy, where they have just shown the card.
 */
export const THINGS = [
  'person', 'case', 'line', 'difference', 'booking', 'pool', 'stay', 'inside', 'readiness', 'plan', 'green', 'task', 'waiting', 'group', 'device', 'account', 'institution', 'consortium', 'received', 'bill', 'medicine',
] as const // prettier-ignore
export type Thing = (typeof THINGS)[number]

/** Somebody, and how they stand to each thing of the world. */
export type Placed = {
  readonly actor: Actor
  readonly where: string
  readonly to: Readonly<Partial<Record<Thing, readonly Relation[]>>>
  /** The session cookie of the account, and the number of its session. */
  readonly token: string
  readonly session: string
}
type Stands = Placed['to']

const STANDS: Readonly<Record<PlaceName, Stands>> = {
  village: {
    person: ['care-team', 'lawful-basis'],
    case: ['sender'],
    group: ['sender'],
    line: ['sender'],
    difference: ['sender', 'receiver'],
    inside: ['sender'],
    plan: ['care-team'],
    green: ['sender'],
    device: ['own'],
    account: ['own'],
    waiting: ['care-team'],
  },
  township: {
    person: ['care-team', 'lawful-basis'],
    case: ['care-team'],
    line: ['supervisor'],
    difference: ['supervisor'],
    inside: ['care-team'],
    readiness: ['receiver'],
    plan: ['care-team'],
    green: ['care-team', 'supervisor'],
    task: ['own'],
    waiting: ['care-team'],
  },
  countyTcm: {
    person: ['lawful-basis'],
    case: ['receiver'],
    group: ['own'],
    line: ['receiver'],
    booking: ['own'],
    bill: ['own'],
    pool: ['own'],
    green: ['receiver'],
    institution: ['own'],
    waiting: ['own'],
  },
  county: {
    case: ['supervisor'],
    line: ['supervisor'],
    difference: ['supervisor'],
    stay: ['own'],
    received: ['own'],
    inside: ['receiver'],
    plan: ['own'],
    green: ['supervisor'],
    institution: ['supervisor'],
    waiting: ['supervisor'],
    consortium: ['own'],
  },
  otherVillage: {},
  city: {},
}
/** Two pharmacies of the insurance. */
export const PHARMACY = orgOfPharmacy('P43038100001')
const OTHER_PHARMACY = orgOfPharmacy('P43038100002')
const pharmacist = (org: OrgId): Actor => ({ ...actor('pharmacist', null), org })

const PLACED_ROLES: readonly Role[] = ['village-doctor', 'family-doctor', 'referral-desk', 'ward', 'consortium-manager']

const tokenOf = ({ account }: Actor): string => `token-of-${account}`
const placed = (who: Actor, where: string, to: Stands): Placed => ({
  actor: who,
  where,
  to,
  token: tokenOf(who),
  session: newId(),
})

/** Every role at every place, the offices of the region, and four residents: the one, who acts for them, another, and one who went home. */
export const placeActors = (persons: Readonly<Record<'person' | 'otherPerson' | 'homePerson' | 'proxy', PersonId>>): Placed[] => [
  ...(Object.keys(PLACES) as PlaceName[]).flatMap((place) =>
    PLACED_ROLES.map((role) => {
      const holdsDevice = role === 'village-doctor' && place === 'village'
      return placed(actor(role, place), place, holdsDevice ? { ...STANDS[place], device: ['self'] } : STANDS[place])
    }),
  ),
  placed(pharmacist(PHARMACY), 'pharmacy', { person: ['presented'], medicine: ['own'] }),
  placed(pharmacist(OTHER_PHARMACY), 'another pharmacy', {}),
  placed(actor('insurer', null), 'region', {}),
  placed(actor('health-bureau', null), 'region', {}),
  // Who keeps the accounts of the whole region keeps every one, and every device.
  placed(actor('administrator', null), 'region', { device: ['own'], account: ['own'], received: ['own'] }),
  placed(actor('health-bureau', 'county'), 'county', STANDS.county),
  placed(actor('administrator', 'village'), 'village', STANDS.village),
  placed(actor('administrator', 'county'), 'county', STANDS.county),
  placed(actor('resident', null, '本人', persons.person), 'self', {
    person: ['self'],
    case: ['self'],
    group: ['self'],
    booking: ['self'],
    bill: ['self'],
    medicine: ['self'],
    waiting: ['self'],
  }),
  placed(actor('resident', null, '代理人', persons.proxy), 'proxy', {
    person: ['representative'],
    group: ['representative'],
    booking: ['representative'],
    bill: ['representative'],
    medicine: ['representative'],
    waiting: ['representative'],
  }),
  placed(actor('resident', null, '他人', persons.otherPerson), 'another resident', {}),
  placed(actor('resident', null, '康复者', persons.homePerson), 'at home', { plan: ['self'] }),
]

export const PASSWORD = 'an invented password'
export const loginOf = (who: Actor): string => `probe-${String(who.account).slice(-12)}`

/** An account, a session and a device for everybody: whoever is probed could have signed in. */
export const openAccounts = async ({ database, done }: TestHouse, actors: readonly Placed[]): Promise<void> => {
  const hash = await hashPassword(PASSWORD)
  for (const { actor: who, token, session } of actors) {
    await database.run(sql`insert into security.account (id, login, password_hash, role, org_id, person_id, name_zh, created_at)
      values (${who.account}, ${loginOf(who)}, ${hash}, ${who.role}, ${who.org}, ${who.person}, ${who.name.zh}, now())`)
    await database.run(sql`insert into security.session (id, token_hash, account_id, created_at, expires_at)
      values (${session}, ${createHash('sha256').update(token).digest()}, ${who.account}, now(), now() + interval '1 hour')`)
    await done('security.register-device', who, { device: deviceOf(who), label: '演示设备' })
  }
}

/** The device of an account: its own number, so that a test needs no list. */
export const deviceOf = (who: Actor): string => {
  const hex = createHash('sha256').update(`device of ${who.account}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
