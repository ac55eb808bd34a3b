import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lawfulBasis, type AccessFacts } from './lawful-basis.ts'

const nothing: AccessFacts = {
  role: 'ward', hasOrg: true, purpose: 'treatment', isSelf: false, represents: false, isCareTeam: false, hasEncounter: false, hasReferral: false,
  hasBooking: false, consents: [], hasEmergency: false, duties: [],
} // prettier-ignore
const consent = { purpose: 'treatment', toOwn: true, toAnyone: false, kinds: null } as const
const outbreak = { purpose: 'public-health', roles: ['health-bureau'], kinds: ['Condition'] } as const

const CASES: readonly (readonly [Partial<AccessFacts>, string | null, string])[] = [
  [{}, null, 'who treats people reads nobody without a reason'],
  [{ hasEncounter: true }, 'encounter', 'care: the person lies or was here'],
  [{ hasReferral: true }, 'referral', 'care: a party to a referral'],
  [{ hasBooking: true }, 'booking', 'care: the person is booked here'],
  [{ isCareTeam: true, hasEncounter: true }, 'care-team', 'the care team comes first'],
  [{ hasEncounter: true, purpose: 'research' }, null, 'care is no reason for research'],
  [{ hasEncounter: true, role: 'consortium-manager' }, null, 'a manager treats nobody'],
  [{ hasEncounter: true, hasOrg: false }, null, 'without an institution nobody treats'],
  [{ consents: [consent] }, 'consent', 'consent to this institution'],
  [{ consents: [{ ...consent, purpose: 'research' }] }, null, 'consent is separate for each purpose'],
  [{ consents: [{ ...consent, purpose: 'research' }], purpose: 'research' }, 'consent', 'and holds for its own'],
  [{ consents: [{ ...consent, toOwn: false }] }, null, 'consent to another institution'],
  [
    { consents: [{ ...consent, toOwn: false, toAnyone: true }], role: 'consortium-manager' },
    null,
    'to whoever treats: not to a manager',
  ],
  [{ hasEmergency: true }, 'emergency', 'the glass was broken by this account'],
  [{ hasEmergency: true, purpose: 'quality' }, null, 'an emergency is for treatment only'],
  [{ role: 'health-bureau', purpose: 'public-health', duties: [outbreak] }, 'statutory', 'the law names the office'],
  [{ role: 'health-bureau', duties: [outbreak] }, null, 'and only for its purpose'],
  [{ purpose: 'beginning-care' }, 'beginning-care', 'the act itself begins the care'],
  [{ purpose: 'beginning-care', role: 'administrator' }, null, 'who runs accounts begins no care'],
  [{ role: 'resident', hasOrg: false, isSelf: true }, 'self', 'one’s own record'],
  [{ role: 'resident', hasOrg: false, represents: true }, 'representative', 'a guardian or proxy'],
  [{ role: 'resident', hasOrg: false, consents: [consent] }, null, 'another resident, whatever was consented to'],
  [
    { role: 'insurer', consents: [{ ...consent, purpose: 'commercial-insurance' }], purpose: 'commercial-insurance' },
    null,
    'the insurer names nobody',
  ],
]

for (const [facts, basis, says] of CASES)
  test(`${basis ?? 'nothing'}: ${says}`, () => assert.equal(lawfulBasis({ ...nothing, ...facts })?.basis ?? null, basis))
