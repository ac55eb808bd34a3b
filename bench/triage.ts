import { readTexts } from '../evaluation/triage/texts.ts'
import { generateTexts } from '../src/modules/triage/model/generate.ts'
import { readKnowledge, readTrainingTexts, type Knowledge } from '../src/modules/triage/knowledge.ts'
import { openTriage, type TriageFunction } from '../src/modules/triage/index.ts'
import { plainForm } from '../src/modules/triage/text/normalise.ts'
import type { Bench } from './bench.ts'
import { rateFrom, type Rate } from './rate.ts'
import type { Report } from './report.ts'

const ROUNDS = 5
const SEED = 11
const MADE = 2_000
const WANTED_PER_SECOND = 5_000

type Vote = (text: string) => string | null

/**
 * What triage would be without an automaton, denials, persons, danger signs, a classifier and reasons: every word of the same knowledge is
 * looked for by `indexOf`, and the departments that it points to are voted for.
 */
const keywordVote = ({ symptoms, names, conditions }: Knowledge): Vote => {
  const rows = [
    ...symptoms.map(({ zh, says, departments }) => ({ words: [zh, ...says], departments })),
    ...names.map(({ says, departments }) => ({ words: says, departments })),
    ...conditions.map(({ zh, aliases, specialty }) => ({ words: [zh, ...aliases], departments: { [specialty]: 5 } })),
  ]
  const words = rows.flatMap(({ words: all, departments }) =>
    all
      .filter((word) => !word.includes('~'))
      .map((word) => ({ word: plainForm(word), departments: Object.entries(departments) })),
  )
  return (text) => {
    const plain = plainForm(text)
    const votes = new Map<string, number>()
    for (const { word, departments } of words)
      if (plain.indexOf(word) >= 0) for (const [code, weight] of departments) votes.set(code, (votes.get(code) ?? 0) + weight)
    let [best, most]: [string | null, number] = [null, 0]
    for (const [code, count] of votes) if (count > most) [best, most] = [code, count]
    return best
  }
}

const measured = (texts: readonly string[], answer: (text: string) => unknown): Rate => {
  const took: number[] = []
  const from = performance.now()
  for (const text of texts) {
    const began = performance.now()
    answer(text)
    took.push(performance.now() - began)
  }
  return rateFrom(took, 0, (performance.now() - from) / 1_000)
}

const runOn = (name: string, texts: readonly string[], triage: TriageFunction, vote: Vote, report: Report) => {
  measured(texts, triage)
  measured(texts.slice(0, 200), vote)
  const rounds = Array.from({ length: ROUNDS }, () => ({ triage: measured(texts, triage), vote: measured(texts, vote) }))
  return report.rounds(
    name,
    rounds.map((round) => round.triage),
    rounds.map((round) => round.vote),
  )
}

const run = async (report: Report): Promise<void> => {
  const knowledge = readKnowledge()
  const triage = openTriage()
  const vote = keywordVote(knowledge)
  const written = readTrainingTexts().map(({ text }) => text)
  const made = generateTexts(knowledge, SEED).filter((_, at, all) => at % Math.ceil(all.length / MADE) === 0)
  const line = runOn('written texts', written, triage, vote, report)
  runOn(
    'made texts',
    made.map(({ text }) => text),
    triage,
    vote,
    report,
  )
  const asked = [...readTexts('consultation-seen'), ...readTexts('consultation-unseen')]
  runOn(
    'questions of consultations',
    asked.map(({ text }) => text),
    triage,
    vote,
    report,
  )
  report.aim({
    aim: 'texts a second on one thread',
    wanted: `≥ ${WANTED_PER_SECOND}`,
    reached: line.perSecond,
    met: line.perSecond >= WANTED_PER_SECOND,
  })
}

/** Triage with danger signs, classifier, questions and reasons, on one thread, beside a plain vote of the same words. */
export const bench: Bench = {
  name: 'triage',
  says: {
    zh: '每秒分诊多少条描述(单线程,含危险信号、追问和理由)。',
    en: 'Complaints triaged per second on one thread, with danger signs, questions and reasons.',
  },
  baseline: {
    zh: '同一轮、同样的描述和词表:逐词 indexOf 的关键词投票,不看否定、人群和危险信号。',
    en: 'in the same round, the same texts and words: a keyword vote by indexOf that knows no denials, persons or dangers.',
  },
  run,
}
