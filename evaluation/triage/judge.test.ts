import { ok } from 'node:assert/strict'
import { test } from 'node:test'
import { judge } from './judge.ts'
import { keywordVote } from './keyword-vote.ts'
import { measuresOf } from './measures.ts'
import { openJudgedTriage } from './opened.ts'
import { SETS } from './texts.ts'

const triage = openJudgedTriage()

// A little below what was reached (docs/triage.md). The seen emergencies were mended one by one, the unseen ones never looked at: only
// the latter say how many are found elsewhere. Raise them as triage gets better.
const FLOORS = {
  seen: { first: 0.86, three: 0.96, emergencies: 0.96, hidden: 0.95, rightChannel: 0.85 },
  unseen: { first: 0.82, three: 0.95, emergencies: 0.85, hidden: 0.76, rightChannel: 0.67 },
  'consultation-seen': { first: 0.86, three: 0.95, emergencies: 0.6, hidden: 0, rightChannel: 0.6 },
  'consultation-unseen': { first: 0.85, three: 0.95, emergencies: 0.6, hidden: 0, rightChannel: 0.6 },
} as const
// At most these shares of texts. Of what says nothing medical a consultation set has few.
const NO_ANSWER_MOST = 0.01
const FALSE_ALARMS_MOST = 0.05
const ANSWERED_NOTHING_MOST = { seen: 0.1, unseen: 0.2, 'consultation-seen': 0.2, 'consultation-unseen': 1 } as const
// The expected calibration error.
const CALIBRATION_MOST = 0.12

for (const set of SETS) {
  test(`${set} texts: the right department, an answer, and emergencies found`, (t) => {
    const { departments, emergencies, calibration, answeredNothing } = measuresOf(judge(set, triage))
    const { first, three, noAnswer } = departments
    t.diagnostic(
      `first ${first.hits}/${first.of}, three ${three.hits}/${three.of}, error ${calibration.expectedError.toFixed(3)}`,
    )
    const floor = FLOORS[set]
    ok(first.share >= floor.first, `first: ${first.hits} of ${first.of}`)
    ok(three.share >= floor.three, `among three: ${three.hits} of ${three.of}`)
    ok(noAnswer.share <= NO_ANSWER_MOST, `no answer: ${noAnswer.hits} of ${noAnswer.of}`)
    const [found, leftAlone] = [emergencies.graded['emergency'], emergencies.graded['self-care']]
    ok((found?.share ?? 0) >= floor.emergencies, `emergencies found: ${found?.hits} of ${found?.of}`)
    ok((leftAlone?.hits ?? Infinity) === 0, `emergencies left to oneself: ${leftAlone?.hits}`)
    ok(emergencies.hidden.share >= floor.hidden, `hidden emergencies: ${emergencies.hidden.hits} of ${emergencies.hidden.of}`)
    ok(emergencies.rightChannel.share >= floor.rightChannel, `channels: ${emergencies.rightChannel.hits}`)
    ok(emergencies.falseAlarms.share <= FALSE_ALARMS_MOST, `false alarms: ${emergencies.falseAlarms.hits}`)
    ok(answeredNothing.share <= ANSWERED_NOTHING_MOST[set], `nothing medical, answered: ${answeredNothing.hits}`)
    ok(calibration.expectedError <= CALIBRATION_MOST, `calibration: ${calibration.expectedError}`)
  })

  test(`${set} texts: triage is far above a keyword vote`, () => {
    const [by, vote] = [triage, keywordVote].map((ask) => measuresOf(judge(set, ask)).departments.first.share)
    ok((by ?? 0) > (vote ?? 1) + 0.2, `${by} against ${vote}`)
  })
}
