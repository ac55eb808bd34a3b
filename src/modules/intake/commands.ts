import type { OrgId } from '../../kernel/id.ts'
import { ok, refuse } from '../../kernel/result.ts'
import type { Tx } from '../../platform/database/pool.ts'
import { command, type Act, type TraceEvent } from '../../platform/forms/form.ts'
import type { Actor, Relation } from '../../platform/access.ts'
import { REGION } from '../../platform/register.ts'
import { findInstitution } from '../organisations/index.ts'
import { keepInput, rawInput, receivedInput, solveInput, takeInput, uploadInput } from './contract.ts'
import type { ContentFault, Origin } from './draft.ts'
import { joinPage, type PageToJoin } from './front-page/join-page.ts'
import { loadFrontPages, writeFrontPages, type PagesLoaded } from './front-page/load.ts'
import { saveVisitOfPage } from './front-page/store.ts'
import { splitBatch } from './hl7/reading.ts'
import { decodeHl7 } from './hl7/text.ts'
import type { Received, ReceivedId, ReceivedKind } from './intake.ts'
import { contentIn, headOf } from './read-message.ts'
import * as store from './store.ts'
import { prepare, settleSender, write, type Taken } from './take.ts'

const BASIS = 'S0 加快推动医疗卫生机构与省平台对接;健康档案、电子病历共享调阅'

/** Something that happened to a received message; nobody's name is in it. */
const eventOf = (type: string, org: OrgId, id: string, reason?: string): TraceEvent => ({
  type: `intake.${type}`,
  case: { kind: 'intake', org, id },
  person: null,
  seenBy: [],
  ...(reason ? { reason } : {}),
})

/** The administrators of an institution stand to what it sent; those of the region to everything. */
export const relationOf = (actor: Actor, org: OrgId): Relation[] => (actor.org === null || actor.org === org ? ['own'] : [])

/** The single messages in bytes as they came: a batch holds several, each kept by itself. What is no text is kept whole. */
const partsOf = (kind: ReceivedKind, bytes: Buffer): Buffer[] => {
  const decoded = kind === 'hl7' ? decodeHl7(bytes) : null
  const { messages } = decoded ? splitBatch(decoded.text) : { messages: [] }
  return messages.length > 1 && decoded ? messages.map((text) => Buffer.from(text, 'utf8')) : [bytes]
}

type Asked = {
  readonly kind: ReceivedKind
  readonly org?: string | null | undefined
  readonly base64: string
  readonly damage?: string | null | undefined
}

/** Everything that is kept of some bytes: each message under its institution, or the one that it already is. */
const readParts = async (tx: Tx, input: Asked, channel: store.Incoming['channel'], act: Act) => {
  const parts = partsOf(input.kind, Buffer.from(input.base64, 'base64'))
  const made: { incoming: store.Incoming; same: Received | null }[] = []
  for (const bytes of parts) {
    const { message: _message, charset: _charset, ...head } = headOf(input.kind, bytes, act.zone)
    const org = input.org ?? (head.facility ? await store.institutionOfFacility(tx, head.facility, act.today) : null) ?? REGION
    const fault = input.damage ?? head.fault ?? (org === REGION ? 'sender-unknown' : null)
    const incoming = {
      ...head,
      org: org as OrgId,
      id: act.newId<ReceivedId>(),
      kind: input.kind,
      channel,
      fault,
      base64: bytes.toString('base64'),
      at: act.now,
    }
    made.push({ incoming, same: await store.findSame(tx, incoming) })
  }
  return made
}

type Part = Awaited<ReturnType<typeof readParts>>[number]
const shownPart = ({ incoming, same }: Part) => ({
  org: incoming.org,
  id: same?.id ?? incoming.id,
  isNew: same === null,
  state: same?.state ?? (incoming.fault ? 'stuck' : 'kept'),
  fault: same?.fault ?? incoming.fault,
})
const isToTake = ({ incoming, same }: Part): boolean => same === null && incoming.fault === null

