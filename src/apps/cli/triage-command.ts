import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { access } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import type { Writable } from 'node:stream'
import { z } from 'zod'
import type { Words } from '../../kernel/words.ts'
import { printedSpecialty } from '../../modules/organisations/index.ts'
import { openTriage, type Triage, type TriageAbout } from '../../modules/triage/index.ts'
import { CliRefusal } from './cli-refusal.ts'

export type TriageWish = {
  readonly text: string | undefined
  readonly file: string | undefined
  readonly asJson: boolean
  readonly age: string | undefined
  readonly sex: string | undefined
}

const TEXT_MOST = 20_000
const lineSchema = z.object({
  id: z.union([z.string(), z.number()]).optional(),
  text: z.string().max(TEXT_MOST),
  age: z.number().min(0).max(130).nullish(),
  sex: z.enum(['male', 'female', '男', '女', 'm', 'f', 'M', 'F']).nullish(),
})

const SEXES: Readonly<Record<string, 'male' | 'female'>> = { male: 'male', female: 'female', 男: 'male', 女: 'female', m: 'male', f: 'female', M: 'male', F: 'female' } // prettier-ignore
const aboutOf = (age: number | null | undefined, sex: string | null | undefined): TriageAbout => ({
  age: age ?? undefined,
  sex: sex ? SEXES[sex] : undefined,
})

/** What is printed of a triage: codes as 诊疗科目名录 prints them, `03.04`. */
export const printed = ({ departments, urgency, dangerSigns, conditions, advice, questions, reasons }: Triage) => ({
  departments: departments.map(({ code, name, confidence }) => ({
    code: printedSpecialty(code),
    name: name.zh,
    nameEn: name.en,
    confidence,
  })),
  urgency,
  dangerSigns,
  conditions,
  advice,
  questions,
  reasons,
})

/** One line of the input answered: the triage, or why the line cannot be used. */
export const answerLine = (line: string, number: number): { readonly text: string; readonly isGood: boolean } => {
  const bad = (why: Words) => ({ text: JSON.stringify({ line: number, error: why }), isGood: false })
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return bad({ zh: '该行不是 JSON;每行应为 {"id":…,"text":…}。', en: 'The line is no JSON; each line is {"id":…,"text":…}.' })
  }
  const row = lineSchema.safeParse(value)
  if (!row.success) {
    const fields = row.error.issues.map(({ path }) => path.join('.') || '(line)').join(', ')
    return bad({
      zh: `字段不符合要求:${fields}。text 为文字(至多 ${TEXT_MOST} 字),age 为岁,sex 为 male 或 female。`,
      en: `These fields do not fit: ${fields}. text is a text (at most ${TEXT_MOST} characters), age in years, sex male or female.`,
    })
  }
  const { id, text, age, sex } = row.data
  const answer = printed(openTriage()(text, aboutOf(age, sex)))
  return { text: JSON.stringify(id === undefined ? answer : { id, ...answer }), isGood: true }
}

/** Answers a file of lines (`-` is the standard input) as they come; true when every line could be used. */
const answerFile = async (file: string, out: Writable): Promise<boolean> => {
  if (file !== '-')
    await access(file).catch(() => {
      throw new CliRefusal({ zh: `读不到文件 ${file}。请检查路径。`, en: `The file ${file} cannot be read. Check the path.` })
    })
  const lines = createInterface({ input: file === '-' ? process.stdin : createReadStream(file), crlfDelay: Infinity })
  let number = 0
  let isGood = true
  for await (const line of lines) {
    number += 1
    if (line.trim() === '') continue
    const answer = answerLine(line.replace(/^\uFEFF/, ''), number)
    isGood &&= answer.isGood
    if (!out.write(`${answer.text}\n`)) await once(out, 'drain')
  }
  return isGood
}

const GRADES: Readonly<Record<Triage['urgency'], Words>> = {
  emergency: { zh: '紧急(现在)', en: 'emergency (now)' },
  urgent: { zh: '尽快(今天)', en: 'urgent (today)' },
  soon: { zh: '近几天', en: 'soon (within days)' },
  'self-care': { zh: '可先观察', en: 'may wait' },
}

/** The triage for reading: advice first, then departments, reasons and questions. */
const readable = ({ departments, urgency, advice, questions, reasons }: Triage): string =>
  [
    `${GRADES[urgency].zh} ${GRADES[urgency].en}`,
    advice.zh,
    advice.en,
    ...departments.map(
      ({ code, name, confidence }) => `  ${printedSpecialty(code)}  ${name.zh} ${name.en}  ${(confidence * 100).toFixed(0)} %`,
    ),
    ...reasons.map(({ zh, en }) => `  · ${zh} | ${en}`),
    ...questions.map(({ zh, en, options }) => `  ? ${zh} ${en}  ${options.map((one) => `${one.zh} ${one.en}`).join(' / ')}`),
  ].join('\n')

const ageOf = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined
  const age = Number(text)
  if (text.trim() === '' || !(age >= 0 && age <= 130))
    throw new CliRefusal({ zh: `--age 应为 0 到 130 岁,不是 ${text}。`, en: `--age is 0 to 130 years, not ${text}.` })
  return age
}
const sexOf = (text: string | undefined): string | undefined => {
  if (text !== undefined && !(text in SEXES))
    throw new CliRefusal({ zh: `--sex 应为 male 或 female,不是 ${text}。`, en: `--sex is male or female, not ${text}.` })
  return text
}

/** `jieli triage`: one text, or a file of lines. Needs neither a server nor a database. */
export const triageCommand = async (
  wish: TriageWish,
  print: (line: string) => void,
  out: Writable = process.stdout,
): Promise<void> => {
  if (wish.file !== undefined) {
    if (!(await answerFile(wish.file, out))) process.exitCode = 1
    return
  }
  if (wish.text === undefined)
    throw new CliRefusal({
      zh: '缺少描述。例如:npx jieli triage "胸口闷痛出冷汗半小时"',
      en: 'A description is missing, for instance: npx jieli triage "胸口闷痛出冷汗半小时"',
    })
  const answer = openTriage()(wish.text, aboutOf(ageOf(wish.age), sexOf(wish.sex)))
  print(wish.asJson ? JSON.stringify(printed(answer)) : readable(answer))
}
