import { accept, appeal, confirm, decide, drop, investigate, lapse, recover, revoke, sendBack, tell } from './commands.ts'
import { checkOrder } from './check-order.ts'
import { batches, hit, hits, items, rules, waiting } from './queries.ts'
import { loadItems, submit } from './submit.ts'

export { auditHits, compileAudit, crowdHits, type AuditHit, type CompiledAudit } from './rules/audit.ts'
export {
  AUDIT_RULE_IDS,
  AUDIT_STAGES,
  definitionOn,
  type AuditDefinition,
  type AuditRuleId,
  type AuditStage,
} from './rules/definitions.ts'
export { AUDIT_KINDS } from './rules/facts.ts'
export type {
  AuditFinding,
  AuditKind,
  AuditKnowledge,
  AuditLimits,
  AuditLine,
  AuditPerson,
  AuditStay,
  EnteredFollowUp,
  GroupedAs,
  ItemKnowledge,
  TeamContract,
} from './rules/facts.ts'

export { removePastLines } from './past-store.ts'
export {
  deskHits,
  foundAtDesk,
  keepDeskHits,
  keepPastLines,
  readDeskFacts,
  type DeskBill,
  type DeskFacts,
  type DeskLine,
} from './desk.ts'
export { standingRecovery, type StandingRecovery } from './standing-recovery.ts'
export { mayGoOn, type HitReasons } from './rules/effects.ts'
export type { KeptHit } from './audit-rules.ts'
export { auditBatch } from './audit-batch.ts'
export { auditByRulebook } from './of-the-day.ts'
export { saveBatch as saveAuditBatch, saveHits as saveAuditHits, saveItems as saveAuditItems } from './store.ts'
export type { SubmittedPerson } from './contract.ts'
export { auditRulesRefusals } from './contract.ts'

/** Everything that can be asked about hits, the bills that were audited and the catalogue. */
export const auditRulesForms = {
  'audit-rules.load-items': loadItems,
  'audit-rules.submit': submit,
  'audit-rules.tell': tell,
  'audit-rules.appeal': appeal,
  'audit-rules.accept': accept,
  'audit-rules.investigate': investigate,
  'audit-rules.decide': decide,
  'audit-rules.confirm': confirm,
  'audit-rules.send-back': sendBack,
  'audit-rules.drop': drop,
  'audit-rules.recover': recover,
  'audit-rules.revoke': revoke,
  'audit-rules.lapse': lapse,
  'audit-rules.hits': hits,
  'audit-rules.hit': hit,
  'audit-rules.waiting': waiting,
  'audit-rules.batches': batches,
  'audit-rules.items': items,
  'audit-rules.rules': rules,
  'audit-rules.check-order': checkOrder,
} as const
