import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instant } from '../../../kernel/clock.ts'
import { CHANNEL_SHAPES } from '../channels.ts'
import { CHANNELS, NODES, type Channel, type GreenNode, type NodeTimes } from '../green-channel.ts'
import { orderFault, predecessorsOf } from './stamp-order.ts'

const at = (time: string) => instant(`2026-03-02T${time}:00+08:00`)
const times = (given: Partial<Record<GreenNode, string>>): NodeTimes =>
  Object.fromEntries(Object.entries(given).map(([node, time]) => [node, at(time)]))

// channel      written before                                 node        time    | contradicts   why
const ROWS: readonly [Channel, Partial<Record<GreenNode, string>>, GreenNode, string, GreenNode | null, string][] = [
  ['stroke', { 'first-contact': '08:10' }, 'door-in', '08:50', null, 'the door after the first contact'],
  ['stroke', { 'first-contact': '08:10' }, 'door-in', '08:10', null, 'the same minute is in order'],
  ['stroke', { 'first-contact': '08:10' }, 'door-in', '08:09', 'first-contact', 'not a minute before'],
  ['stroke', { 'door-in': '08:50' }, 'ct-report', '08:49', 'door-in', 'through a moment that was not written down'],
  ['stroke', { 'ct-start': '09:05' }, 'needle', '09:00', 'ct-start', 'nothing is dissolved before the CT'],
  ['chest-pain', { 'ecg-first': '08:20' }, 'needle', '08:15', null, 'the CT rule is the stroke channel’s own'],
  ['stroke', { needle: '09:20' }, 'ct-start', '09:30', 'needle', 'entered late, it is checked against what comes after'],
  ['stroke', { 'ct-start': '09:30' }, 'lab', '09:00', null, 'side by side: no order between them'],
  ['trauma', { 'door-in': '08:50' }, 'team-in-place', '08:40', null, 'a team may wait at the door'],
  ['newborn', { stabilised: '08:40' }, 'door-in', '08:30', 'stabilised', 'checked stable before it travels'],
]

test('A moment cannot come before its predecessors nor after its successors', () => {
  for (const [channel, given, node, time, contradicts, why] of ROWS) {
    const fault = orderFault(channel, times(given), node, at(time))
    const other = fault && (fault.earlier === node ? fault.later : fault.earlier)
    assert.equal(other, contradicts, why)
    if (fault) assert.ok(fault.earlierAt > fault.laterAt, 'it shows both times')
  }
})

test('The order has no circle, and every target runs forward in its own channel', () => {
  for (const channel of CHANNELS) {
    for (const node of NODES) assert.ok(!predecessorsOf(channel, node).has(node), `${channel} ${node}`)
    const { nodes, targets } = CHANNEL_SHAPES[channel]
    for (const { key, from, to } of targets) {
      assert.ok(nodes.includes(from) && nodes.includes(to), `${channel} ${key} times what the channel writes down`)
      assert.ok(!predecessorsOf(channel, from).has(to), `${channel} ${key} runs forward`)
    }
  }
})
