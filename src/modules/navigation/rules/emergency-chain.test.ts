import assert from 'node:assert/strict'
import test from 'node:test'
import { chainOf, stepWords } from './emergency-chain.ts'
import { clockFor, TIMED_TREATMENTS, type EmergencyChannel } from './time-critical.ts'

const MINUTES: Readonly<Record<string, number>> = {
  'door-to-balloon': 90,
  'door-to-needle': 30,
  'contact-to-device': 120,
  'door-in-door-out': 30,
  'door-to-puncture': 90,
  'door-to-operation': 30,
}
const minutesOf = (target: string): number => MINUTES[target] ?? Number.NaN

type Row = readonly [
  channel: EmergencyChannel,
  first: string,
  travel: number,
  best: number | null,
  onward: readonly (readonly [name: string, capabilities: readonly string[], minutesFromFirst: number])[],
  expected: readonly [
    rule: string,
    steps: readonly (readonly [name: string, capability: string, arrive: number, treat: number])[],
  ],
  why: string,
]

const ROWS: readonly Row[] = [
  ['chest-pain', 'ppci', 30, 120, [['here', ['ppci'], 0]], ['chain-direct', [['here', 'ppci', 30, 120]]], 'PCI exactly in time: straight there'],
  ['chest-pain', 'lysis', 20, 130, [['here', ['lysis'], 0], ['far', ['ppci'], 50], ['near', ['ppci'], 40]], ['chain-transfer', [['here', 'lysis', 20, 50], ['near', 'ppci', 90, 180]]], 'PCI too late: thrombolysis first, then the nearest with PCI from there'],
  ['chest-pain', 'lysis', 40, 130, [['here', ['lysis', 'ppci'], 0], ['near', ['ppci'], 10]], ['chain-transfer', [['here', 'lysis', 40, 70], ['here', 'ppci', 40, 130]]], 'one house does both: nobody is moved'],
  ['chest-pain', 'lysis', 20, null, [['here', ['lysis'], 0]], ['chain-nearest', [['here', 'lysis', 20, 50]]], 'no PCI anywhere: thrombolysis alone'],
  ['chest-pain', 'ppci', 60, 150, [['here', ['ppci'], 0]], ['chain-late', [['here', 'ppci', 60, 150]]], 'PCI too late and no thrombolysis: PCI all the same'],
  ['stroke', 'lysis', 20, 50, [['here', ['lysis'], 0], ['big', ['lysis', 'thrombectomy'], 60]], ['chain-onward', [['here', 'lysis', 20, 50], ['big', 'thrombectomy', 110, 200]]], 'thrombolysis at the nearest, thrombectomy where needed'],
  ['trauma', 'damage-control', 15, 45, [['here', ['damage-control'], 0]], ['chain-nearest', [['here', 'damage-control', 15, 45]]], 'one treatment: the nearest'],
] // prettier-ignore

test('where to go now, and where from there', () => {
  for (const [channel, capability, travel, bestMinutes, onward, [rule, steps], why] of ROWS) {
    const treatment = TIMED_TREATMENTS[channel].find((one) => one.capability === capability)
    assert.ok(treatment)
    const chain = chainOf({
      channel,
      first: { centre: 'here', clock: clockFor(treatment, travel, minutesOf) },
      onward: onward.map(([centre, capabilities, minutesFromFirst]) => ({ centre, capabilities, minutesFromFirst })),
      bestMinutes,
      minutesOf,
    })
    const found = chain.steps.map((step) => [step.centre, step.treatment.capability, step.arriveMinutes, step.treatMinutes])
    assert.deepEqual([chain.rule.code, found], [rule, steps], why)
    assert.equal(chain.strategy, steps.length > 1 ? 'treat-then-transfer' : 'direct', why)
    for (const [at, step] of chain.steps.entries()) assert.match(stepWords(step, at === 0).zh, at === 0 ? /^现在去/ : /^随后到/)
  }
})