const keptDecision = (parts: readonly Part[]) =>
  ok({
    change: parts.filter(({ same }) => same === null).map(({ incoming }) => incoming),
    answer: { messages: parts.map(shownPart) },
    events: parts.filter(isToTake).map(({ incoming }) => eventOf('kept', incoming.org, incoming.id)),
  })
const saveKept = async (tx: Tx, fresh: readonly store.Incoming[], act: Act): Promise<void> => {
  for (const one of fresh) await store.keepMessage(tx, one, act.cipher)
}

export const keep = command({
  name: 'intake.keep',
  by: ['system@anyone'],
  basis: BASIS,
  does: { zh: '保存收到的报文原文(加密),不论能否读懂。', en: 'Keeps what was received, sealed, whether it can be read or not.' },
  input: keepInput,
  read: (tx, input, act) => readParts(tx, input, input.channel, act),
  decide: keptDecision,
  write: saveKept,
})

export const upload = command({
  name: 'intake.upload',
  by: ['administrator@own'],
  basis: BASIS,
  does: {
    zh: '上传一个报文、文档或病案首页表;先保存,随后由系统处理,结果见收到的报文。',
    en: 'Uploads a message, a document or a table of front pages; it is kept first and then taken by the house; see the received messages.',
  },
  input: uploadInput,
  read: async (tx, input, act) => {
    const institution = await findInstitution(tx, input.org as OrgId)
    return institution && { org: institution.id, parts: await readParts(tx, input, 'upload', act) }
  },
  relation: ({ org }, act) => relationOf(act.actor, org),
  decide: ({ parts }) =>
    parts.every(({ incoming }) => incoming.fault === 'empty') ? refuse('intake.nothing-in-it') : keptDecision(parts),
  write: saveKept,
})

type TakeFacts = {
  readonly message: Received
  readonly result: 'left' | ContentFault | Taken | PagesLoaded
  /** The front page that came before the first message of its stay, which is this one. */
  readonly joins?: PageToJoin | null
}

const readToTake = async (tx: Tx, input: { org: string; id: string }, act: Act): Promise<TakeFacts | null> => {
  const locked = await store.lockReceived(tx, input.org as OrgId, input.id)
  if (!locked) return null
  if (locked.state !== 'kept') return { message: locked, result: 'left' }
  const message = await settleSender(tx, locked, act)
  if (!message) return { message: locked, result: { fault: 'sender-unknown', place: 'MSH^1^4' } }
  const bytes = Buffer.from(store.openBody(message, act.cipher), 'base64')
  if (message.kind === 'front-page') return { message, result: await loadFrontPages(tx, message.org, message.id, bytes, act) }
  const content = contentIn(message.kind, bytes, await store.hasLaterOfVisit(tx, message))
  if ('fault' in content) return { message, result: content }
  const from = { message: message.id, kind: message.kind.toUpperCase(), controlId: message.controlId, at: message.receivedAt }
  let joins: PageToJoin | null = null
  const drafts = async (origin: Origin) => {
    const made = content.drafts(origin)
    if ('fault' in made) return made
    const found = await joinPage(tx, message, made, origin)
    joins = found.joins
    return found.drafts
  }
  const result = await prepare(tx, message.org, { ...content, drafts }, from, act)
  return { message, result, joins }
}

const settledOf = ({ message, result }: TakeFacts, act: Act): store.Settled | null => {
  const common = {
    org: message.org,
    id: message.id,
    at: act.now,
    person: null,
    resources: 0,
    report: null,
    fault: null,
    place: null,
  }
  if (result === 'left') return null
  if ('fault' in result) return { ...common, state: 'stuck', fault: result.fault, place: result.place }
  if ('report' in result) {
    const hasRefused = result.report.refused.length > 0
    return {
      ...common,
      state: hasRefused ? 'stuck' : 'taken',
      fault: hasRefused ? 'lines-refused' : null,
      resources: result.resources,
      report: result.report,
    }
  }
  return { ...common, state: 'taken', person: result.found.id, resources: result.rows.length }
}

