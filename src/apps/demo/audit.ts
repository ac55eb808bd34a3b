import type { Instant } from '../../kernel/clock.ts'
import { plusDays, type Day } from '../../kernel/day.ts'
import { newId, type OrgId, type PersonId } from '../../kernel/id.ts'
import { sql, type Tx } from '../../platform/database/pool.ts'
import type { Rulebook } from '../../shapes/rulebook.ts'
import {
  auditBatch,
  compileAudit,
  saveAuditBatch,
  saveAuditHits,
  saveAuditItems,
  type ItemKnowledge,
  type SubmittedPerson,
} from '../../modules/audit-rules/index.ts'

// Invented items with invented limits, each for one rule that people meet.
const ITEMS: readonly (readonly [code: string, zh: string, knowledge: ItemKnowledge])[] = [
  ['N-1', '一级护理', { mutex: ['N-2'], perDay: 1 }],
  ['N-2', '二级护理', { mutex: ['N-1'], perDay: 1 }],
  ['L-GLU', '血糖测定', { perDay: 8 }],
  ['D-COLD', '复方氨酚烷胺片', { supply: 'acute' }],
  ['E-CT', '胸部CT平扫', { examination: true, repeatDays: 14, prices: { county: 21_600, township: 19_400 } }],
  ['B-WHITE', '牙齿美白', { payable: false }],
  // What the demo's bills of visits are made of, so that the rules know them while a bill is written.
  ['E-ECG', '常规心电图', { examination: true }],
  ['E-LIPID', '血脂四项', { perDay: 1 }],
  ['D-AML', '苯磺酸氨氯地平片 5mg×28', { supply: 'chronic' }],
  ['D-ATO', '阿托伐他汀钙片 20mg×7', { supply: 'chronic', contraPregnant: true }],
  ['D-MET', '盐酸二甲双胍片 0.5g×30', { supply: 'chronic' }],
  // Ordered by way of mutual recognition, where the rules are asked as well.
  ['HR-E001', '常规十二导联心电图', { examination: true, repeatDays: 7 }],
  ['T-NEB', '雾化吸入', { perDay: 4 }],
  ['T-DRESS', '换药(小)', { perDay: 2 }],
]

type DemoBill = {
  readonly inpatient: boolean
  readonly days: number
  readonly lines: readonly (readonly [item: string, onDay: number, quantity: number, priceFen: number, supplyDays?: number])[]
}

const BILLS: readonly DemoBill[] = [
  { inpatient: true, days: 5, lines: [['N-1', 1, 1, 2_800], ['N-2', 1, 1, 1_600], ['L-GLU', 2, 11, 300]] },
  { inpatient: false, days: 0, lines: [['D-COLD', 0, 6, 1_250, 36]] },
  { inpatient: false, days: 0, lines: [['E-CT', 0, 1, 26_400]] },
  { inpatient: false, days: 0, lines: [['B-WHITE', 0, 1, 88_000]] },
] // prettier-ignore

const BATCH = '演示批次'
const BEFORE = 20
const BORN_ON = '1962-03-04' as Day

/** A settled bill with the lines of the first of `BILLS`, which is so found in it. */
type AuditedBill = { readonly id: string; readonly person: PersonId; readonly day: Day }

export type AuditFacts = {
  readonly rulebook: Rulebook
  readonly today: Day
  readonly now: Instant
  readonly county: OrgId
  readonly billNo: string
}

const billed = (people: readonly PersonId[], settled: AuditedBill | null, { today, county }: AuditFacts): SubmittedPerson[] =>
  BILLS.map((bill, at) => {
    const known = at === 0 ? settled : null
    const admittedOn = known === null ? plusDays(today, -BEFORE) : plusDays(known.day, -bill.days)
    const person = known?.person ?? people[at]
    return {
      ref: `演示-${String(at + 1).padStart(3, '0')}`,
      ...(person ? { person } : {}),
      gender: 'male',
      bornOn: BORN_ON,
      stays: [
        {
          id: known?.id ?? `demo-visit-${at + 1}`,
          institution: county,
          level: 'county',
          inpatient: bill.inpatient,
          insurance: 'resident',
          admittedOn,
          dischargedOn: plusDays(admittedOn, bill.days),
          diagnoses: ['J06.9'],
          procedures: 0,
          planned: false,
          lines: bill.lines.map(([item, onDay, quantity, priceFen, supplyDays], no) => ({
            id: `demo-line-${at + 1}-${no + 1}`,
            item,
            day: plusDays(admittedOn, onDay),
            quantity,
            priceFen,
            amountFen: quantity * priceFen,
            supplyDays: supplyDays ?? null,
          })),
        },
      ],
    }
  })

/** A catalogue of a few invented items, and a batch of invented bills as the rules of today audit them; answers how many hits. */
export const insertAudit = async (tx: Tx, people: readonly PersonId[], facts: AuditFacts): Promise<number> => {
  await tx.run(sql`select platform.open_act(null, null, 'system', null)`)
  const settled = await tx.row<AuditedBill>(
    sql`select id, person_id as person, day from settlement.bill where org_id = ${facts.county} and bill_no = ${facts.billNo}`,
  )
  const persons = billed(people, settled, facts)
  const knowledge = new Map(ITEMS.map(([code, , known]) => [code, known]))
  const audit = compileAudit(facts.rulebook, facts.today, { stage: 'post' })
  const { rulebook, today, now } = facts
  const hits = auditBatch(persons, knowledge, audit, { batch: BATCH, day: today, now, rulebookHash: rulebook.hash, newId })
  const lines = persons.reduce((sum, { stays }) => sum + (stays[0]?.lines.length ?? 0), 0)
  const items = ITEMS.map(([code, zh, known]) => ({ code, zh, en: null, knowledge: known }))
  await saveAuditItems(tx, items, { from: '2024-01-01' as Day, basis: '演示目录,内容为虚构', by: null, at: now })
  await saveAuditBatch(tx, { name: BATCH, stage: 'post', day: today, persons: persons.length, lines, hits: hits.length, rulebookHash: rulebook.hash, auditedAt: now }, null) // prettier-ignore
  await saveAuditHits(tx, hits)
  return hits.length
}
