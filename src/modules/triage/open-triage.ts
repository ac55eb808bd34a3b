import { join } from 'node:path'
import { makeTriage } from './engine.ts'
import { readKnowledge, TRIAGE_KNOWLEDGE } from './knowledge.ts'
import { readModel } from './model/model-file.ts'
import { readPacked } from './packed.ts'
import { termsOf } from './terms.ts'
import type { TriageFunction } from './triage.ts'

/** Where the trained model is kept. */
export const MODEL_FILE = join(TRIAGE_KNOWLEDGE, 'model.bin')

let opened: TriageFunction | null = null

/**
 * Triage with the shipped knowledge and model, read once in a process: pure, synchronous, without a database. Never a diagnosis.
 * @throws Error naming the file of the knowledge that cannot be used
 */
export const openTriage = (): TriageFunction => {
  if (!opened) {
    const knowledge = readPacked() ?? readKnowledge()
    opened = makeTriage(knowledge, termsOf(knowledge), readModel(MODEL_FILE))
  }
  return opened
}
