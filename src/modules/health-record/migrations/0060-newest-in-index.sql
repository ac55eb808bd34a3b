-- Where the newest of a record stand is read from the index alone.
drop index health_record.resource_of_person;
create index resource_of_person on health_record.resource (person_id, type, (coalesce(effective_at, '-infinity')) desc, id desc)
  include (custodian_org, effective_at);
