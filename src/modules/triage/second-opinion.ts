import { z } from 'zod'
import { URGENCY_GRADES, type DepartmentGuess, type Triage, type UrgencyGrade } from './triage.ts'

/** Where a larger model answers in the manner of OpenAI's chat completions, and how long one answer may take. */
export type OpinionSettings = { readonly url: string; readonly key: string; readonly model: string; readonly timeoutMs: number }

/** What became of the second opinions of this process; never what was said. */
export type OpinionCounts = { asked: number; failed: number; raised: number; loweringIgnored: number; reordered: number }

export type SecondOpinion = {
  readonly hear: (text: string, triage: Triage) => Promise<{ readonly triage: Triage; readonly heard: boolean }>
  readonly counts: Readonly<OpinionCounts>
}

const ANSWER_BYTES_MOST = 65_536
const TASK = `你是医院导诊台的护士。根据患者的描述,从给出的候选科室代码中按合适程度排序,并给出急缓程度。
只回答一个 JSON 对象:{"departments":["代码", …],"urgency":"emergency|urgent|soon|self-care"}。不要诊断,不要解释。`

const completion = z.object({ choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1) })
const opinion = z.object({ departments: z.array(z.string()).default([]), urgency: z.enum(URGENCY_GRADES).optional() })
type Opinion = z.infer<typeof opinion>

const ask = async ({ url, key, model, timeoutMs }: OpinionSettings, text: string, triage: Triage): Promise<Opinion> => {
  const candidates = triage.departments.map(({ code, name }) => ({ code, name: name.zh }))
  const response = await fetch(`${url}/chat/completions`, {
    method: 'POST',
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
    headers: { 'content-type': 'application/json', ...(key === '' ? {} : { authorization: `Bearer ${key}` }) },
    body: JSON.stringify({
      model,
      temperature: 0,
      response_format: { type: 'json_object' },
      messages: [
        { role: 'system', content: TASK },
        { role: 'user', content: JSON.stringify({ 描述: text, 候选科室: candidates }) },
      ],
    }),
  })
  if (!response.ok) throw new Error(`status ${response.status}`)
  const body = await response.text()
  if (body.length > ANSWER_BYTES_MOST) throw new Error('the answer is too long')
  const { choices } = completion.parse(JSON.parse(body))
  return opinion.parse(JSON.parse(choices[0]?.message.content ?? ''))
}

/** The departments in the order of the opinion; it may move them, not add any. The confidences stay with the places in the order. */
const reordered = (departments: readonly DepartmentGuess[], wished: readonly string[]): DepartmentGuess[] => {
  const first = [...new Set(wished)].flatMap((code) => departments.find((one) => one.code === code) ?? [])
  const order = [...first, ...departments.filter((one) => !first.includes(one))]
  return order.map((one, at) => ({ ...one, confidence: departments[at]?.confidence ?? 0 }))
}

const gradeOf = (urgency: UrgencyGrade): number => URGENCY_GRADES.indexOf(urgency)

/**
 * Makes the second opinion of a larger model, which is off unless a deployer sets an address. It may raise the urgency and move the
 * departments that triage itself found; a lower urgency is ignored and counted, and in an emergency the order stays. What comes late,
 * fails or cannot be read leaves the triage as it was.
 */
export const secondOpinion = (settings: OpinionSettings): SecondOpinion => {
  const counts: OpinionCounts = { asked: 0, failed: 0, raised: 0, loweringIgnored: 0, reordered: 0 }
  const hear = async (text: string, triage: Triage): Promise<{ triage: Triage; heard: boolean }> => {
    if (triage.departments.length === 0) return { triage, heard: false }
    counts.asked += 1
    let said: Opinion
    try {
      said = await ask(settings, text, triage)
    } catch {
      counts.failed += 1
      return { triage, heard: false }
    }
    const isHigher = said.urgency !== undefined && gradeOf(said.urgency) > gradeOf(triage.urgency)
    if (isHigher) counts.raised += 1
    else if (said.urgency !== undefined && said.urgency !== triage.urgency) counts.loweringIgnored += 1
    const departments = triage.urgency === 'emergency' ? triage.departments : reordered(triage.departments, said.departments)
    if (departments[0]?.code !== triage.departments[0]?.code) counts.reordered += 1
    return {
      triage: { ...triage, departments, urgency: isHigher ? (said.urgency as UrgencyGrade) : triage.urgency },
      heard: true,
    }
  }
  return { hear, counts }
}
