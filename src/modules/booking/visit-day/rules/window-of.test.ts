import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instant } from '../../../../kernel/clock.ts'
import { windowOf } from './window-of.ts'

const at = (time: string) => instant(`2026-11-23T${time}:00+08:00`)
const POLICY = { windowMinutes: 30, walkInMinutes: 30 }

// number taken | booked slot | window | the sentence of the rule
const TABLE: [string, string | null, string, string][] = [
  ['08:40', '09:00', '09:00', 'who comes early keeps the time that was booked'],
  ['09:30', '09:00', '09:00', 'and so does who comes by the end of its window'],
  ['09:31', '09:00', '10:00', 'who comes later stands with those who come then'],
  ['11:10', '09:00', '11:30', 'however much later'],
  ['09:00', null, '09:30', 'a walk-in on the stroke of a window stands one behind'],
  ['09:01', null, '10:00', 'and just after it with the window after that'],
  ['08:59', null, '09:30', 'just before it with the one that then begins'],
]

for (const [taken, slot, wanted, why] of TABLE)
  test(`Window of a number: ${why}`, () => assert.equal(windowOf(at(taken), slot === null ? null : at(slot), POLICY), at(wanted)))
