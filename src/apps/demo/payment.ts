import type { Instant } from '../../kernel/clock.ts'
import { plusDays, type Day } from '../../kernel/day.ts'
import { newId, type OrgId, type PersonId } from '../../kernel/id.ts'
import { sql, type Tx } from '../../platform/database/pool.ts'
import type { InstitutionSeed } from '../../../sim/region/types.ts'
import { DEMO_PHARMACIES } from './accounts.ts'
import { insertRows } from './insert.ts'

export type PaymentFacts = {
  readonly institutions: readonly InstitutionSeed[]
  readonly today: Day
  readonly now: Instant
  /** Where bills are opened: the county hospital and the township unit. */
  readonly county: OrgId
  readonly unit: OrgId
  /** Divisions of the stage begin so. */
  readonly stem: string
}

type DemoLine = readonly [
  kind: 'examination' | 'drug' | 'treatment' | 'other',
  code: string,
  zh: string,
  group: '01' | '02' | '03',
  priceFen: number,
  count: number,
]

// Invented prices, near what such things cost.
const VISITS: readonly (readonly DemoLine[])[] = [
  [
    ['examination', 'E-ECG', '常规心电图', '01', 2_550, 1],
    ['examination', 'E-LIPID', '血脂四项', '01', 4_200, 1],
    ['drug', 'D-AML', '苯磺酸氨氯地平片 5mg×28', '01', 1_680, 2],
    ['drug', 'D-ATO', '阿托伐他汀钙片 20mg×7', '02', 2_890, 1],
    ['other', 'O-BOOK', '血压记录手册', '03', 500, 1],
  ],
  [
    ['examination', 'E-CT', '胸部CT平扫', '02', 21_600, 1],
    ['treatment', 'T-NEB', '雾化吸入', '01', 1_500, 3],
  ],
  [
    ['drug', 'D-MET', '盐酸二甲双胍片 0.5g×30', '01', 960, 2],
    ['treatment', 'T-DRESS', '换药(小)', '01', 1_200, 1],
  ],
]

// Before the oldest medicine that the demo settles.
const CONTRACTS_FROM = '2023-01-01'
const OPEN_DAYS = 400
const COMPARED_PLACES = 3
const COMPARED_DAYS = 5
/** Mobile payment starts at hospitals and reaches every second township unit. */
const TOWNSHIPS_A_ROW = 2
const KIND = 'payment.point'
const CARE_OF_HOSPITALS = ['ordinary', 'chronic', 'assisted-reproduction']
const CARE_BELOW = ['ordinary', 'chronic']

const openAt = ({ institutions, stem, unit }: PaymentFacts): InstitutionSeed[] =>
  institutions
    .filter(({ division }) => division.startsWith(stem))
    .filter(
      ({ tier, id }, at) =>
        tier === 'city' || tier === 'county' || id === unit || (tier === 'township' && at % TOWNSHIPS_A_ROW === 0),
    )

const insertPoints = (tx: Tx, facts: PaymentFacts): Promise<number> => {
  const entry = {
    org_id: '0',
    version: 1,
    kind: KIND,
    state: 'in-force',
    is_correction: false,
    recorded_at: facts.now,
    from_on: plusDays(facts.today, -OPEN_DAYS),
    until_on: null,
  }
  const places = openAt(facts).map(({ id, zh, en, tier, division }) => ({
    ...entry,
    entry_id: `institution-${id}`,
    body: {
      code: id,
      kind: 'institution',
      zh,
      en,
      division,
      care: tier === 'city' || tier === 'county' ? CARE_OF_HOSPITALS : CARE_BELOW,
    },
  }))
  const pharmacies = DEMO_PHARMACIES.flatMap(({ code, zh, en, division }) => [
    { ...entry, entry_id: `pharmacy-${code}`, body: { code, kind: 'pharmacy', zh, en, division, care: [] } },
    { ...entry, kind: 'organisations.pharmacy', from_on: CONTRACTS_FROM, entry_id: code, body: { code, zh, en, division } },
  ])
  return insertRows(tx, 'platform.register_entry', [...places, ...pharmacies])
}

/** Hospitals of the stage whose books of some days were compared: of one the app had money of which the books knew nothing, of another an amount differed. */
const insertComparisons = async (tx: Tx, facts: PaymentFacts): Promise<void> => {
  const places = openAt(facts)
    .filter(({ id, tier }) => id !== facts.county && (tier === 'county' || tier === 'city'))
    .slice(0, COMPARED_PLACES)
  const ticket = (day: Day, at: number, more: object) => ({ org_id: places[at]?.id, id: newId(), day, opened_at: facts.now, ...more })
  const days = Array.from({ length: COMPARED_DAYS }, (_, ago) => plusDays(facts.today, -1 - ago))
  const differs = (ago: number, at: number, book: string): boolean => (ago === 0 && at === 0 && book === 'cash') || (ago === 2 && at === 1 && book === '390')
  await insertRows(
    tx,
    'payment.comparison',
    days.flatMap((day, ago) =>
      places.flatMap(({ id }, at) =>
        ['310', '390', 'cash'].map((book, no) => ({
          org_id: id,
          day,
          book,
          agrees: !differs(ago, at, book),
          rows: (at + 2) * (no + 1) + ago,
          compared_at: facts.now,
        })),
      ),
    ),
  )
  if (places.length < 2) return
  await insertRows(tx, 'payment.ticket', [
    ticket(days[0] as Day, 0, { kind: 'only-there', book: 'cash', about: 'DEMO-ORDER-1', theirs_fen: 5_200, ours_fen: null }),
  ])
  const closed = { closed_at: facts.now, closed_name: { zh: '演示对账员', en: 'Demo bookkeeper' }, closed_role: 'referral-desk' }
  const outcome = '平台漏传一行,已补录,复核相符'
  await insertRows(tx, 'payment.ticket', [
    ticket(days[2] as Day, 1, { kind: 'other-amounts', book: '390', about: 'DEMO-SETTLEMENT-1', ours_fen: 12_350, theirs_fen: 12_300, ...closed, outcome }),
  ])
} // prettier-ignore

/** Where it may be paid by telephone, and some bills that nobody has priced yet; answers how many bills. The first person of the list has the first bill. */
export const insertPayment = async (tx: Tx, people: readonly PersonId[], facts: PaymentFacts): Promise<number> => {
  await insertPoints(tx, facts)
  await tx.run(sql`select platform.open_act(null, null, 'system', null)`)
  await insertComparisons(tx, facts)
  const bills = people.map((person, at) => {
    const lines = VISITS[at % VISITS.length] ?? []
    const org = at % VISITS.length === VISITS.length - 1 ? facts.unit : facts.county
    return { id: newId(), org, person, lines, total: lines.reduce((sum, [, , , , price, count]) => sum + price * count, 0) }
  })
  await insertRows(
    tx,
    'payment.bill',
    bills.map(({ id, org, person, total }) => ({
      org_id: org,
      id,
      person_id: person,
      visit_kind: 'ordinary',
      state: 'open',
      round: 0,
      total_fen: total,
      opened_at: facts.now,
      changed_at: facts.now,
      tries: 0,
    })),
  )
  await insertRows(
    tx,
    'payment.line',
    bills.flatMap(({ id, org, person, lines }) =>
      lines.map(([kind, code, zh, group, price, count], at) => ({
        org_id: org,
        bill_id: id,
        no: at + 1,
        person_id: person,
        kind,
        code,
        zh,
        class: group,
        price_fen: price,
        count,
        amount_fen: price * count,
      })),
    ),
  )
  return bills.length
}
