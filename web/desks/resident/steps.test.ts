import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ShownReferral, ShownStep } from '../../../src/modules/referral/contract.ts'
import { referralWords } from './referral-words.ts'
import { stepsOf } from './steps.ts'

const place = (zh: string) => ({ id: '1', name: { zh, en: null }, tier: 'county', phone: null })
const step = (seq: number, type: string, zh: string): ShownStep => ({
  seq,
  type,
  at: '2026-11-22T01:00:00Z',
  occurredAt: '2026-11-22T01:00:00Z',
  role: 'village-doctor',
  actor: null,
  institution: { zh, en: null },
  reason: null,
  why: null,
})

const referral = (change: Partial<ShownReferral>): ShownReferral => ({
  id: '0',
  slipNo: 'R1',
  direction: 'up',
  urgency: 'ordinary',
  state: 'submitted',
  stateSince: '2026-11-22T01:00:00Z',
  waitUntil: null,
  escalations: 0,
  holds: false,
  condition: { zh: '高血压', en: 'Hypertension' },
  conditionKey: 'I10',
  specialty: '0304',
  sender: place('村卫生室'),
  receiver: place('县医院'),
  appointmentAt: null,
  timeLostAt: null,
  openedAt: '2026-11-22T01:00:00Z',
  version: 1,
  person: {
    id: '1',
    name: { zh: '演示', en: null },
    sex: 'male',
    bornOn: null,
    synthetic: true,
    phone: null,
    idNumber: null,
    address: null,
    insurance: 'none',
  },
  care: place('卫生院'),
  senderDoctor: { zh: '村医', en: null },
  letter: { impression: '', reason: '', pastHistory: '', treatment: '' },
  consent: null,
  consentRefusal: null,
  appointment: null,
  queue: null,
  returned: null,
  followUp: null,
  owesPapers: false,
  endedWhy: null,
  moves: [],
  trace: [step(1, 'referral.drafted', '村卫生室'), step(2, 'referral.submitted', '村卫生室')],
  ...change,
})

const told = { words: referralWords.zh, pick: ({ zh }: { zh: string }) => zh, say: () => '11月25日 09:00' }
const read = (one: ShownReferral): string[] => stepsOf(one, told).map(({ state, title }) => `${state} ${String(title)}`)
const appointment = { startsAt: '2026-11-25T01:00:00Z', endsAt: '2026-11-25T01:30:00Z', place: null, doctor: null }

test('a sent referral waits for the named hospital; a draft is not told as a step', () => {
  assert.deepEqual(read(referral({})), [
    'done 村卫生室替您开了转诊单',
    'now 等县医院答复',
    'next 到医院看病',
    'next 治疗',
    'next 转回家门口，家庭医生接着管',
  ])
})

for (const [change, now, why] of [
  [{ state: 'scheduled', appointment }, '请于 11月25日 09:00 前到县医院', 'when and where stand in the step itself'],
  [{ state: 'accepted', queue: '心内科床位' }, '您在“心内科床位”里排队', 'a queue is named'],
  [{ state: 'accepted' }, '等县医院安排时间', 'accepted without a time'],
  [{ state: 'rejected' }, '等村卫生室的医生给您另外安排', 'refused is never dropped: the sender finds another way'],
  [{ state: 'no-show' }, '等村卫生室的医生给您另外安排', 'nor is missed'],
  [{ state: 'handed-back' }, '等卫生院接回您', 'the family doctor’s place takes the baton'],
] as const) {
  test(`now: ${now} (${why})`, () => {
    assert.ok(read(referral(change)).includes(`now ${now}`))
  })
}

test('a return says why in plain words and what the hospital said', () => {
  const returned = { ...step(3, 'referral.rejected', '县医院'), why: 'no-capacity', reason: '请转市中心医院' }
  const steps = stepsOf(referral({ state: 'rejected', trace: [returned] }), told)
  assert.deepEqual([steps[0]?.title, steps[0]?.detail], ['县医院这次接不了', '现在没有空的床位或号。医院说：请转市中心医院。'])
})

test('a cancelled referral awaits nothing and promises nothing', () => {
  const steps = read(
    referral({ state: 'cancelled', trace: [step(1, 'referral.submitted', '村卫生室'), step(2, 'referral.cancelled', '')] }),
  )
  assert.deepEqual(steps, ['done 村卫生室替您开了转诊单', 'done 转诊已取消'])
})

test('a referral down ends with the family doctor, not with another hospital', () => {
  assert.deepEqual(read(referral({ direction: 'down' })).slice(-2), ['next 家庭医生接回您', 'next 家庭医生看您的恢复情况'])
})

test('the arrival names the place where the resident came, whoever noted it', () => {
  assert.ok(read(referral({ state: 'arrived', trace: [step(3, 'referral.arrived', '转诊办')] })).includes('done 您已到县医院'))
})
