import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadRulebook } from '../../../platform/rulebook.ts'
import { RuleGap } from '../../../shapes/rulebook.ts'
import { auditHits, compileAudit, crowdHits } from './audit.ts'
import { AUDIT_RULE_IDS, definitionOn } from './definitions.ts'
import { day, knowledge, line, person, one, twice, bedded, three, beds } from '../examples/make.ts'
import type { AuditStay } from './facts.ts'
import { LINE_EXAMPLES } from '../examples/lines.ts'
import { CROWD_EXAMPLES, STAY_EXAMPLES } from '../examples/stays.ts'

const rulebook = await loadRulebook()
const audit = compileAudit(rulebook, day('2026-03-01'))
const TABLE = [...LINE_EXAMPLES, ...STAY_EXAMPLES]

for (const [rule, facts, amountFen, why] of TABLE)
  test(`${rule}: ${why}`, () => {
    const hits = auditHits(facts, knowledge, audit)
    assert.deepEqual(
      hits.map((hit) => [hit.rule, hit.amountFen]),
      amountFen === null ? [] : [[rule, amountFen]],
    )
  })

for (const [rule, persons, hits, why] of CROWD_EXAMPLES)
  test(`${rule}: ${why}`, () => {
    assert.deepEqual(
      crowdHits(persons, audit).map((hit) => hit.rule),
      Array.from({ length: hits }, () => rule),
    )
    assert.deepEqual(crowdHits(persons, compileAudit(rulebook, day('2026-03-01'), { without: [rule] })), [])
  })

test('each rule has a hit and a near miss, and its hit is missed without it', () => {
  for (const rule of AUDIT_RULE_IDS) {
    const rows = TABLE.filter(([of]) => of === rule)
    const found = [
      ...rows.map((row) => row[2] !== null),
      ...CROWD_EXAMPLES.filter(([of]) => of === rule).map(([, , hits]) => hits > 0),
    ]
    assert.ok(found.includes(true) && found.includes(false), rule)
    const without = compileAudit(rulebook, day('2026-03-01'), { without: [rule] })
    for (const [, facts] of rows) assert.deepEqual(auditHits(facts, knowledge, without), [], rule)
  }
})

test('the 38 definitions stand in the rulebook with number, names, one kind, stages and clause', () => {
  const all = AUDIT_RULE_IDS.map((id) => definitionOn(rulebook, id, day('2026-03-01')))
  assert.deepEqual(
    all.map((rule) => rule.number),
    Array.from({ length: 38 }, (_, at) => at + 1),
  )
  for (const rule of all) assert.ok(rule.zh && rule.en && rule.basis && rule.stages.includes('post'), rule.id)
  assert.throws(() => compileAudit(rulebook, day('2023-12-31')), RuleGap)
})

test('while ordering only the rules of that stage are asked', () => {
  const split = twice('2026-03-19')
  assert.deepEqual(auditHits(split, knowledge, compileAudit(rulebook, day('2026-03-01'), { stage: 'pre' })), [])
  assert.equal(auditHits(one(line('women')), knowledge, compileAudit(rulebook, day('2026-03-01'), { stage: 'pre' })).length, 1)
})

test('a check that found nobody is a breach, days without care a suspicion; each hit carries its clause', () => {
  const kindOf = (more: Partial<AuditStay>) => auditHits(person([bedded(beds(), more)]), knowledge, audit).map((hit) => hit.kind)
  assert.deepEqual(kindOf({ caredOn: three, absentOn: three.slice(1, 2) }), ['breach'])
  assert.deepEqual(kindOf({ caredOn: three.slice(1) }), ['suspicion'])
  const [hit] = auditHits(one(line('women')), knowledge, audit)
  assert.deepEqual(
    [hit?.zh, hit?.en, hit?.grade, hit?.basis.includes('2025-05-23')],
    ['性别限制', 'For the other gender', 'sourced', true],
  )
})

test('a tolerance of half a percent spares five fen of ten yuan, and objects to the whole difference of six', () => {
  const tolerant = { ...audit, limits: { ...audit.limits, priceTolerance: 50 } }
  const amounts = (priceFen: number) =>
    auditHits(one(line('priced', { priceFen })), knowledge, tolerant).map((hit) => [hit.rule, hit.amountFen])
  assert.deepEqual(amounts(1_005), [])
  assert.deepEqual(amounts(1_006), [['over-price', 6]])
})
