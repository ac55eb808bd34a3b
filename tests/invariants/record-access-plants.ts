/** What breaks the checks of who may read a record, as the owner of the tables could. */
export const RECORD_ACCESS_PLANTS: Readonly<Record<string, string>> = {
  'read-is-lawful': `insert into platform.audit (org_id, id, at, role, form, kind, outcome, basis, person_id, request, lawful_basis)
    values (1, gen_random_uuid(), now(), 'ward', 'health-record.summary', 'query', 'done', 'x', 1, 'x', 'consent')`,
  'emergency-is-reviewed': `insert into record_access.emergency (person_id, id, account_id, account_name, role, org_id, reason, note, opened_at, until_at, review_by_on)
    values (1, gen_random_uuid(), gen_random_uuid(), 'x', 'ward', 1, 'unconscious', '', now(), now() + interval '1 hour', '2020-01-01')`,
  'consent-is-separate': `insert into record_access.consent (person_id, id, purpose, shown, given_by, given_at, from_at, until_at)
    values (1, gen_random_uuid(), 'treatment', '{}', 'self', now(), now(), now() + interval '1 day')`,
  'audit-is-numbered': `insert into platform.audit_leaf values (1000000, 1, gen_random_uuid(), '\\x00')`,
  'export-had-two': `insert into record_access.export_wish (org_id, id, asked_by, asked_name, asked_at, persons_most, purpose, reason, until_at, used_at)
    values (0, gen_random_uuid(), gen_random_uuid(), 'x', now(), 100, 'x', 'x', now(), now())`,
}
