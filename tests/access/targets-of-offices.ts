import { newId } from '../../src/kernel/id.ts'
import { PLACES } from '../harness/stage.ts'
import { deviceOf, PASSWORD } from './actors.ts'
import type { Target } from './probe.ts'

// Accounts, second factors and devices; institutions and consortia.

const reason = '演示用的理由'
const unused = newId()
const NO_ID = '999999999999'
const CONSORTIUM = '430321'
const COUNTY = '430321000000'
const from = '2027-01-01'
const plain = (input: object = {}): Target => ({ about: 'nothing', input: () => input })

/** One's own device, and the village doctor's. */
const ofDevice = (more: object = {}): readonly Target[] => [
  { about: 'me', input: (_world, { actor }) => ({ device: deviceOf(actor), ...more }) },
  { about: 'device', input: ({ device }) => ({ device, ...more }), absent: () => ({ device: unused, ...more }) },
]
/** The account that has lost its second factor. */
const ofAccount = (more: object): Target => ({
  about: 'account',
  input: ({ spareLogin }) => ({ login: spareLogin, ...more }),
  absent: () => ({ login: 'probe-nobody', ...more }),
})
const ofInstitution = (more: object = {}): Target => ({
  about: 'institution',
  input: () => ({ institution: PLACES.countyTcm, ...more }),
  absent: () => ({ institution: NO_ID, ...more }),
})
const ofConsortium = (more: object): Target => ({
  about: 'consortium',
  input: () => ({ consortium: CONSORTIUM, ...more }),
  absent: () => ({ consortium: NO_ID, ...more }),
})
const placing = { employer: PLACES.countyTcm, workplace: PLACES.countyTcm, from }
const newInstitution = {
  name: { zh: '演示新机构' },
  code: 'D0000009943032111D6001',
  tier: 'village',
  ws218: 'D600',
  level: 9,
  rank: 9,
  ownership: 'public',
  parent: PLACES.township,
  longitude: 112.9,
  latitude: 27.8,
  beds: 0,
  population: 100,
  phone: null,
  division: '430321100202',
  from,
}

export const TARGETS_OF_OFFICES: Readonly<Record<string, Target | readonly Target[]>> = {
  'security.me': plain(),
  'security.my-sign-in': plain(),
  'security.devices': [plain({ which: 'own' }), plain({ which: 'institution' })],
  'security.register-device': { about: 'nothing', input: (_world, { actor }) => ({ device: deviceOf(actor), label: '演示' }) },
  'security.device-half': ofDevice(),
  'security.revoke-device': ofDevice({ reason }),
  'security.sign-out-everywhere': plain(),
  // Hashing is slow on purpose.
  'security.change-password': { ...plain({ old: PASSWORD, fresh: 'another invented one' }), oncePerRole: true },
  // Another's session reads like none, whoever asks.
  'security.end-session': [
    { about: 'nothing', input: (_world, { session }) => ({ session }) },
    {
      about: 'nothing',
      input: ({ session }) => ({ session }),
      absent: () => ({ session: unused }),
      hiddenFrom: () => true,
    },
  ],
  // Of the region's offices only the region's administrator opens accounts.
  'security.create-account': {
    ...plain({ login: 'probe-account', password: PASSWORD, role: 'health-bureau', name: { zh: '演示' } }),
    says: ({ actor }) => (actor.org === null ? null : 'security.account-outside-institution'),
  },
  'security.disable-account': ofAccount({ reason }),
  'security.require-factor': {
    about: 'account',
    input: () => ({ institution: PLACES.village, required: false }),
    absent: () => ({ institution: NO_ID, required: false }),
  },
  'security.ask-factor-reset': ofAccount({ reason }),
  'security.decide-factor-reset': {
    about: 'account',
    input: ({ reset }) => ({ reset, agreed: false }),
    absent: () => ({ reset: unused, agreed: false }),
  },
  'security.factor-resets': plain(),
  'organisations.institution': plain({ institution: PLACES.county }),
  'organisations.search': plain({ text: '演示' }),
  'organisations.names': plain({ ids: [PLACES.county] }),
  'organisations.consortia': plain({ division: COUNTY }),
  'organisations.consortium': plain({ consortium: CONSORTIUM }),
  'organisations.governance-of': plain({ consortium: CONSORTIUM }),
  'organisations.grid': plain({ village: '430321100201' }),
  'organisations.check': plain({ division: COUNTY }),
  'organisations.staff': [ofInstitution(), { about: 'own', input: () => ({}), isOfInstitution: true }],
  'organisations.add-institution': plain(newInstitution),
  'organisations.correct-institution': ofInstitution({ set: { beds: 10 } }),
  'organisations.close-institution': plain({ institution: PLACES.otherVillage, on: from }),
  'organisations.set-service': ofInstitution({ specialty: '0304', line: 'treatment', name: { zh: '心内科' }, from, ends: true }),
  'organisations.form-consortium': plain({
    kind: 'specialty-alliance',
    name: { zh: '演示专科联盟' },
    division: '430300000000',
    lead: PLACES.city,
    specialty: '0304',
    tightness: 'loose',
    from,
    members: [],
  }),
  'organisations.join-consortium': ofConsortium({ institution: PLACES.city, role: 'partner', tightness: 'loose', from }),
  'organisations.leave-consortium': ofConsortium({ institution: PLACES.otherVillage, on: from }),
  'organisations.assign-grid': ofConsortium({ villages: ['430321100201'] }),
  'organisations.place-staff': {
    about: 'institution',
    input: ({ staff }) => ({ staff, ...placing }),
    absent: () => ({ staff: NO_ID, ...placing }),
  },
}
