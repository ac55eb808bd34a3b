import { plusHours, type Instant } from '../../kernel/clock.ts'
import { plusDays, type Day } from '../../kernel/day.ts'
import { newId, type OrgId, type PersonId } from '../../kernel/id.ts'
import { sql, type Tx } from '../../platform/database/pool.ts'
import { valueOn, type Rulebook } from '../../shapes/rulebook.ts'
import { addNotice } from '../../modules/payment/index.ts'
import { saveFiling, type Filing, type FilingKind } from '../../modules/settlement/index.ts'

type Made = { readonly kind: FilingKind; readonly places: readonly string[]; readonly daysAgo: number; readonly reason: string }

// Invented; the places are the cities of Changsha and Yueyang.
const FILED: readonly Made[] = [
  { kind: 'long-term', places: ['4301'], daysAgo: 12, reason: '随子女居住' },
  { kind: 'own-way', places: ['4301', '4306'], daysAgo: 5, reason: '到外地亲属家休养' },
  { kind: 'long-term', places: ['4306'], daysAgo: 2, reason: '在外地工作' },
]
const HOURS_A_DAY = 24

export type FilingFacts = { readonly rulebook: Rulebook; readonly today: Day; readonly now: Instant }

const filingOf = (
  { kind, places, daysAgo, reason }: Made,
  { id: person, unit }: { readonly id: PersonId; readonly unit: OrgId },
  { rulebook, today, now }: FilingFacts,
): Filing => {
  const from = plusDays(today, -daysAgo)
  return {
    person,
    id: newId(),
    kind,
    places,
    from,
    ends: kind === 'long-term' ? null : plusDays(from, valueOn(rulebook, 'settlement.filing-days', from, kind)),
    reason,
    referral: null,
    filedOrg: unit,
    filedBy: null,
    filedAt: plusHours(now, -daysAgo * HOURS_A_DAY),
    withdrawn: null,
  }
}

/** Care away from home that some people's township unit filed for them; the platform is told once there is one. Answers how many. */
export const insertFilings = async (
  tx: Tx,
  people: readonly { readonly id: PersonId; readonly unit: OrgId }[],
  facts: FilingFacts,
): Promise<number> => {
  await tx.run(sql`select platform.open_act(null, null, 'system', null)`)
  const made = FILED.flatMap((one, at) => {
    const person = people[at]
    return person === undefined ? [] : [filingOf(one, person, facts)]
  })
  for (const one of made) {
    await saveFiling(tx, one)
    for (const place of one.places) {
      const notice = { person: one.person, filing: one.id, place, org: one.filedOrg, receiver: null, filedAt: one.filedAt }
      await addNotice(tx, notice, one.filedAt)
    }
  }
  return made.length
}
