-- Live screens follow the outbox by the age of the transaction that told an event, and then by its number.
create index outbox_in_order on platform.outbox (xid, id);
