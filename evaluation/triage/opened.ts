import type { Answer } from './measures.ts'
import type { Labelled } from './texts.ts'

/** The house's triage, its answer cut down to what is judged. Opened once; answering is synchronous. */
export const openJudgedTriage = async (): Promise<(asked: Pick<Labelled, 'text' | 'age' | 'sex'>) => Answer> => {
  const { openTriage } = await import('../../src/modules/triage/index.ts')
  const triage = openTriage()
  return ({ text, age, sex }) => {
    const { departments, urgency, dangerSigns } = triage(text, {
      ...(age === undefined ? {} : { age }),
      ...(sex === undefined ? {} : { sex }),
    })
    return {
      departments: departments.map(({ code, confidence }) => ({ code: code.replace('.', ''), confidence })),
      urgency,
      channels: dangerSigns.map(({ channel }) => channel),
    }
  }
}
