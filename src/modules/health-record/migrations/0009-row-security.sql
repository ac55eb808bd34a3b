-- table            | who sees a row
-- resource, resource_history | an act that has opened the record of this person: the person, or one who treats people
-- resource: open stays | besides, the institution in whose beds the person lies, by the encounter itself
-- package          | the same, and every institution that was told of its case
-- source_person    | the house itself, which loads
select platform.protect('health_record.resource', 'person_id = any ({records})
    or (type = ''Encounter'' and status = ''in-progress'' and body::jsonb #>> ''{serviceProvider,reference}'' = (select ''Organization/'' || platform.act_org()))',
  'person_id = any ({persons})', 'person_id = any ({records})');
select platform.protect('health_record.resource_history', 'person_id = any ({records})', 'false');
select platform.protect('health_record.package', 'person_id = any ({records}) or platform.is_told(case_id)');
select platform.protect('health_record.source_person', 'false');
