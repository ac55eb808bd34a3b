import type { Check } from './check.ts'

// An escalation that fires late begins its wait late too; the promise is made for the wait as it begins.
export const talkChecks: readonly Check[] = [
  {
    name: 'held-unit-outlasts-wait',
    proves: ['B7', 'R4'],
    over: `booking.booking where state = 'held' and case_id <> id`,
    zh: '预约:转诊在等待答复或补充期间,保留的号源至少保留到该时限或就诊开始。',
    en: 'Bookings: while a case waits for an answer or for what was asked for, its unit stays held until then, or until it starts.',
    sql: `select b.org_id, b.id, b.hold_until, r.wait_until from booking.booking b
      join booking.pool p on p.org_id = b.org_id and p.id = b.pool_id
      join referral.referral r on r.id = b.case_id and r.booking_org = b.org_id and r.booking_id = b.id
      where b.state = 'held' and r.state in ('submitted', 'asked') and r.escalations = 0 and b.hold_until < least(r.wait_until, p.starts_at)`,
  },
  {
    name: 'thread-numbers-whole',
    proves: ['U4'],
    over: 'correspondence.message',
    zh: '留言:同一转诊单的留言序号从 1 起连续;撤回的留言没有附件。',
    en: 'Messages: numbers of a case run from 1 without a gap, and a withdrawn message has no files.',
    sql: `select m.org_id, m.referral_id, max(m.seq) as newest, count(*) as messages from correspondence.message m
      group by m.org_id, m.referral_id having max(m.seq) <> count(*)
      union all
      select m.org_id, m.referral_id, m.seq, count(*) from correspondence.message m join correspondence.attachment a
        on a.org_id = m.org_id and a.referral_id = m.referral_id and a.message_seq = m.seq
      where m.withdrawn_at is not null group by m.org_id, m.referral_id, m.seq`,
  },
]
