import { newId } from '../../src/kernel/id.ts'
import type { Target } from './probe.ts'

// Hits of rules: one of the hospital of Chinese medicine that it was told of, or lists of one's own.

const NOBODY = '999999999999'
const reason = '演示用的理由'

const ofHit = (more: object = {}): readonly Target[] =>
  (['bill', 'medicine'] as const).map((about) => ({
    about,
    input: ({ [about]: { org, hit } }) => ({ org, hit, ...more }),
    absent: ({ [about]: { org } }) => ({ org, hit: newId(), ...more }),
  }))
const of = (input: object): Target => ({ about: 'nothing', input: () => input })
const order = { diagnoses: ['I10'], lines: [{ item: 'probe', quantity: 1, priceFen: 100 }] }

export const TARGETS_OF_AUDIT_RULES: Readonly<Record<string, Target | readonly Target[]>> = {
  'audit-rules.load-items': of({ from: '2031-01-01', basis: 'probe', items: [{ code: 'later', zh: '演示项目', knowledge: {} }] }),
  'audit-rules.submit': of({
    batch: 'nobody',
    persons: [
      {
        ref: 'nobody',
        gender: 'male',
        bornOn: '1970-01-01',
        stays: [
          {
            id: 'stay',
            institution: NOBODY,
            level: 'county',
            inpatient: false,
            insurance: 'resident',
            admittedOn: '2026-01-01',
            dischargedOn: '2026-01-01',
            diagnoses: [],
            procedures: 0,
            lines: [{ id: 'line', item: 'probe', day: '2026-01-01', quantity: 1, priceFen: 1, amountFen: 1 }],
          },
        ],
      },
    ],
  }),
  'audit-rules.tell': ofHit(),
  'audit-rules.appeal': ofHit({ reason }),
  'audit-rules.accept': ofHit(),
  'audit-rules.investigate': ofHit({ reason }),
  'audit-rules.decide': ofHit({ reason, recoverFen: 1 }),
  'audit-rules.confirm': ofHit(),
  'audit-rules.send-back': ofHit({ reason }),
  'audit-rules.drop': ofHit({ reason }),
  'audit-rules.recover': ofHit({ recoveredFen: 1 }),
  'audit-rules.revoke': ofHit({ reason }),
  'audit-rules.hit': ofHit(),
  'audit-rules.hits': of({}),
  'audit-rules.waiting': of({}),
  'audit-rules.batches': of({}),
  'audit-rules.items': of({}),
  'audit-rules.rules': of({}),
  'audit-rules.check-order': {
    about: 'person',
    input: ({ person }) => ({ person, ...order }),
    absent: () => ({ person: NOBODY, ...order }),
  },
}
