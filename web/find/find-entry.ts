import { bodyPartByKey, feelingWords, type FeelingKey, type PartKey } from './body-parts.ts'

/** What somebody has said so far; kept while the tab is open, so that going back loses nothing. */
export type FindEntry = {
  who: 'me' | 'other'
  /** Whole years as typed; only asked for somebody else, or where nobody is signed in. */
  age: string
  sex: '' | 'male' | 'female'
  isPregnant: boolean
  text: string
  parts: Partial<Record<PartKey, FeelingKey[]>>
  /** Answers in the order they were given: question, and option or null for “cannot say”. */
  answers: [question: string, option: string | null][]
  /** The department that was chosen instead of the first. */
  department: string | null
}

export const blankEntry: FindEntry = {
  who: 'me',
  age: '',
  sex: '',
  isPregnant: false,
  text: '',
  parts: {},
  answers: [],
  department: null,
}

/** More questions than this nobody answers. */
export const questionsMost = 3

/** The text that triage reads: what was typed, then each touched part with how it feels. Chinese, as triage reads it. */
export const saidText = ({ text, parts }: Pick<FindEntry, 'text' | 'parts'>): string => {
  const touched = (Object.entries(parts) as [PartKey, FeelingKey[]][]).map(([part, feelings]) => {
    const { say } = bodyPartByKey(part)
    return feelings.length === 0 ? `${say}不舒服` : feelings.map((feeling) => `${say}${feelingWords[feeling].say}`).join('，')
  })
  return [text.trim(), ...touched].filter((one) => one !== '').join('，')
}

export type TriageBody = {
  text: string
  age?: number
  sex?: 'male' | 'female'
  pregnant?: boolean
  answers?: Record<string, string>
}

/** What is known of a person without asking. */
export type KnownPerson = { age: number | null; sex: 'male' | 'female' | null }

/** The request to triage; null while nothing was said. */
export const triageBody = (entry: FindEntry, me: KnownPerson | null): TriageBody | null => {
  const text = saidText(entry)
  if (text === '') return null
  const isMe = entry.who === 'me' && me !== null
  const age = isMe ? me.age : entry.age === '' ? null : Number(entry.age)
  const sex = isMe ? me.sex : entry.sex === '' ? null : entry.sex
  const answers = Object.fromEntries(entry.answers.filter((one): one is [string, string] => one[1] !== null))
  return {
    text,
    ...(age === null || !Number.isFinite(age) ? {} : { age }),
    ...(sex === null ? {} : { sex }),
    ...(entry.isPregnant && sex !== 'male' ? { pregnant: true } : {}),
    ...(Object.keys(answers).length === 0 ? {} : { answers }),
  }
}

/** The next question to ask: none after three, none that was asked already. */
export const nextQuestion = <Q extends { readonly key: string }>(
  questions: readonly Q[],
  { answers }: Pick<FindEntry, 'answers'>,
): Q | null =>
  answers.length >= questionsMost ? null : (questions.find(({ key }) => !answers.some(([asked]) => asked === key)) ?? null)
