import { newId } from '../../src/kernel/id.ts'
import { plusDays } from '../../src/kernel/day.ts'
import { PLACES } from '../harness/stage.ts'
import type { Target } from './probe.ts'
import type { World } from './world.ts'

// What comes after a request: messages between the two sides, the rescue, the way home, the line to the province.

const NOBODY = '999999999999'
const unused = newId()
const reason = '演示用的理由'
const plain = (input: object = {}): Target => ({ about: 'nothing', input: () => input })
const letter = { impression: '高血压', reason: '控制不佳', pastHistory: '', treatment: '' }

/** An aim at something known by one id under one name. */
const of = (about: Target['about'], name: string, id: (world: World) => string, more: object = {}): Target => ({
  about,
  input: (world) => ({ ...more, [name]: id(world) }),
  absent: () => ({ ...more, [name]: unused }),
})
const ofCase = (more: object = {}): Target => of('case', 'referral', ({ referral }) => referral, more)
const inCase = (name: 'message' | 'attachment'): readonly Target[] => [
  { about: 'case', input: (world) => ({ referral: world.referral, [name]: world[name] }), absent: (world) => ({ referral: unused, [name]: world[name] }) },
  // What is not in the case is not there for its parties either.
  { about: 'case', input: (world) => ({ referral: world.referral, [name]: unused }), absent: () => ({ referral: unused, [name]: unused }), hiddenFrom: () => true },
] // prettier-ignore
const ofGreen = (more: object = {}): Target => of('green', 'case', ({ green }) => green.case, more)
const ofInpatient = (more: object = {}): Target => ({
  about: 'stay',
  input: ({ inside }) => ({ person: inside.person, ...more }),
  absent: () => ({ person: NOBODY, ...more }),
})
const ofStep = (more: object = {}): Target => ({
  about: 'plan',
  input: ({ home }) => ({ plan: home.plan, step: home.step, ...more }),
  absent: ({ home }) => ({ plan: unused, step: home.step, ...more }),
})
const ofLine = (more: object = {}): Target => ({
  about: 'line',
  input: ({ line }) => ({ ...line, ...more }),
  absent: ({ line }) => ({ ...line, id: unused, ...more }),
})
const returned = {
  diagnosis: '高血压',
  findings: '平稳',
  treatment: '继续',
  plan: '复测血压',
  medication: '氨氯地平',
  withoutAnswer: reason,
}
const need = { kind: 'device', code: 'oxygen-concentrator', words: { zh: '制氧机', en: 'Oxygen concentrator' } }

export const TARGETS_AFTER_THE_REQUEST: Readonly<Record<string, Target | readonly Target[]>> = {
  'correspondence.write': ofCase({ text: '请带既往心电图' }),
  'correspondence.thread': ofCase(),
  'correspondence.unread': plain(),
  'correspondence.supplement': ofCase({ letter, note: reason, text: '已补充' }),
  'correspondence.read-until': inCase('message'),
  'correspondence.withdraw': inCase('message'),
  'correspondence.attachment': inCase('attachment'),
  'green-channel.start': {
    about: 'own',
    input: ({ otherPerson }) => ({ channel: 'chest-pain', person: otherPerson }),
  },
  'green-channel.stamp': ofGreen({ node: 'triage' }),
  'green-channel.end': ofGreen({ outcome: 'not-confirmed', reason }),
  'green-channel.send-onward': ofGreen({ reason }),
  'green-channel.get': ofGreen(),
  // Who is no party is told what is told of a case without a channel.
  'green-channel.of-referral': {
    ...of('nothing', 'referral', ({ green }) => green.referral),
    hiddenFrom: ({ to }) => !to.green,
  },
  'green-channel.quality': plain({ month: '2026-11', channel: 'chest-pain', org: PLACES.countyTcm }),
  'green-channel.board': plain(),
  'continuity.attest': ofInpatient({ criterion: 'general-diagnosis', state: 'met', note: reason }),
  'continuity.ask-readiness': ofInpatient({ receiver: PLACES.township, items: [need] }),
  'continuity.answer-readiness': of('readiness', 'readiness', ({ inside }) => inside.readiness, { items: [] }),
  'continuity.candidate': ofInpatient(),
  'continuity.candidates': { about: 'own', input: () => ({}) },
  'continuity.questions': { about: 'own', input: () => ({}) },
  'continuity.of-case': [ofCase(), of('inside', 'referral', ({ inside }) => inside.referral)],
  'continuity.hand-back': of('inside', 'referral', ({ inside }) => inside.referral, returned),
  'continuity.send-down': {
    about: 'own',
    input: ({ otherPerson }) => ({
      person: otherPerson,
      receiver: PLACES.township,
      specialty: '0304',
      condition: { key: 'I10', zh: '高血压' },
      letter,
      consent: { by: 'patient' },
      withoutAnswer: reason,
    }),
  },
  'continuity.change-plan': {
    about: 'plan',
    input: ({ home }) => ({ referral: home.referral, steps: home.steps, reason }),
    absent: ({ home }) => ({ referral: unused, steps: home.steps, reason }),
  },
  'continuity.tick-step': ofStep({ state: 'done' }),
  'continuity.report-step': ofStep(),
  'continuity.my-plan': plain(),
  'continuity.plan-template': plain({ disease: 'copd' }),
  'docking.stuck': plain(),
  'docking.books': plain(),
  'docking.retry': ofLine(),
  'docking.correct-and-retry': ofLine({ corrections: { specialty: '0304' }, reason }),
  'docking.give-up': [
    ofLine({ reason }),
    {
      about: 'difference',
      input: ({ difference }) => ({ ...difference, reason }),
      absent: ({ difference }) => ({ ...difference, id: unused, reason }),
    },
  ],
  'booking.publish-pool': {
    about: 'nothing',
    input: ({ stage }) => ({
      specialty: '0304',
      kind: 'ordinary',
      startsAt: `${plusDays(stage.today, 20)}T09:00:00+08:00`,
      capacity: 3,
    }),
  },
  'booking.allot-vouchers': {
    about: 'pool',
    input: ({ unit }) => ({ ...unit, holder: PLACES.village, units: 1 }),
    absent: ({ unit }) => ({ ...unit, pool: unused, holder: PLACES.village, units: 1 }),
  },
  'booking.withdraw-vouchers': {
    about: 'pool',
    input: ({ unit, allotment }) => ({ org: unit.org, allotment }),
    absent: ({ unit }) => ({ org: unit.org, allotment: unused }),
  },
  'booking.vouchers-mine': plain(),
  'booking.vouchers-given': plain(),
}
