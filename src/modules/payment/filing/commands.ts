import type { OrgId, PersonId } from '../../../kernel/id.ts'
import { ok, refuse } from '../../../kernel/result.ts'
import { command, type Act, type Reaction, type TraceEvent } from '../../../platform/forms/form.ts'
import { REGION } from '../../../platform/register.ts'
import { nextState } from '../../../shapes/case.ts'
import { getPerson } from '../../residents/index.ts'
import { findFiling } from '../../settlement/index.ts'
import { noteFilingInput, reportFilingInput, withdrawReportedInput, type LearntOfFiling } from './contract.ts'
import { noticeLifecycle, type Notice, type NoticeMove, type NoticeState } from './notice.ts'
import { addNotice, lockNotices, saveNotice } from './notice-store.ts'

export const NOTICE_BASIS = '异地就医备案:国家医保信息平台 2501、2502'

/** Tells screens where a filing stands at the platform. */
const noticeEvent = ({ person, filing, org }: Pick<Notice, 'person' | 'filing' | 'org'>, state: NoticeState): TraceEvent => ({
  type: `payment.filing-${state}`,
  case: { kind: 'filing', org: org ?? REGION, id: filing },
  person,
  seenBy: org === null ? [] : [org],
})

/** The house tells the platform of a filing: a notice for each of its places. */
export const reportFiling = command({
  name: 'payment.report-filing',
  by: ['system@anyone'],
  basis: NOTICE_BASIS,
  does: {
    zh: '异地就医备案办好后,逐个就医地登记待传送国家医保平台。',
    en: 'After care away from home was filed, keeps for each place that the platform is to be told.',
  },
  input: reportFilingInput,
  read: async (tx, { person, filing: id }) => {
    const treated = await getPerson(tx, person as PersonId)
    const filing = await findFiling(tx, person as PersonId, id)
    return filing && { filing, cares: treated.careOrg ?? treated.clinicOrg }
  },
  subject: ({ filing }) => ({ person: filing.person, basis: NOTICE_BASIS }),
  decide: ({ filing, cares }, { receiver }, act) =>
    ok({
      change: filing.places.map((place) => ({
        person: filing.person,
        filing: filing.id,
        place,
        org: filing.filedOrg ?? cares,
        receiver: receiver as OrgId | null,
        filedAt: filing.filedAt,
        at: act.now,
      })),
      answer: { places: filing.places.length },
      events: [noticeEvent({ person: filing.person, filing: filing.id, org: filing.filedOrg ?? cares }, 'to-send')],
    }),
  write: async (tx, made) => {
    for (const { at, ...one } of made) await addNotice(tx, one, at)
  },
})

type Moved = {
  readonly notice: Notice
  readonly state: NoticeState
  readonly at: Act['now']
  readonly learnt: { readonly psnNo?: string; readonly number?: string; readonly says?: string }
}

const moved = (notice: Notice, move: NoticeMove, act: Act, learnt: Moved['learnt'] = {}): Moved | null => {
  const state = nextState(noticeLifecycle, notice.state, move)
  return state && { notice, state, at: act.now, learnt }
}

/** The house tells the platform that a filing was withdrawn, where the platform has it or may have it. */
export const withdrawReported = command({
  name: 'payment.withdraw-reported-filing',
  by: ['system@anyone'],
  basis: NOTICE_BASIS,
  does: {
    zh: '异地就医备案撤销后,登记待传送撤销;平台没有受理过的不必传送。',
    en: 'After a filing was withdrawn, keeps that the platform is to be told, where it has it or may have it.',
  },
  input: withdrawReportedInput,
  read: async (tx, { person, filing }) => ({ notices: await lockNotices(tx, person as PersonId, filing) }),
  subject: (_facts, { person }) => ({ person: person as PersonId, basis: NOTICE_BASIS }),
  decide: ({ notices }, _input, act) => {
    const change = notices.flatMap((one) => moved(one, 'withdraw', act) ?? [])
    const events = change.slice(0, 1).map(({ notice }) => noticeEvent(notice, 'to-withdraw'))
    return ok({ change, answer: { places: change.length }, events })
  },
  write: async (tx, change) => {
    for (const { notice, state, at } of change) await saveNotice(tx, notice, { state }, at)
  },
})

const MOVE_OF: Readonly<Record<LearntOfFiling['learnt'], NoticeMove>> = {
  taken: 'note-taken',
  refused: 'note-refused',
  withdrawn: 'note-withdrawn',
  'still-filed': 'note-still-filed',
}

/** What the house has learnt from the platform of a notice that it is at work on. */
export const noteFiling = command({
  name: 'payment.note-filing',
  by: ['system@anyone'],
  basis: NOTICE_BASIS,
  does: {
    zh: '登记国家医保平台对异地就医备案的答复:受理、不受理及原因、已撤销。',
    en: 'Notes what the platform answered to a filing: taken, refused and why, withdrawn.',
  },
  input: noteFilingInput,
  read: async (tx, { person, filing, place }) =>
    (await lockNotices(tx, person as PersonId, filing)).find((one) => one.place === place) ?? null,
  subject: ({ person }) => ({ person, basis: NOTICE_BASIS }),
  decide: (notice, { of }, act) => {
    const { learnt, ...what } = of
    const made = moved(notice, MOVE_OF[learnt], act, what)
    // It was withdrawn while the platform was asked: the work on it goes on from the journal.
    if (made === null) return refuse('platform.busy')
    return ok({ change: made, answer: { state: made.state }, events: [noticeEvent(notice, made.state)] })
  },
  write: async (tx, { notice, state, at, learnt }) => void (await saveNotice(tx, notice, { ...learnt, state }, at)),
})

/** What is filed and withdrawn at home is told to the platform. */
export const paymentReactions: readonly Reaction[] = [
  {
    consumer: 'payment.report-filing',
    on: 'settlement.filed',
    command: 'payment.report-filing',
    input: ({ caseId, person, data }) => ({ person, filing: caseId, receiver: data.receiver ?? null }),
  },
  {
    consumer: 'payment.withdraw-reported-filing',
    on: 'settlement.filing-withdrawn',
    command: 'payment.withdraw-reported-filing',
    input: ({ caseId, person }) => ({ person, filing: caseId }),
  },
]
