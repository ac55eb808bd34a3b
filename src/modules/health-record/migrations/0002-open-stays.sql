-- A ward asks who lies in its beds: a few encounters in progress among all resources.
create index resource_open_stay on health_record.resource ((body::jsonb #>> '{serviceProvider,reference}'))
  where type = 'Encounter' and status = 'in-progress';
