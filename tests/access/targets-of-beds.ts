import { newId } from '../../src/kernel/id.ts'
import { PLACES } from '../harness/stage.ts'
import type { Target } from './probe.ts'
import { named } from './targets-of-waiting.ts'

// A ward of the hospital of Chinese medicine, and a stay there that the village doctor has asked for the one person.

const unused = newId()
const reason = '演示用的理由'
const DAY = '2030-01-01'
const newBed = { room: '9', label: '1', sex: 'any' }

const ofBed = (more: object = {}): Target => ({
  about: 'pool',
  input: ({ ward }) => ({ org: ward.org, bed: ward.bed, ...more }),
  absent: ({ ward }) => ({ org: ward.org, bed: unused, ...more }),
})
const ofStay = (more: object = {}): Target => ({
  about: 'pool',
  input: ({ ward }) => ({ org: ward.org, stay: ward.stay, ...more }),
  absent: ({ ward }) => ({ org: ward.org, stay: unused, ...more }),
})
const ofGroup = (more: object = {}): Target => ({
  about: 'group',
  input: ({ ward }) => ({ org: ward.org, group: ward.stay, ...more }),
  absent: ({ ward }) => ({ org: ward.org, group: unused, ...more }),
})

export const TARGETS_OF_BEDS: Readonly<Record<string, Target | readonly Target[]>> = {
  'booking.open-ward': { about: 'nothing', input: () => ({ name: { zh: '演示病区' }, specialty: '0304', beds: [newBed] }) },
  'booking.add-beds': {
    about: 'pool',
    input: ({ ward }) => ({ org: ward.org, ward: ward.ward, beds: [newBed] }),
    absent: ({ ward }) => ({ org: ward.org, ward: unused, beds: [newBed] }),
  },
  'booking.close-bed': ofBed({ reason }),
  'booking.reopen-bed': ofBed(),
  'booking.bed-ready': ofBed(),
  'booking.book-together': {
    about: 'own',
    input: ({ otherPerson, ward }) => ({
      org: PLACES.countyTcm,
      person: otherPerson,
      stay: { ward: ward.ward, from: DAY, nights: 1 },
    }),
  },
  'booking.my-stays': [{ about: 'nothing', input: () => ({}) }, named()],
  'booking.confirm-group': ofGroup(),
  'booking.cancel-group': ofGroup({ reason }),
  'booking.admit': ofStay(),
  'booking.give-bed': ofStay({ bed: unused }),
  'booking.expect-discharge': ofStay({ on: DAY }),
  'booking.discharge': ofStay(),
  'booking.who-in-bed': ofStay(),
  'booking.persons-here': { about: 'nothing', input: () => ({ text: '演示' }) },
}
