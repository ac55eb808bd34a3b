import { writeFileSync } from 'node:fs'
import { learn, fitJoining, SCHEDULE } from '../src/modules/triage/model/learn.ts'
import { generateTexts } from '../src/modules/triage/model/generate.ts'
import { packModel } from '../src/modules/triage/model/model-file.ts'
import { MODEL_FILE } from '../src/modules/triage/open-triage.ts'
import { readKnowledge, readTrainingTexts } from '../src/modules/triage/knowledge.ts'
import { pack, PACKED_FILE } from '../src/modules/triage/packed.ts'
import { termsOf } from '../src/modules/triage/terms.ts'

// `npm run train-triage`: packs the knowledge for a quick start (with --pack nothing else), trains the classifier of triage on the written texts and on texts made of the knowledge, fits how it is
// joined with the readable score on two fifths of the written texts, each of which its model did not see, and then trains on all of them.

const HELD_OUT_EVERY = 5
/** Which fifths are held out, one after the other. */
const PARTS = [0, 2]

const knowledge = readKnowledge()
writeFileSync(PACKED_FILE, pack(knowledge))
if (process.argv.includes('--pack')) process.exit()
const terms = termsOf(knowledge)
const written = readTrainingTexts()
const made = generateTexts(knowledge, SCHEDULE.seed)
const from = performance.now()
const parts = PARTS.map((part) => ({
  held: written.filter((_, at) => at % HELD_OUT_EVERY === part),
  model: learn(terms, { written: written.filter((_, at) => at % HELD_OUT_EVERY !== part), made }, SCHEDULE),
}))
const joining = fitJoining(knowledge, terms, parts)
const packed = packModel(learn(terms, { written, made }, SCHEDULE, joining))
writeFileSync(MODEL_FILE, packed)
const seconds = ((performance.now() - from) / 1_000).toFixed(1)
console.log(
  `${written.length} written and ${made.length} made texts; joining ${JSON.stringify(joining)}; ${packed.length} bytes in ${seconds} s`,
)
