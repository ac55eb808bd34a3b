-- Whoever pays looks at all institutions of a day at once.
create index on settlement.bill (settled_at desc, id desc);
create index on settlement.revision (booked_on);
