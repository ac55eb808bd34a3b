import { writeFileSync } from 'node:fs'
import { learn, fitJoining, SCHEDULE } from '../src/modules/triage/model/learn.ts'
import { generateTexts } from '../src/modules/triage/model/generate.ts'
import { packModel } from '../src/modules/triage/model/model-file.ts'
import { MODEL_FILE } from '../src/modules/triage/open-triage.ts'
import { readKnowledge, readTrainingTexts } from '../src/modules/triage/knowledge.ts'
import { termsOf } from '../src/modules/triage/terms.ts'

// `npm run train-triage`: trains the classifier of triage on the written texts and on texts made of the knowledge, fits how it is
// joined with the readable score on a fifth of the written texts that it did not see, and then trains on all of them.

const HELD_OUT_EVERY = 5

const knowledge = readKnowledge()
const terms = termsOf(knowledge)
const written = readTrainingTexts()
const made = generateTexts(knowledge, SCHEDULE.seed)
const held = written.filter((_, at) => at % HELD_OUT_EVERY === 0)
const rest = written.filter((_, at) => at % HELD_OUT_EVERY !== 0)
const from = performance.now()
const joining = fitJoining(knowledge, terms, learn(terms, { written: rest, made }, SCHEDULE), held)
const packed = packModel(learn(terms, { written, made }, SCHEDULE, joining))
writeFileSync(MODEL_FILE, packed)
const seconds = ((performance.now() - from) / 1_000).toFixed(1)
console.log(
  `${written.length} written and ${made.length} made texts; joining ${JSON.stringify(joining)}; ${packed.length} bytes in ${seconds} s`,
)
