-- A message by its own id, and the messages about a person: asked for from outside of its thread.
create index message_by_id on correspondence.message (org_id, id);
create index message_of_person on correspondence.message (person_id, at, id);
