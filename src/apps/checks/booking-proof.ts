import type { Check } from './check.ts'

// What the events of pools, stops and offers must add up to (B4, B8 to B12 of docs/reliability.md).

const SHARES_TOLD = `('booking.pool-published', 'booking.quota-moved', 'booking.capacity-changed')`
/** Each telling of a pool's shares with the one before it. */
const TOLD_IN_ORDER = `select e.*, lag(e.data) over by_pool as before from platform.trace_event e
  where e.case_kind = 'pool' and e.type in ${SHARES_TOLD} and e.data ? 'capacity' window by_pool as (partition by e.org_id, e.case_id order by e.seq)`
const MOVED_BY = (share: string) =>
  `(case when e.data->>'to' = '${share}' then 1 else 0 end - case when e.data->>'from' = '${share}' then 1 else 0 end) * (e.data->>'units')::int`
const ANSWER_OF_UNIT = `k.answer ~ '^\\{"org":"[0-9]+","booking":"[0-9a-f-]{36}","(holdUntil|state)":'`
/** An act is dated when it begins and seen when it ends: acts of two people within this time are in no order. */
const OVERLAP_SECONDS = 10

export const bookingProofChecks: readonly Check[] = [
  {
    name: 'quota-move-keeps-total',
    proves: ['B4'],
    over: `platform.trace_event where type in ('booking.quota-moved', 'booking.reserve-released')`,
    zh: '号源:份额之间移动不改变总量,移出多少移入多少;释放的正是释放前预留而未用的,且只释放一次。',
    en: 'Pools: moving between shares keeps the total, as many come as go; a release opens at most what was reserved until then, once.',
    sql: `select e.org_id, e.case_id, e.seq, e.before, e.data from (${TOLD_IN_ORDER}) e join booking.pool p on p.org_id = e.org_id and p.id = e.case_id
      where e.type = 'booking.quota-moved' and e.before is not null and ((e.data->>'capacity')::int <> (e.before->>'capacity')::int
        or (e.data->>'emergency')::int - (e.before->>'emergency')::int <> ${MOVED_BY('emergency')}
        or ((p.released_at is null or e.at < p.released_at) and (e.data->>'reserved')::int - (e.before->>'reserved')::int <> ${MOVED_BY('reserved')}))
      union all
      select p.org_id, p.id, r.times, jsonb_build_object('reserved', p.reserved_until_release), jsonb_build_object('released', r.units) from booking.pool p
      cross join lateral (select count(*)::int as times, sum((e.data->>'units')::int) as units from platform.trace_event e
        where e.org_id = p.org_id and e.case_id = p.id and e.type = 'booking.reserve-released' and e.at >= p.released_at) r
      where p.released_at is not null and (r.times > 1 or r.units > p.reserved_until_release)`,
  },
  {
    name: 'capacity-change-has-reason',
    proves: ['B8'],
    over: `platform.trace_event where type in ('booking.quota-moved', 'booking.capacity-changed', 'booking.pool-stopped')`,
    zh: '号源:容量变动、份额移动和停诊都有经办人和理由。',
    en: 'Pools: whoever changes a capacity, moves a quota or stops a clinic is known, and so is the reason.',
    sql: `select e.org_id, e.case_id, e.seq, e.type, e.actor_role from platform.trace_event e
      where e.type in ('booking.quota-moved', 'booking.capacity-changed', 'booking.pool-stopped')
        and (length(trim(coalesce(e.reason, ''))) < 2 or (e.actor_account is null and e.actor_role <> 'system'))`,
  },
  {
    name: 'stop-ends-every-booking',
    proves: ['B8', 'B9'],
    over: 'booking.pool where stopped_at is not null',
    zh: '停诊:停诊的号源不再有待就诊的预约;每个由机构取消的预约都告知过一次。',
    en: 'Stops: no live booking is left in a stopped pool, and each that the institution ended was told of once.',
    sql: `select b.org_id, b.id, b.state from booking.booking b join booking.pool p on p.org_id = b.org_id and p.id = b.pool_id
      where p.stopped_at is not null and b.state in ('held', 'confirmed') and b.made_at <= p.stopped_at
      union all
      select b.org_id, b.id, b.state from booking.booking b
      where b.state = 'cancelled' and b.ended_by = 'institution' and b.group_id is null and 1 <> (select count(*) from platform.trace_event e
        where e.org_id = b.org_id and e.case_id = b.id and e.type = 'booking.clinic-stopped')`,
  },
  {
    name: 'stopped-person-is-seen-to',
    proves: ['B9'],
    over: `platform.trace_event where type = 'booking.clinic-stopped'`,
    zh: '停诊:每位受影响者恰被告知一次,并得到另一个号源或候补名单中的位置。',
    en: 'Stops: each affected person was told exactly once, and has another unit offered or a place on the waiting list.',
    sql: `select e.org_id, e.case_id, e.person_id, n.told, n.seen_to from platform.trace_event e
      join platform.outbox o on o.org_id = e.org_id and o.event_id = e.id and o.sent_at is not null
      join booking.booking b on b.org_id = e.org_id and b.id = e.case_id
      join booking.pool p on p.org_id = b.org_id and p.id = b.pool_id and p.unit_kind in ('visit', 'exam', 'session')
      cross join lateral (select count(*)::int as told, bool_or(exists (select from booking.waiting w
          where w.person_id = e.person_id and w.id = (n.data->>'waiting')::uuid)) as seen_to
        from booking.notice n where n.person_id = e.person_id and n.subject = e.case_id and n.kind = 'clinic-stopped') n
      where e.type = 'booking.clinic-stopped' and p.stopped_at is not null and (n.told <> 1 or n.seen_to is not true)`,
  },
  {
    name: 'offer-keeps-order',
    proves: ['B10'],
    over: 'booking.offer',
    zh: '候补:按次序提供;越过他人的都写明人数、理由和经办人。',
    en: 'Waiting list: offers keep the order; one that passes somebody over says how many, why, and who decided it.',
    // Of beds: whoever waits for no more nights in the same kind of bed could have taken the very stay that went to somebody behind.
    sql: `select o.org_id, o.id, o.passed_over, w.id as before from booking.offer o join booking.pool p on p.org_id = o.org_id and p.id = o.pool_id
      left join booking.stay s on s.org_id = o.org_id and s.id = o.group_id
      join booking.booking b on b.org_id = o.org_id and b.id = o.id
      join booking.waiting_at a on a.org_id = o.org_id and a.state = 'waiting' and a.specialty = p.specialty and a.unit_kind = p.unit_kind
        and a.channel = b.channel and (a.rank, a.asked_at, a.waiting_id) < (o.rank, o.asked_at, o.waiting_id)
        and (p.starts_at at time zone 'Asia/Shanghai')::date between a.earliest_on and a.latest_on
        and (o.group_id is null or (a.sex = s.sex and a.isolation = s.isolation and a.nights <= o.until_on - o.from_on))
      join booking.waiting w on w.person_id = a.person_id and w.id = a.waiting_id and w.state = 'waiting' and w.missed = 0
        and w.changed_at < o.made_at - interval '${OVERLAP_SECONDS} seconds'
      where o.passed_over = 0 and not exists (select from booking.person_claim c where c.person_id = a.person_id)
        and not exists (select from booking.every_booking y where y.person_id = a.person_id and y.made_at <= o.made_at
          and y.changed_at >= o.made_at - interval '${OVERLAP_SECONDS} seconds')
        and not exists (select from booking.offer x where x.waiting_id = a.waiting_id)
        and not exists (select from booking.standing s where s.person_id = a.person_id)
      union all
      select o.org_id, o.id, o.passed_over, null from booking.offer o
      where o.passed_over > 0 and (length(trim(coalesce(o.override_reason, ''))) < 2 or o.override_by is null)`,
  },
  {
    name: 'key-is-one-unit',
    proves: ['B11'],
    over: `platform.idempotency k where ${ANSWER_OF_UNIT}`,
    zh: '幂等:号源请求的每个键对应恰好一个预约,不同的键从不指向同一次取号。',
    en: 'Idempotency: a key by which a unit was drawn names exactly one booking, and no other key names the same draw.',
    sql: `select k.org_id, k.account_id, k.key, b.found, twin.keys from (select k.*, (k.answer::jsonb)->>'org' as of_org, (k.answer::jsonb)->>'booking' as of_booking
        from platform.idempotency k where ${ANSWER_OF_UNIT}) k
      cross join lateral (select count(*) as found from booking.every_booking b where b.org_id = k.of_org::bigint and b.id = k.of_booking::uuid) b
      cross join lateral (select count(*) as keys from platform.idempotency o where o.answer = k.answer) twin
      where b.found <> 1 or twin.keys <> 1`,
  },
  {
    name: 'direct-never-on-reserve',
    proves: ['B12'],
    over: `booking.every_booking where channel = 'direct'`,
    zh: '号源:直接预约从未占用预留或急诊份额;预留从未提前释放。',
    en: 'Pools: no direct booking stands on the reserve or the emergency share, and no reserve was opened before its time.',
    sql: `select b.org_id, b.id, b.share, null::timestamptz as released_at from booking.every_booking b where b.channel = 'direct' and b.share <> 'open'
      union all
      select p.org_id, p.id, 'reserved', p.released_at from booking.pool p where p.released_at < p.release_at`,
  },
]
