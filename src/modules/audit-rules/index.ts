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
