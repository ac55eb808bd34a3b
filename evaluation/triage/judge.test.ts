import { ok, strictEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { judge } from './judge.ts'
import { keywordVote } from './keyword-vote.ts'
import { measuresOf } from './measures.ts'
import { openJudgedTriage } from './opened.ts'
import { SETS } from './texts.ts'

const triage = openJudgedTriage()

// A little below what was reached (docs/triage.md); never above the aim of 75 % and 90 %. A change that falls below must say why.
const FLOORS = {
  seen: { first: 0.75, three: 0.9, hidden: 0.9, rightChannel: 0.9 },
  unseen: { first: 0.75, three: 0.9, hidden: 0.8, rightChannel: 0.85 },
} as const
// At most these shares of texts.
const NO_ANSWER_MOST = 0.05
const FALSE_ALARMS_MOST = 0.05

for (const set of SETS) {
  test(`${set} texts: the right department, an answer, and no emergency that may wait`, (t) => {
    const { departments, emergencies, calibration } = measuresOf(judge(set, triage))
    const { first, three, noAnswer } = departments
    t.diagnostic(
      `first ${first.hits}/${first.of}, three ${three.hits}/${three.of}, error ${calibration.expectedError.toFixed(3)}`,
    )
    const floor = FLOORS[set]
    ok(first.share >= floor.first, `first: ${first.hits} of ${first.of}`)
    ok(three.share >= floor.three, `among three: ${three.hits} of ${three.of}`)
    ok(noAnswer.share <= NO_ANSWER_MOST, `no answer: ${noAnswer.hits} of ${noAnswer.of}`)
    strictEqual(emergencies.graded['self-care']?.hits, 0, 'an emergency is never left to oneself')
    ok(emergencies.hidden.share >= floor.hidden, `hidden emergencies: ${emergencies.hidden.hits} of ${emergencies.hidden.of}`)
    ok(emergencies.rightChannel.share >= floor.rightChannel, `channels: ${emergencies.rightChannel.hits}`)
    ok(emergencies.falseAlarms.share <= FALSE_ALARMS_MOST, `false alarms: ${emergencies.falseAlarms.hits}`)
  })

  test(`${set} texts: triage is far above a keyword vote`, () => {
    const [by, vote] = [triage, keywordVote].map((ask) => measuresOf(judge(set, ask)).departments.first.share)
    ok((by ?? 0) > (vote ?? 1) + 0.2, `${by} against ${vote}`)
  })
}
