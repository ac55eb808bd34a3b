// Two persons of the story, the lower and the higher number.
const ONE = '(select min(person_id) from residents.person)'
const OTHER = '(select max(person_id) from residents.person)'
const linked = (evidence: string): string =>
  `insert into residents.link (person_id, id, into_person_id, linked_at, reason, evidence)
    values (${OTHER}, gen_random_uuid(), ${ONE}, now(), '演示', '{${evidence}}')`

/** What breaks the checks of who is whom, as the owner of the tables could. */
export const IDENTITY_PLANTS: Readonly<Record<string, string>> = {
  'joined-with-evidence': linked('name,sex,birth'),
  // The history of links knows one that was taken apart again; the person still points on.
  'link-is-one-step': `${linked('name,phone')}; update residents.link set unlinked_at = now();
    update residents.person set merged_into = ${ONE} where person_id = ${OTHER}`,
  // The same number twice; each of the two could be what the claim names.
  'number-has-one-holder': `insert into residents.identifier select (jsonb_populate_record(i, jsonb_build_object('id', gen_random_uuid()))).*
    from residents.identifier i where i.ended_at is null`,
}
