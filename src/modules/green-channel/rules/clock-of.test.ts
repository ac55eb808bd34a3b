import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instant } from '../../../kernel/clock.ts'
import { loadRulebook } from '../../../platform/rulebook.ts'
import { valueOn } from '../../../shapes/rulebook.ts'
import type { Day } from '../../../kernel/day.ts'
import { CHANNEL_SHAPES } from '../channels.ts'
import { CHANNELS, type Capability, type GreenCaseId, type GreenNode, type NodeTimes } from '../green-channel.ts'
import { clockOf, nextTarget, noticesOf, type ClockFacts } from './clock-of.ts'

const at = (time: string) => instant(`2026-03-02T${time}+08:00`)
const times = (given: Partial<Record<GreenNode, string>>): NodeTimes =>
  Object.fromEntries(Object.entries(given).map(([node, time]) => [node, at(`${time}:00`)]))

const facts = (
  given: Partial<Record<GreenNode, string>>,
  patch: { state?: 'open' | 'ended'; treatment?: Capability; onward?: string } = {},
): ClockFacts => ({
  channel: 'stroke',
  state: patch.state ?? 'open',
  choice: { treatment: patch.treatment ?? 'lysis', travelMinutes: 0, isOwnWish: false, why: { zh: '', en: '' }, considered: [] },
  onward: (patch.onward ?? null) as GreenCaseId | null,
  times: times(given),
})
const WARN_SHARE = 7_500
const clock = (one: ClockFacts, now: string) => clockOf(one, () => 60, WARN_SHARE, at(now))
const needle = (one: ClockFacts, now: string) => clock(one, now).find(({ target }) => target.key === 'door-to-needle')

const DOOR = { 'first-contact': '08:10', 'door-in': '09:00' } as const

// written                        now         | state      why
const ROWS: readonly [ClockFacts, string, string, string][] = [
  [facts({}), '09:30:00', 'waiting', 'the door has not been reached'],
  [facts(DOOR), '09:44:59', 'ok', 'just before three quarters of the hour'],
  [facts(DOOR), '09:45:00', 'soon', 'at three quarters'],
  [facts(DOOR), '10:00:00', 'soon', 'the last moment is still in time'],
  [facts(DOOR), '10:00:01', 'late', 'a second later it is late'],
  [facts({ ...DOOR, needle: '10:00' }), '12:00:00', 'ok', 'done on the last minute'],
  [facts({ ...DOOR, needle: '10:01' }), '12:00:00', 'late', 'late stays late after it is done'],
  [facts({ needle: '09:30' }), '12:00:00', 'unknown', 'without the door nobody can tell'],
  [facts(DOOR, { state: 'ended' }), '12:00:00', 'unknown', 'ended without the moment'],
  [facts(DOOR, { treatment: 'thrombectomy' }), '12:00:00', 'waiting', 'not asked of one who goes to thrombectomy'],
  [facts({ ...DOOR, needle: '09:30' }, { treatment: 'thrombectomy' }), '12:00:00', 'ok', 'but told when it was done'],
]

test('A target is waiting, in time, near, late or not to be told; late is never hidden', () => {
  for (const [one, now, state, why] of ROWS) assert.equal(needle(one, now)?.state, state, why)
})

test('What is next is the running target that is due first', () => {
  assert.equal(
    nextTarget(clock(facts({ onset: '08:00', ...DOOR }), '09:01:00'))?.target.key,
    'onset-to-needle',
    'one that is past stays in front',
  )
  assert.equal(
    nextTarget(clock(facts({ ...DOOR, needle: '09:10', 'ct-start': '09:05', 'ct-report': '09:06', lab: '09:07' }), '09:20:00')),
    null,
  )
})

test('A transfer onward starts the door-in-door-out clock', () => {
  const dido = (one: ClockFacts) => clock(one, '09:10:00').find(({ target }) => target.key === 'door-in-door-out')?.isRunning
  assert.equal(dido(facts(DOOR)), false)
  assert.equal(dido(facts(DOOR, { onward: 'next' })), true)
})

test('Each running target is told once as near and once as late, and late only when it is past already', () => {
  const notices = (now: string, told = {}) =>
    noticesOf(clock(facts(DOOR), now), told, at(now))
      .filter(({ key }) => key === 'door-to-needle')
      .map(({ what }) => what)
  assert.deepEqual(notices('09:10:00'), ['soon', 'late'])
  assert.deepEqual(notices('09:46:00', { 'door-to-needle': 'soon' }), ['late'])
  assert.deepEqual(notices('10:30:00'), ['late'])
  assert.deepEqual(notices('10:30:00', { 'door-to-needle': 'late' }), [])
})

// channel       target                 minutes  source of the number
const MINUTES: readonly [(typeof CHANNELS)[number], string, number][] = [
  ['chest-pain', 'contact-to-ecg', 10],
  ['chest-pain', 'ecg-to-read', 10],
  ['chest-pain', 'door-to-troponin', 20],
  ['chest-pain', 'door-to-balloon', 90],
  ['chest-pain', 'door-in-door-out', 30],
  ['chest-pain', 'contact-to-device', 120],
  ['stroke', 'onset-to-needle', 270],
  ['stroke', 'door-to-needle', 60],
  ['stroke', 'door-to-ct', 25],
  ['trauma', 'operation-length', 90],
  ['maternal', 'decision-to-delivery', 30],
  ['newborn', 'call-to-team', 30],
]

test('The rulebook has a value for every target, window and share that the channels name', async () => {
  const rulebook = await loadRulebook()
  const day = '2026-03-02' as Day
  for (const [channel, key, minutes] of MINUTES)
    assert.equal(valueOn(rulebook, `green-channel.${channel}-minutes`, day, key), minutes, `${channel} ${key}`)
  for (const channel of CHANNELS) {
    const { targets, treatments } = CHANNEL_SHAPES[channel]
    for (const { key, measures } of targets) {
      assert.ok(valueOn(rulebook, `green-channel.${channel}-minutes`, day, key) > 0)
      if (measures.includes('reach')) assert.ok(valueOn(rulebook, 'green-channel.reach-shares', day, `${channel}-${key}`) > 0)
    }
    for (const { window, doorTarget } of treatments) {
      if (window) assert.ok(valueOn(rulebook, 'green-channel.windows', day, window) > 0)
      assert.ok(
        targets.some(({ key }) => key === doorTarget),
        `${channel} ${doorTarget}`,
      )
    }
  }
})
