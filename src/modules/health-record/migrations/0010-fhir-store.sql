-- The record as a FHIR server keeps it: every resource has an id that clients know, a custodian, index values beside its text, and all
-- of its versions. What is about no person stands under person 0.
alter table health_record.resource
  -- The id as clients see it, where it is another than `id`: chosen by a client or by the source. One region, one type, one id.
  add column fhir_id text,
  -- Members of `meta` other than version and time, as text; empty: none; null: they are still within the body, as a load brought them.
  add column meta text,
  -- The institution that wrote it; null: the house itself, a load for instance.
  add column custodian_org bigint,
  -- 'person': about a person. 'public': about nobody (a practitioner, a form). 'custodian': about somebody who is not known here.
  add column reach text not null default 'person' check (reach in ('person', 'public', 'custodian')),
  -- `param|value` of every token that it can be searched by; null: not drawn from it yet.
  add column tokens text[],
  -- The category of sensitive content that it speaks of; empty: none.
  add column sensitive text,
  -- `param|value` by which it is looked up without knowing whom it is about: identifiers, references, beginnings of names.
  add column keys text[];
alter table health_record.resource add check ((reach = 'person') = (person_id > 0));

-- A number that two sources gave to two things stays with the first; the other is known by our own id.
update health_record.resource r set fhir_id = r.source_id
  from (select person_id, id, row_number() over (partition by type, coalesce(source_id, id::text) order by recorded_at, id) as nr
    from health_record.resource) n
  where n.person_id = r.person_id and n.id = r.id and n.nr = 1 and r.source_id <> r.id::text;

-- What is about nobody now stands beside the rest. The table that it comes from stays: a server of the release before writes to it.
insert into health_record.resource (person_id, id, version, type, body, source, source_id, hash, recorded_at, reach, fhir_id)
  select 0, made.id, 1, made.type, made.body, made.source, made.source_id, made.hash, made.recorded_at, 'public',
    case when made.nr = 1 and not exists (select from health_record.resource o where o.type = made.type and o.fhir_id = made.source_id)
      then made.source_id end
  from (select r.*, uuidv7() as id, row_number() over (partition by r.type, r.source_id order by r.recorded_at, r.source) as nr
    from health_record.reference_resource r) made;
comment on table health_record.reference_resource is
  'Read by servers of 0.1.0 alone, while they work beside a newer one; what such a server loads meanwhile is loaded once more by the newer. Its contents stand in resource.';

alter table health_record.resource_history
  add column type text,
  add column fhir_id text,
  add column meta text,
  add column custodian_org bigint,
  add column reach text not null default 'person',
  add column hash bytea,
  add column sensitive text,
  -- The last version of what was deleted: it has no body. The resource itself is gone from the living ones.
  add column is_deleted boolean not null default false;
update health_record.resource_history h set type = r.type, fhir_id = r.fhir_id, hash = sha256(convert_to(h.body, 'UTF8'))
  from health_record.resource r where r.person_id = h.person_id and r.id = h.id;

-- Newest first, with the id where two are of one moment: pages go on behind what was shown last.
drop index health_record.resource_person_id_type_effective_at_idx;
create index resource_of_person on health_record.resource (person_id, type, (coalesce(effective_at, '-infinity')) desc, id desc);
create index resource_by_fhir_id on health_record.resource ((coalesce(fhir_id, id::text)));
create index resource_of_custodian on health_record.resource (custodian_org, type, id) where custodian_org is not null;
create index resource_about_nobody on health_record.resource (type, id) where person_id = 0;
create index resource_by_key on health_record.resource using gin (keys) where keys is not null;
create index history_by_fhir_id on health_record.resource_history ((coalesce(fhir_id, id::text))) where is_deleted;

-- Who has an id that a client chose: the place at which two who choose the same meet. claim_key is the head of a hash.
create table health_record.resource_claim (
  claim_key bigint not null,
  type text not null,
  fhir_id text not null,
  person_id bigint not null,
  primary key (claim_key, type, fhir_id)
);
select platform.shard_table('health_record.resource_claim', 'person', 'claim_key');
select platform.protect('health_record.resource_claim', 'false');

-- table            | who sees a row
-- resource, resource_history | an act that has opened the record of this person; whoever treats people at the institution that wrote it;
--                    what is about nobody, every act
-- resource: open stays | besides, the institution in whose beds the person lies, by the encounter itself
-- added, changed   | whoever treats people at an institution, in its own name; an act that has named the person, where no institution
--                    is custodian; what is about nobody, also the administrator
select platform.protect('health_record.resource', 'person_id = any ({records})
    or (custodian_org = {org} and {role} in (''village-doctor'', ''family-doctor'', ''referral-desk'', ''ward''))
    or (reach = ''public'' and {role} is not null)
    or (type = ''Encounter'' and status = ''in-progress'' and body::jsonb #>> ''{serviceProvider,reference}'' = (select ''Organization/'' || platform.act_org()))',
  '(custodian_org is null and person_id = any ({persons}))
    or (custodian_org = {org} and {role} in (''village-doctor'', ''family-doctor'', ''referral-desk'', ''ward''))
    or (reach = ''public'' and {role} = ''administrator'')',
  '(custodian_org is null and person_id = any ({persons}))
    or (custodian_org = {org} and {role} in (''village-doctor'', ''family-doctor'', ''referral-desk'', ''ward''))
    or (reach = ''public'' and {role} = ''administrator'')');
select platform.protect('health_record.resource_history', 'person_id = any ({records})
    or (custodian_org = {org} and {role} in (''village-doctor'', ''family-doctor'', ''referral-desk'', ''ward''))
    or (reach = ''public'' and {role} is not null)',
  '(custodian_org is null and person_id = any ({persons}))
    or (custodian_org = {org} and {role} in (''village-doctor'', ''family-doctor'', ''referral-desk'', ''ward''))
    or (reach = ''public'' and {role} = ''administrator'')', 'false');
