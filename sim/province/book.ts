import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Journal, JournalLine } from './journal.ts'

const envelope = z.object({
  message: z.object({
    id: z.string(),
    kind: z.string(),
    case: z.string(),
    slip: z.string(),
    seq: z.number().int().min(1),
    after: z.number().int().min(0),
    at: z.string(),
  }),
  bundle: z.object({
    resourceType: z.literal('Bundle'),
    type: z.literal('message'),
    entry: z.array(z.object({ resource: z.looseObject({ resourceType: z.string() }) })).min(1),
  }),
})
type Envelope = z.infer<typeof envelope>

/** What the platform answers: a status and a body. */
export type Answer = { readonly status: number; readonly body: Readonly<Record<string, unknown>> }
/** Whether the platform knows a department code for a case; a real one has a table of its own. */
export type KnowsDepartment = (caseId: string, code: string) => boolean

const refused = (status: number, code: string, zh: string, en: string): Answer => ({ status, body: { code, zh, en } })

/** The platform's memory of cases: what it took, in which order, and what it said. */
export type Book = {
  readonly take: (text: string) => Answer
  readonly ofDay: (day: string) => { caseId: string; lastSeq: number; hash: string }[]
}

/** Days of the region begin at midnight in China. */
const dayOf = (instant: string): string => new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 10)
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** A book over a journal: what the journal has is known again after a restart. */
export const openBook = (journal: Journal, knowsDepartment: KnowsDepartment): Book => {
  const receipts = new Map<string, string>()
  const lastSeq = new Map<string, number>()
  const days = new Map<string, Map<string, JournalLine[]>>()
  const remember = (line: JournalLine): void => {
    if (line.outcome !== 'accepted' || line.receipt === null) return
    receipts.set(line.id, line.receipt)
    lastSeq.set(line.caseId, line.seq)
    const cases = days.get(line.day) ?? new Map<string, JournalLine[]>()
    days.set(line.day, cases.set(line.caseId, [...(cases.get(line.caseId) ?? []), line]))
  }
  for (const line of journal.lines) remember(line)

  const take = (text: string): Answer => {
    const read = envelope.safeParse(parsed(text))
    if (!read.success) return refused(400, 'not-a-message', '不是规定格式的转诊消息。', 'Not a referral message as agreed.')
    const { message } = read.data
    const known = {
      id: message.id,
      caseId: message.case,
      seq: message.seq,
      after: message.after,
      kind: message.kind,
      day: dayOf(message.at),
      hash: sha256(text),
    }
    const earlier = receipts.get(message.id)
    if (earlier !== undefined) {
      journal.add({ ...known, outcome: 'duplicate', receipt: earlier })
      return { status: 200, body: { id: message.id, receipt: earlier } }
    }
    const fault = faultOf(read.data, knowsDepartment)
    if (fault) {
      journal.add({ ...known, outcome: 'refused', receipt: null })
      return fault
    }
    if (message.after !== (lastSeq.get(message.case) ?? 0)) {
      journal.add({ ...known, outcome: 'out-of-order', receipt: null })
      return refused(
        409,
        'out-of-order',
        `应接在序号 ${lastSeq.get(message.case) ?? 0} 之后。`,
        `Expected after number ${lastSeq.get(message.case) ?? 0}.`,
      )
    }
    const line = journal.add({ ...known, outcome: 'accepted', receipt: `HN-${journal.lines.length + 1}` })
    remember(line)
    return { status: 200, body: { id: message.id, receipt: line.receipt } }
  }
  const ofDay = (day: string) =>
    [...(days.get(day) ?? [])].map(([caseId, lines]) => ({
      caseId,
      lastSeq: lines.at(-1)?.seq ?? 0,
      hash: sha256(lines.map(({ seq, id, hash }) => `${seq} ${id} ${hash}\n`).join('')),
    }))
  return { take, ofDay }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const faultOf = ({ message, bundle }: Envelope, knowsDepartment: KnowsDepartment): Answer | null => {
  const resources = bundle.entry.map(({ resource }) => resource as { resourceType: string; [element: string]: any }) // oxlint-disable-line no-explicit-any
  const find = (type: string) => resources.find(({ resourceType }) => resourceType === type)
  if (!find('Patient')?.['name']?.[0]?.text)
    return refused(422, 'person-without-name', '缺少患者姓名。', 'The patient has no name.')
  if (resources.filter(({ resourceType, identifier }) => resourceType === 'Organization' && identifier?.[0]?.value).length < 2)
    return refused(
      422,
      'institution-missing',
      '缺少转出或转入机构代码。',
      'The code of the sending or receiving institution is missing.',
    )
  if (message.kind === 'record' && !find('List'))
    return refused(422, 'record-missing', '缺少完整病历清单。', 'The list of the whole record is missing.')
  const department = String(find('Appointment')?.['specialty']?.[0]?.coding?.[0]?.code ?? '')
  if (!knowsDepartment(message.case, department))
    return refused(
      422,
      'department-unknown',
      `转入科室代码 ${department} 未在省平台对照。请用二级科室代码。`,
      `The department code ${department} is not in the platform’s table. Use the code of the second level.`,
    )
  return null
}
