import type { Commands } from '../../api/api-types.ts'
import type { StepKind } from '../../../src/modules/continuity/continuity.ts'
import type { ShownPlan } from '../../../src/modules/continuity/contract.ts'

type Bilingual = { zh: string; en: string }

/** A step while it is being written. `key` tells rows apart until the server has given the step an id. */
export type StepDraft = {
  key: string
  id: string | null
  kind: StepKind
  words: Bilingual
  plain: Bilingual
  dueOn: string
  atHome: boolean
}

type TemplateStep = { kind: StepKind; words: Bilingual; plain: Bilingual; dueOn: string; atHome: boolean }

/** The steps of a template, ready to be changed. */
export const draftOfTemplate = (steps: readonly TemplateStep[]): StepDraft[] =>
  steps.map((step, at) => ({ ...step, key: `t${at}`, id: null }))

/** The steps of a plan, ready to be changed. */
export const draftOfPlan = ({ steps }: ShownPlan): StepDraft[] =>
  steps.map(({ id, kind, words, plain, dueOn, atHome }) => ({ key: id, id, kind, words, plain, dueOn, atHome }))

/** A step that nobody has written yet. */
export const emptyStep = (key: string, dueOn: string): StepDraft => ({
  key,
  id: null,
  kind: 'visit',
  words: { zh: '', en: '' },
  plain: { zh: '', en: '' },
  dueOn,
  atHome: false,
})

/** What a doctor typed stands in both languages until somebody translates it; what was not touched keeps its translation. */
export const retold = (before: Bilingual, text: string): Bilingual => (text === before.zh ? before : { zh: text, en: text })

/** Whether each step says what to do; and whether each has a day that is not over or stood there before. */
export const faultsOfSteps = (steps: readonly StepDraft[], today: string): { lacksWords: boolean; lacksDay: boolean } => ({
  lacksWords: steps.some(({ words }) => words.zh.trim() === ''),
  lacksDay: steps.some(({ dueOn, id }) => !/^\d{4}-\d\d-\d\d$/.test(dueOn) || (id === null && dueOn < today)),
})

/** The steps as they are sent; a step without plain words shows the resident the doctor's. */
export const sentSteps = (steps: readonly StepDraft[]): NonNullable<Commands['continuity.change-plan']['input']['steps']> =>
  steps.map(({ id, kind, words, plain, dueOn, atHome }) => {
    const said = { zh: words.zh.trim(), en: words.en.trim() || words.zh.trim() }
    const easy = plain.zh.trim() === '' ? said : { zh: plain.zh.trim(), en: plain.en.trim() || plain.zh.trim() }
    return { ...(id === null ? {} : { id }), kind, words: said, plain: easy, dueOn, atHome }
  })
