import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { keywordVote } from './keyword-vote.ts'
import { calibrationOf, measuresOf, milderBy, shareOf, type Answer, type Judged } from './measures.ts'
import type { Grade, Labelled } from './texts.ts'

const judged = (row: Partial<Labelled>, answer: Partial<Answer>): Judged => ({
  row: { id: '00000000', text: '头痛', departments: ['0303'], urgency: ['soon'], ...row },
  answer: { departments: [], urgency: 'soon', channels: [], ...answer },
})
const guess = (...codes: string[]): Answer['departments'] => codes.map((code) => ({ code, confidence: 0.5 }))

test('a department counts by the label: first, any accepted, among three, same group, none', () => {
  // label, answered | strict, first, strict three, three, group, none
  const table = [
    [['0303'], ['0303'], [1, 1, 1, 1, 1, 0], 'right'],
    [['0303', '1100'], ['1100', '0303'], [0, 1, 1, 1, 0, 0], 'the second best is accepted, strictly it is not'],
    [['0303'], ['0304', '1100', '0303'], [0, 0, 1, 1, 1, 0], 'third, and the same group'],
    [['0303', '1100'], ['0200', '1000', '1100'], [0, 0, 0, 1, 0, 0], 'an alternative in the third place'],
    [['0303'], ['0200', '1000', '1100', '0303'], [0, 0, 0, 0, 0, 0], 'fourth is too late'],
    [['0303'], [], [0, 0, 0, 0, 0, 1], 'no answer'],
  ] as const
  for (const [labels, answered, expected, why] of table) {
    const one = judged({ departments: [...labels] }, { departments: guess(...answered) })
    const { strictFirst, first, strictThree, three, sameGroup, noAnswer } = measuresOf([one]).departments
    deepStrictEqual(
      [strictFirst, first, strictThree, three, sameGroup, noAnswer].map(({ hits }) => hits),
      expected,
      why,
    )
  }
})

test('urgency is measured in steps from what is acceptable', () => {
  const table: readonly (readonly [Labelled['urgency'], Grade, number, string])[] = [
    [['soon'], 'soon', 0, 'right'],
    [['self-care', 'soon'], 'soon', 0, 'either is right'],
    [['emergency'], 'self-care', 3, 'the worst that can happen'],
    [['urgent', 'emergency'], 'soon', 1, 'below the milder one'],
    [['self-care', 'soon'], 'emergency', -2, 'a false alarm'],
  ]
  for (const [urgency, answered, expected, why] of table)
    strictEqual(milderBy(judged({ urgency }, { urgency: answered })), expected, why)
})

test('emergencies and false alarms are counted apart, and a text where either is acceptable is neither', () => {
  const { emergencies, answeredNothing } = measuresOf([
    judged({ urgency: ['emergency'], dangers: ['stroke'], kind: 'hidden' }, { urgency: 'self-care' }),
    judged({ urgency: ['emergency'], dangers: ['stroke'] }, { urgency: 'emergency', channels: ['stroke'] }),
    judged({ urgency: ['urgent', 'emergency'] }, { urgency: 'emergency' }),
    judged({ kind: 'negated' }, { urgency: 'emergency' }),
    judged({ kind: 'nothing-medical', departments: [] }, { departments: guess('0300') }),
  ])
  const { graded, hidden, rightChannel, falseAlarms, falseAlarmsOfNegated } = emergencies
  const shown = [
    graded['emergency'],
    graded['self-care'],
    hidden,
    rightChannel,
    falseAlarms,
    falseAlarmsOfNegated,
    answeredNothing,
  ]
  deepStrictEqual(
    shown.map((one) => [one?.hits, one?.of]),
    [
      [1, 2],
      [1, 2],
      [0, 1],
      [1, 2],
      [1, 2],
      [1, 1],
      [1, 1],
    ],
  )
})

test('calibration: what says 0.9 and is right in one of two is wrong by 0.4', () => {
  const sure = [{ code: '0303', confidence: 0.9 }]
  const { expectedError } = calibrationOf([
    judged({}, { departments: sure }),
    judged({ departments: ['1000'] }, { departments: sure }),
  ])
  ok(Math.abs(expectedError - 0.4) < 1e-9, `${expectedError}`)
})

test('the interval of a share is Wilson’s', () => {
  const { low, high } = shareOf(75, 100)
  deepStrictEqual([low.toFixed(4), high.toFixed(4)], ['0.6570', '0.8245'])
  deepStrictEqual([shareOf(0, 0).low, shareOf(0, 0).high], [0, 1], 'nothing is known of nothing')
})

test('the keyword vote counts words: neither denied nor weighted', () => {
  strictEqual(keywordVote({ text: '没有咳嗽,眼睛红,视力差' }).departments[0]?.code, '1000')
  deepStrictEqual(keywordVote({ text: '停车收费吗' }).departments, [])
})