export const take = command({
  name: 'intake.take',
  by: ['system@anyone'],
  basis: BASIS,
  does: {
    zh: '把一条已保存的报文写入健康档案;不能使用的留待处理。',
    en: 'Takes a kept message into the record; what cannot be used waits for somebody.',
  },
  input: takeInput,
  read: readToTake,
  subject: ({ result }) => ({ person: result !== 'left' && 'found' in result ? result.found.id : null }),
  decide: (facts, _input, act) => {
    const { message, result, joins } = facts
    const settled = settledOf(facts, act)
    const state = settled?.state ?? message.state
    const links = result !== 'left' && 'links' in result ? result.links : []
    const events = [
      ...(settled ? [eventOf(settled.state, message.org, message.id)] : []),
      ...links.flatMap((one) => one.events ?? []),
    ]
    const answer = {
      org: message.org,
      id: message.id,
      state,
      fault: settled ? settled.fault : message.fault,
      place: settled ? settled.place : message.place,
      report: settled?.report ?? message.report,
    }
    return ok({ change: { settled, result, joins }, answer, events })
  },
  write: async (tx, { settled, result, joins }, act) => {
    if (result !== 'left' && 'found' in result) {
      await write(tx, result, act)
      if (joins) await saveVisitOfPage(tx, joins)
    }
    if (result !== 'left' && 'report' in result) await writeFrontPages(tx, result, act)
    if (settled) await store.saveSettled(tx, settled)
  },
})

const lockOwn = (tx: Tx, input: { org: string; id: string }): Promise<Received | null> =>
  store.lockReceived(tx, input.org as OrgId, input.id)
const BY_ADMINISTRATOR = ['administrator@own'] as const

export const retry = command({
  name: 'intake.retry',
  by: BY_ADMINISTRATOR,
  basis: BASIS,
  does: { zh: '把一条待处理的报文重新处理一次。', en: 'Has a stuck message taken once more.' },
  input: receivedInput,
  read: lockOwn,
  relation: (message, act) => relationOf(act.actor, message.org),
  decide: (message) =>
    message.state === 'stuck'
      ? ok({ change: message, answer: { id: message.id }, events: [eventOf('kept', message.org, message.id)] })
      : refuse('intake.not-stuck'),
  write: async (tx, message) => void (await store.saveAgain(tx, message)),
})

export const solve = command({
  name: 'intake.solve',
  by: BY_ADMINISTRATOR,
  basis: BASIS,
  does: { zh: '说明理由,把一条报文标记为已解决。', en: 'Marks a message as solved, with a reason.' },
  input: solveInput,
  read: lockOwn,
  relation: (message, act) => relationOf(act.actor, message.org),
  decide: (message, input) =>
    message.state === 'stuck'
      ? ok({
          change: { message, because: input.reason },
          answer: { id: message.id },
          events: [eventOf('solved', message.org, message.id, input.reason)],
        })
      : refuse('intake.not-stuck'),
  write: async (tx, { message, because }, act) => void (await store.saveSolved(tx, message, act.actor.account, because, act.now)),
})

export const raw = command({
  name: 'intake.raw',
  by: BY_ADMINISTRATOR,
  basis: '个人信息保护法 第二十八条:含敏感个人信息,须写明理由',
  does: { zh: '查看一条报文的原文,须写明理由,留痕。', en: 'Shows the text of a message; asks for a reason and leaves a trace.' },
  input: rawInput,
  read: (tx, input) => store.findReceived(tx, input.org as OrgId, input.id),
  relation: (message, act) => relationOf(act.actor, message.org),
  subject: (message) => ({ person: message.person }),
  decide: (message, input, act) => {
    const base64 = store.openBody(message, act.cipher)
    const text = decodeHl7(Buffer.from(base64, 'base64'))?.text ?? null
    return ok({ change: null, answer: { base64, text }, events: [eventOf('text-shown', message.org, message.id, input.reason)] })
  },
  write: async () => {},
})
