-- What a revision used of each limit of one category or disease: {name: fen}. Null in entries of before: nobody kept it.
alter table settlement.year_entry add column limits_used jsonb;
