import type { OrgId } from '../../kernel/id.ts'
import { query } from '../../platform/forms/form.ts'
import { institutionsOf, type Institution } from '../organisations/index.ts'
import { listInput, type ShownReceived } from './contract.ts'
import { faultOf, lineFaultWords } from './faults.ts'
import type { Received, ReceivedState } from './intake.ts'
import * as store from './store.ts'

const shown = (one: Received, institutions: ReadonlyMap<string, Institution>): ShownReceived => {
  const words = faultOf(one.fault)
  const institution = institutions.get(one.org)
  return {
    org: one.org,
    institution: institution ? { zh: institution.name.zh, en: institution.name.en ?? null } : null,
    id: one.id,
    kind: one.kind,
    channel: one.channel,
    facility: one.facility,
    controlId: one.controlId,
    messageType: one.messageType,
    state: one.state,
    fault: one.fault,
    why: words && { zh: words.zh, en: words.en },
    place: one.place,
    resources: one.resources,
    tries: one.tries,
    bytes: one.bytes,
    receivedAt: one.receivedAt,
    solvedBecause: one.solvedBecause,
    report: one.report && {
      lines: one.report.lines,
      taken: one.report.fresh + one.report.changed + one.report.unchanged,
      refused: one.report.refused.map(({ line, column, fault }) => ({
        line,
        column,
        ...lineFaultWords(fault),
      })),
    },
  }
}

export const list = query({
  name: 'intake.list',
  by: ['administrator@own'],
  basis: 'S0 加快推动医疗卫生机构与省平台对接',
  does: { zh: '收到的报文及其状态;原文不在其中。', en: 'Received messages and what became of them, without their text.' },
  input: listInput,
  read: async (tx, input, act) => {
    const org = (input.org as OrgId | undefined) ?? act.actor.org
    if (act.actor.org !== null && org !== act.actor.org) return null
    const messages = await store.listReceived(tx, {
      org,
      state: (input.state as ReceivedState | undefined) ?? null,
      after: input.after ?? null,
      limit: input.limit,
    })
    const institutions = await institutionsOf(tx, [...new Set(messages.map((one) => one.org))])
    return {
      messages,
      counts: await store.countsOf(tx, org),
      institutions: new Map(institutions.map((one) => [one.id as string, one])),
    }
  },
  relation: () => ['own'],
  answer: ({ messages, counts, institutions }, input) => ({
    messages: messages.map((one) => shown(one, institutions)),
    counts: Object.fromEntries(counts.map(({ state, count }) => [state, count])) as Partial<Record<ReceivedState, number>>,
    next: messages.length === input.limit ? (messages.at(-1)?.id ?? null) : null,
  }),
})
