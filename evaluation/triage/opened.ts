import { openTriage } from '../../src/modules/triage/index.ts'
import type { Answer } from './measures.ts'
import type { Labelled } from './texts.ts'

/** The house's triage, its answer cut down to what is judged; synchronous. */
export const openJudgedTriage = (): ((asked: Pick<Labelled, 'text' | 'age' | 'sex'>) => Answer) => {
  const triage = openTriage()
  return ({ text, age, sex }) => {
    const { departments, urgency, dangerSigns } = triage(text, { age, sex })
    return {
      departments: departments.map(({ code, confidence }) => ({ code: code.replace('.', ''), confidence })),
      urgency,
      channels: dangerSigns.map(({ channel }) => channel),
    }
  }
}
