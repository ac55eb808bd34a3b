import { plusDays, type Day } from '../../src/kernel/day.ts'
import { newId } from '../../src/kernel/id.ts'
import { PLACES } from '../harness/stage.ts'
import type { Target } from './probe.ts'

// The waiting list: the one person's entry at the hospital of Chinese medicine, and the unit that is offered for it.

const NOBODY = '999999999999'
const reason = '演示用的理由'
const unused = newId()
const plain = (input: object = {}): Target => ({ about: 'nothing', input: () => input })

const ofEntry = (more: object = {}): Target => ({
  about: 'waiting',
  input: ({ person, waiting }) => ({ person, waiting: waiting.id, ...more }),
  absent: ({ person }) => ({ person, waiting: unused, ...more }),
})
const ofOffer = (): Target => ({
  about: 'waiting',
  input: ({ person, waiting: { org, booking } }) => ({ person, org, booking }),
  absent: ({ person, waiting: { org } }) => ({ person, org, booking: unused }),
})
const wishOn = (today: Day) => ({ specialty: '0303', orgs: [PLACES.countyTcm], from: today, until: plusDays(today, 9) })
/** A bed in the ward of the same hospital. */
const bedOn = (today: Day) => ({ ...wishOn(today), specialty: '0304', unitKind: 'bed-day', nights: 3 })
/** A resident names nobody and acts for oneself: what is asked of others is asked of staff. */
const orOneself = (target: Target): Target => ({
  ...target,
  input: (world, placed) => {
    const { person, ...rest } = target.input(world, placed) as { person: string }
    return placed.actor.role === 'resident' ? rest : { person, ...rest }
  },
})

/** What is the one person's, asked by name: of residents only the person and who acts for the person may. */
export const named = (more: object = {}): Target => ({
  about: 'nothing',
  input: ({ person }) => ({ person, ...more }),
  absent: () => ({ person: NOBODY, ...more }),
  hiddenFrom: ({ actor: { role }, where }) => role === 'resident' && where !== 'self' && where !== 'proxy',
})

export const TARGETS_OF_WAITING: Readonly<Record<string, Target | readonly Target[]>> = {
  'booking.join-waiting': [
    orOneself({
      about: 'waiting',
      input: ({ person, stage }) => ({ person, ...wishOn(stage.today) }),
      absent: ({ stage }) => ({ person: NOBODY, ...wishOn(stage.today) }),
    }),
    orOneself({
      about: 'waiting',
      input: ({ person, stage }) => ({ person, ...bedOn(stage.today) }),
      absent: ({ stage }) => ({ person: NOBODY, ...bedOn(stage.today) }),
    }),
  ],
  'booking.my-waiting': orOneself({
    about: 'waiting',
    input: ({ person }) => ({ person }),
    absent: () => ({ person: NOBODY }),
  }),
  'booking.leave-waiting': ofEntry({ reason }),
  'booking.change-waiting-places': ofEntry({ orgs: [PLACES.countyTcm, PLACES.county], reason }),
  'booking.accept-offer': ofOffer(),
  'booking.decline-offer': ofOffer(),
  'booking.offer-unit': {
    about: 'waiting',
    input: ({ person, waiting: { id, org, pool } }) => ({ person, waiting: id, org, pool, reason }),
    absent: ({ person, waiting: { id, org } }) => ({ person, waiting: id, org, pool: unused, reason }),
  },
  'booking.units-for-waiting': ofEntry(),
  'booking.shortage-worklist': plain(),
  'booking.record-shortage': plain({ specialty: '0304' }),
  'booking.notices': [plain(), named()],
  'booking.see-notices': [plain(), named()],
}
