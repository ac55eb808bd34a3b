import { plusDays, type Day } from '../../src/kernel/day.ts'
import { newId } from '../../src/kernel/id.ts'
import type { World } from './world.ts'
import { PLACES } from '../harness/stage.ts'

/**
 * What a form is aimed at in the world. `about` says which relations count: to the one case, the one person, the one booking;
 * to one's own institution (`own`: whoever has one stands so); or nothing at all. `absent` is the same aim at what does not exist.
 */
export type Target = {
  readonly about: 'case' | 'person' | 'booking' | 'own' | 'nothing'
  readonly input: (world: World) => object
  readonly absent?: (world: World) => object
  /** A place for which the world holds no such target. */
  readonly notFor?: string
}

const NOBODY = '999999999999'
const letter = { impression: '高血压', reason: '控制不佳', pastHistory: '', treatment: '' }
const condition = { key: 'I10', zh: '高血压' }
const unused = newId()

const ofCase = (more: object = {}): Target => ({
  about: 'case',
  input: ({ referral }) => ({ referral, ...more }),
  absent: () => ({ referral: unused, ...more }),
})
const ofPerson = (more: object = {}): Target => ({
  about: 'person',
  input: ({ person }) => ({ person, ...more }),
  absent: () => ({ person: NOBODY, ...more }),
})
const ofBooking = (more: object = {}): Target => ({
  about: 'booking',
  input: ({ booking }) => ({ ...booking, ...more }),
  absent: ({ booking }) => ({ ...booking, booking: unused, ...more }),
})
const request = (more: object = {}): Target => ({
  about: 'own',
  input: ({ otherPerson }) => ({ person: otherPerson, receiver: PLACES.city, specialty: '0304', condition, letter, ...more }),
})
const plain = (input: object = {}): Target => ({ about: 'nothing', input: () => input })
const reason = '演示用的理由'
const returned = { diagnosis: '高血压', findings: '平稳', treatment: '继续', plan: '复测血压', medication: '氨氯地平' }

/** One line for each form that people may ask: a new form adds its own, or the probe fails. */
export const TARGETS: Readonly<Record<string, Target>> = {
  'security.me': plain(),
  'security.my-sign-in': plain(),
  'security.devices': plain({ which: 'own' }),
  'security.sign-out-everywhere': plain(),
  'security.disable-account': { about: 'nothing', input: () => ({ login: 'no-such-login', reason }) },
  'organisations.institution': plain({ institution: PLACES.county }),
  'organisations.search': plain({ text: '演示' }),
  'organisations.consortia': plain({ division: '430321000000' }),
  'organisations.consortium': plain({ consortium: '430321' }),
  'organisations.grid': plain({ village: '430321100201' }),
  'organisations.divisions': plain({}),
  'organisations.check': plain({ division: '430321000000' }),
  'residents.register': plain({ name: { zh: '演示新人' }, sex: 'male' }),
  'residents.of-village': plain({}),
  'residents.search': plain({ text: '演示' }),
  'residents.get': ofPerson(),
  'residents.reveal': ofPerson({ reason }),
  'residents.correct': ofPerson({ ifVersion: 1, address: '杉荫村二组' }),
  'residents.link': { about: 'nothing', input: ({ person, otherPerson }) => ({ person: otherPerson, into: person, reason }) },
  'residents.unlink': { about: 'nothing', input: ({ person }) => ({ person, reason }) },
  'residents.erase': { about: 'nothing', input: ({ person }) => ({ person, reason }) },
  'residents.record-death': {
    about: 'person',
    input: ({ person, stage }) => ({ person, diedOn: plusDays(stage.today as Day, -1) }),
    absent: ({ stage }) => ({ person: NOBODY, diedOn: plusDays(stage.today as Day, -1) }),
  },
  'booking.free': plain({ specialty: '0304' }),
  'booking.mine': plain(),
  'booking.hold': { about: 'nothing', input: ({ unit }) => unit },
  'booking.confirm': ofBooking(),
  'booking.cancel': ofBooking({ reason }),
  'booking.attend': ofBooking(),
  'booking.no-show': ofBooking(),
  'booking.day-list': { about: 'nothing', input: () => ({}) },
  'booking.vouchers-mine': plain(),
  'booking.vouchers-given': plain(),
  'health-record.summary': ofPerson(),
  'health-record.reads': ofPerson(),
  'health-record.record-observation': ofPerson({ measure: 'blood-pressure', systolic: 150, diastolic: 90 }),
  'navigation.conditions': plain({ text: '高血压' }),
  'navigation.rank': plain({ specialty: '0304', village: '430321100201' }),
  'referral.draft': request(),
  'referral.send': request({ consent: { by: 'patient' } }),
  'referral.send-emergency': request(),
  'referral.submit': ofCase(),
  'referral.complete': ofCase({ letter, consent: { by: 'patient' } }),
  'referral.cancel': ofCase({ reason }),
  'referral.accept': ofCase(),
  'referral.schedule': {
    ...ofCase(),
    input: ({ referral, unit }) => ({ referral, unit }),
    absent: ({ unit }) => ({ referral: unused, unit }),
  },
  'referral.reject': ofCase({ why: 'no-capacity', wayOn: reason }),
  'referral.redirect': ofCase({ receiver: PLACES.city, specialty: '0304', reason }),
  'referral.arrive': ofCase(),
  'referral.begin': ofCase(),
  'referral.discharge': ofCase(),
  'referral.hand-back': ofCase(returned),
  'referral.receive': ofCase(),
  'referral.follow-up': ofCase({ way: 'home', outcome: 'good', note: '平稳' }),
  'referral.close': ofCase(),
  'referral.get': ofCase(),
  'referral.package': ofCase(),
  'referral.slip': ofCase({ kind: 'referral' }),
  'referral.look': ofCase({ leaves: false }),
  'referral.looks': plain(),
  'referral.worklist': plain({ side: 'receiver', state: 'open' }),
  'referral.open-of': { about: 'nothing', input: ({ person }) => ({ person }) },
  'referral.mine': plain(),
  'referral.of-person': ofPerson(),
  'referral.journey': ofPerson(),
  'referral.tasks': plain(),
  'referral.letter-templates': plain(),
  // The receiver of the only case finds no case elsewhere to end: it is left out by `notFor`.
  'referral.record-admission-elsewhere': { about: 'nothing', input: ({ person }) => ({ person, reason }), notFor: 'countyTcm' },
  'correspondence.write': ofCase({ text: '请带既往心电图' }),
  'correspondence.thread': ofCase(),
  'correspondence.unread': plain(),
  'green-channel.board': plain(),
  'continuity.of-case': ofCase(),
  'continuity.my-plan': plain(),
  'docking.stuck': plain(),
  'docking.books': plain(),
  'continuity.candidates': { about: 'own', input: () => ({}) },
  'continuity.questions': { about: 'own', input: () => ({}) },
  'continuity.plan-template': plain({ disease: 'copd' }),
  'referral.supplement': ofCase({ letter, note: reason }),
  'referral.miss': ofCase(),
  'referral.refusal-counts': plain({ from: '2026-01-01', until: '2026-12-31' }),
  'security.factor-resets': plain(),
  'security.create-account': plain({
    login: 'probe-account',
    password: 'an invented password',
    role: 'health-bureau',
    name: { zh: '演示' },
  }),
  'security.require-factor': plain({ institution: PLACES.city, required: false }),
  'referral.ask-more': ofCase({ what: ['past-history'], reason }),
}
