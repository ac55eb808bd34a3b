export { AUDIT_RULE_IDS, auditHits, auditLimits, type AuditHit, type AuditKind, type AuditRuleId } from './rules/audit.ts'
export type {
  AuditFinding,
  AuditKnowledge,
  AuditLimits,
  AuditLine,
  AuditPerson,
  AuditStay,
  ItemKnowledge,
} from './rules/facts.ts'
