import type { Check } from './check.ts'

/** Who is whom. */
export const identityChecks: readonly Check[] = [
  {
    name: 'joined-with-evidence',
    proves: ['F9'],
    over: 'residents.link',
    zh: '主索引:没有两人仅凭姓名、性别、出生日期被合并;每次合并都写明此外的依据。',
    en: 'Index: no two persons were joined by name, sex and birth date alone; every link says on what else.',
    sql: `select l.person_id, l.into_person_id, l.evidence from residents.link l
      where cardinality(l.evidence) = 0 or l.evidence <@ array['name', 'birth', 'sex']`,
  },
  {
    name: 'link-is-one-step',
    proves: ['F8'],
    over: 'residents.person where merged_into is not null',
    zh: '主索引:合并只有一步,指向未被合并的人;与合并记录相符。',
    en: 'Index: a link is one step, to a person who stands for itself, and the history of links says the same.',
    sql: `select p.person_id, p.merged_into from residents.person p left join residents.person r on r.person_id = p.merged_into
      where p.merged_into is not null and (r.person_id is null or r.merged_into is not null
        or not exists (select from residents.link l where l.person_id = p.person_id and l.unlinked_at is null))`,
  },
  {
    name: 'number-has-one-holder',
    proves: ['F8'],
    over: 'residents.identifier where ended_at is null',
    zh: '主索引:一个号码同时只有一位持有人,持有与占用一致。',
    en: 'Index: a number has one holder at a time, and what is held is what is claimed.',
    sql: `select i.person_id, i.type from residents.identifier i where i.ended_at is null and not exists (select from residents.identifier_claim c
        where c.number_index = i.number_index and c.person_id = i.person_id)
      union all select i.person_id, i.type from residents.identifier i join residents.identifier j on j.number_index = i.number_index
        and (j.person_id, j.id) > (i.person_id, i.id) where i.ended_at is null and j.ended_at is null`,
  },
]
