import { parseArgs } from 'node:util'
import { seeded } from '../../tests/invariants/small-region.ts'
import { keywordVote } from './keyword-vote.ts'
import { isAmongThree, isRight, measuresOf, milderBy, type Answer, type Judged } from './measures.ts'
import { openJudgedTriage } from './opened.ts'
import { linesOf, type Report } from './report.ts'
import { isEmergency, isSeen, readTexts, SETS, type Labelled, type SetName } from './texts.ts'
import { variedEmergencies, variedOthers } from './varied.ts'

// `node evaluation/triage/judge.ts [--set seen|unseen|consultation-seen|consultation-unseen] [--bare] [--json] [--faults] [--varied]`: what triage reaches on the written
// texts, with a keyword vote beside it. --bare keeps age and sex back; --faults lists what failed, of the seen texts only;
// --varied counts the texts whose grade another way of saying them moved.

type Ask = (row: Pick<Labelled, 'text' | 'age' | 'sex'>) => Answer

/** Every text of a set, answered; with `isBare` without age and sex. */
export const judge = (set: SetName, ask: Ask, isBare = false): Judged[] =>
  readTexts(set).map((row) => ({ row, answer: ask(isBare ? { text: row.text } : row) }))

const faultOf = (judged: Judged): string | null => {
  const { row, answer } = judged
  const says = [
    ...(isEmergency(row) && milderBy(judged) > 0 ? [`EMERGENCY graded ${answer.urgency}`] : []),
    ...(milderBy(judged) < 0 && answer.urgency === 'emergency' ? ['false alarm'] : []),
    ...(row.departments.length === 0 && answer.departments.length > 0 ? ['nothing medical'] : []),
    ...(row.departments.length > 0 && !isAmongThree(judged) ? ['not among three'] : []),
    ...(row.departments.length > 0 && isAmongThree(judged) && !isRight(judged) ? ['not first'] : []),
  ]
  if (says.length === 0) return null
  const codes = answer.departments.slice(0, 3).map(({ code, confidence }) => `${code}:${confidence.toFixed(2)}`)
  return [says.join(', '), row.id, `label ${row.departments}`, `answered ${codes.join(' ')}`, answer.urgency, row.text].join(
    ' | ',
  )
}

const variedLines = (set: SetName, ask: Ask): string[] =>
  [...variedEmergencies(set, ask, seeded(1)), ...variedOthers(set, ask)].map(
    ({ name, pairs, broken }) => `${set}  ${name.padEnd(24)}${broken.length} of ${pairs} broke`,
  )

const main = (): void => {
  const { values } = parseArgs({
    options: {
      set: { type: 'string' },
      bare: { type: 'boolean' },
      varied: { type: 'boolean' },
      json: { type: 'boolean' },
      faults: { type: 'boolean' },
    },
  })
  const sets = SETS.filter((set) => values.set === undefined || values.set === set)
  if (sets.length === 0) throw new Error(`There is no set ${values.set}; there are ${SETS.join(' and ')}.`)
  const triage = openJudgedTriage()
  if (values.faults) {
    if (values.set && !sets.some(isSeen)) throw new Error('The unseen texts are only counted: say --set seen.')
    return console.log(
      sets
        .filter(isSeen)
        .flatMap((set) => judge(set, triage, values.bare))
        .map(faultOf)
        .filter((line) => line !== null)
        .join('\n'),
    )
  }
  if (values.varied) return console.log(sets.flatMap((set) => variedLines(set, triage)).join('\n'))
  const ways: [string, Ask][] = [
    ['triage', triage],
    ['keyword vote', keywordVote],
  ]
  const reports = sets.flatMap((set) =>
    ways.map(([by, ask]): Report => ({ set, by, measures: measuresOf(judge(set, ask, values.bare)) })),
  )
  if (values.json) return console.log(JSON.stringify(reports, null, 2))
  for (const report of reports) console.log(`${linesOf(report, report.by === 'triage').join('\n')}\n`)
}

if (import.meta.main) main()
