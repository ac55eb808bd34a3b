import { plusDays, type Day } from '../../src/kernel/day.ts'
import { newId, type OrgId } from '../../src/kernel/id.ts'
import { sealedList } from '../../src/modules/navigation/finding/list-token.ts'
import type { AnyForm } from '../../src/platform/forms/form.ts'
import type { Target } from './probe.ts'
import { TARGETS_AFTER_THE_REQUEST } from './targets-after-the-request.ts'
import { TARGETS_OF_APPS } from './targets-of-apps.ts'
import { TARGETS_OF_CARDS } from './targets-of-cards.ts'
import { TARGETS_OF_INTAKE } from './targets-of-intake.ts'
import { TARGETS_OF_AUDIT_RULES } from './targets-of-audit-rules.ts'
import { TARGETS_OF_PAYMENT } from './targets-of-payment.ts'
import { TARGETS_OF_SETTLEMENT } from './targets-of-settlement.ts'
import { TARGETS_OF_BEDS } from './targets-of-beds.ts'
import { TARGETS_OF_FUND } from './targets-of-fund.ts'
import { TARGETS_OF_INDEX } from './targets-of-index.ts'
import { TARGETS_OF_MATRIX } from './targets-of-matrix.ts'
import { TARGETS_OF_OFFICES } from './targets-of-offices.ts'
import { TARGETS_OF_PLANS } from './targets-of-plans.ts'
import { TARGETS_OF_RECORD_ACCESS } from './targets-of-record-access.ts'
import { TARGETS_OF_VISIT_DAY } from './targets-of-visit-day.ts'
import { named, TARGETS_OF_WAITING } from './targets-of-waiting.ts'
import { TARGETS_OF_QUOTAS } from './targets-of-quotas.ts'
import { PLACES } from '../harness/stage.ts'

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
export const TARGETS: Readonly<Record<string, Target | readonly Target[]>> = {
  ...TARGETS_OF_OFFICES,
  ...TARGETS_OF_MATRIX,
  ...TARGETS_OF_APPS,
  ...TARGETS_OF_INDEX,
  ...TARGETS_OF_BEDS,
  ...TARGETS_OF_INTAKE,
  ...TARGETS_OF_PAYMENT,
  ...TARGETS_OF_AUDIT_RULES,
  ...TARGETS_OF_SETTLEMENT,
  ...TARGETS_OF_CARDS,
  ...TARGETS_OF_FUND,
  ...TARGETS_OF_PLANS,
  ...TARGETS_AFTER_THE_REQUEST,
  ...TARGETS_OF_QUOTAS,
  ...TARGETS_OF_VISIT_DAY,
  ...TARGETS_OF_WAITING,
  ...TARGETS_OF_RECORD_ACCESS,
  'residents.register': plain({ name: { zh: '演示新人' }, sex: 'male' }),
  'residents.of-village': plain({}),
  'residents.search': plain({ text: '演示' }),
  'residents.get': ofPerson(),
  'residents.reveal': ofPerson({ reason }),
  'residents.correct': ofPerson({ ifVersion: 1, address: '杉荫村二组' }),
  'residents.link': {
    about: 'nothing',
    input: ({ person, otherPerson }) => ({ person: otherPerson, into: person, reason, seen: '01' }),
  },
  'residents.unlink': { about: 'nothing', input: ({ person }) => ({ person, reason }) },
  'residents.erase': { about: 'nothing', input: ({ person }) => ({ person, reason }) },
  'residents.record-death': {
    about: 'person',
    input: ({ person, stage }) => ({ person, diedOn: plusDays(stage.today as Day, -1) }),
    absent: ({ stage }) => ({ person: NOBODY, diedOn: plusDays(stage.today as Day, -1) }),
  },
  'booking.free': plain({ specialty: '0304' }),
  'booking.mine': [plain(), named()],
  'booking.hold': [
    { about: 'nothing', input: ({ unit }) => unit },
    { ...named(), input: ({ unit, person }) => ({ ...unit, person }), absent: ({ unit }) => ({ ...unit, person: NOBODY }) },
  ],
  'booking.book': {
    about: 'nothing',
    input: ({ unit, otherPerson }, { actor: { role } }) => (role === 'referral-desk' ? { ...unit, person: otherPerson } : unit),
    absent: ({ unit, otherPerson }) => ({ ...unit, pool: unused, person: otherPerson }),
    hiddenFrom: ({ actor: { role, org } }) => role === 'referral-desk' && org !== PLACES.countyTcm,
  },
  'booking.confirm': ofBooking(),
  'booking.cancel': ofBooking({ reason }),
  'booking.attend': ofBooking(),
  'booking.no-show': ofBooking(),
  'booking.day-list': { about: 'nothing', input: () => ({}) },
  'health-record.summary': ofPerson(),
  'health-record.reads': ofPerson(),
  'health-record.record-observation': ofPerson({ measure: 'blood-pressure', systolic: 150, diastolic: 90 }),
  'navigation.conditions': plain({ text: '高血压' }),
  'navigation.icd-search': plain({ text: '高血压' }),
  'triage.assess': plain({ text: '头痛三天' }),
  'navigation.rank': plain({ specialty: '0304', village: '430321100201' }),
  'navigation.find': plain({ specialty: '0304', village: '430321100201' }),
  'navigation.choose': {
    about: 'nothing',
    input: ({ house: { house } }) => ({
      list: sealedList(
        { county: '430321', specialty: '0304', condition: null, urgency: 'routine', offered: [PLACES.city as OrgId] },
        house.cipher,
      ),
      institution: PLACES.city,
    }),
  },
  'navigation.steering-report': plain(),
  'navigation.what-if': plain({ days: 7 }),
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
  'referral.file-off-site': ofCase({ isPledged: true }),
  'referral.look': ofCase({ leaves: false }),
  'referral.looks': plain(),
  'referral.worklist': plain({ side: 'receiver', state: 'open' }),
  'referral.open-of': { about: 'nothing', input: ({ person }) => ({ person }) },
  'referral.mine': plain(),
  'referral.of-person': ofPerson(),
  'referral.journey': ofPerson(),
  'referral.tasks': plain(),
  'referral.criteria': ofPerson(),
  'referral.letter-templates': plain(),
  // The receiver of the only case finds no case elsewhere to end: it is left out by `notFor`.
  'referral.record-refusal-of-consent': request({ by: 'patient', why: 'cost' }),
  'referral.finish-task': {
    about: 'task',
    input: ({ task }) => ({ task, note: reason }),
    absent: () => ({ task: unused, note: reason }),
  },
  'referral.record-admission-elsewhere': { about: 'nothing', input: ({ person }) => ({ person, reason }), notFor: 'countyTcm' },
  'referral.supplement': ofCase({ letter, note: reason }),
  'referral.miss': ofCase(),
  'referral.refusal-counts': plain({ from: '2026-01-01', until: '2026-12-31' }),
  'referral.ask-more': ofCase({ what: ['past-history'], reason }),
}

/** Who may ask by role alone, with nothing to say, needs no line: what is asked is one's own or everybody's. */
export const targetOf = (form: AnyForm): readonly Target[] => {
  const written = TARGETS[form.name]
  if (written) return 'about' in written ? [written] : written
  const isPlain = form.kind === 'query' && form.by.every((party) => party.endsWith('@anyone')) && form.input.safeParse({}).success
  return isPlain ? [{ about: 'nothing', input: () => ({}) }] : []
}
