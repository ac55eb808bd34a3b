import type { OrgId } from '../../kernel/id.ts'
import type { Words } from '../../kernel/words.ts'
import type { Tx } from '../../platform/database/pool.ts'
import { query, type Act } from '../../platform/forms/form.ts'
import { consortiumOf, memberIdsOf } from '../organisations/index.ts'
import { findReferrals, type ReferralId } from '../referral/index.ts'
import { booksInput, stuckInput, type ShownStuck } from './contract.ts'
import type { DifferenceKind } from './docking.ts'
import { WORDS_OF_KIND } from './message-kinds.ts'
import * as store from './store.ts'

/** What each difference of the books means and what to do about it. */
export const WORDS_OF_DIFFERENCE: Readonly<Record<DifferenceKind, Words>> = {
  'missing-there': {
    zh: '核对账目:平台没有这条已回执的消息。请重发。',
    en: 'Books compared: the platform does not have this message, though it gave a receipt. Send it again.',
  },
  'unknown-here': {
    zh: '核对账目:平台有一张本区域没有的转诊单。请与平台核实后说明理由关闭。',
    en: 'Books compared: the platform has a case that this region does not know. Ask the platform, then close it with a reason.',
  },
  'ahead-there': {
    zh: '核对账目:平台的序号比本区域多。请与平台核实后说明理由关闭。',
    en: 'Books compared: the platform has more of this case than was sent. Ask the platform, then close it with a reason.',
  },
  differs: {
    zh: '核对账目:同一序号内容不同。请与平台核实后说明理由关闭。',
    en: 'Books compared: the same numbers have another content there. Ask the platform, then close it with a reason.',
  },
}
const WORDS_OF_BOOKS: Words = { zh: '账目差异', en: 'Difference of the books' }

const BY = ['referral-desk@anyone', 'consortium-manager@anyone', 'administrator@anyone'] as const

/** Whose cases an actor looks after here: one's own institution's; a lead's manager those of all members; the administrator all. */
const orgsOf = async (tx: Tx, { actor, today }: Act): Promise<OrgId[] | null> => {
  if (actor.role === 'administrator') return null
  if (!actor.org) return []
  const consortium = await consortiumOf(tx, actor.org, today)
  return consortium?.lead === actor.org ? [actor.org, ...(await memberIdsOf(tx, consortium.id, today))] : [actor.org]
}

export const stuck = query({
  name: 'docking.stuck',
  by: BY,
  basis: 'S0 加快推动医疗卫生机构与省平台对接',
  does: {
    zh: '被省平台退回或账目不符、等待处理的消息。',
    en: 'Messages that the provincial platform refused, and differences of the books, that wait for a person.',
  },
  input: stuckInput,
  read: async (tx, input, act) => {
    const orgs = await orgsOf(tx, act)
    const messages = await store.stuckOf(tx, orgs, input.limit)
    const differences = await store.differencesOf(tx, orgs, input.limit)
    return {
      messages,
      differences,
      referrals: await findReferrals(
        tx,
        messages.map(({ org, caseId }) => ({ org, id: caseId as ReferralId })),
      ),
    }
  },
  answer: ({ messages, differences, referrals }): { stuck: ShownStuck[] } => ({
    stuck: [
      ...messages.map(({ org, id, caseId, kind, seq, refusedCode, refusedWords, tries, since, behind }) => ({
        org, id, caseId, slipNo: referrals.get(caseId as ReferralId)?.slipNo ?? null, kind, words: WORDS_OF_KIND[kind], seq, code: refusedCode, why: refusedWords, mayRetry: true, tries, since, behind,
      })),
      ...differences.map(({ org, id, caseId, kind, seqThere, since }) => ({
        org, id, caseId, slipNo: null, kind: 'difference', words: WORDS_OF_BOOKS, seq: seqThere, code: kind, why: WORDS_OF_DIFFERENCE[kind], mayRetry: false, tries: 0, since, behind: 0,
      })),
    ],
  }), // prettier-ignore
})

export const books = query({
  name: 'docking.books',
  by: [...BY, 'health-bureau@anyone'],
  basis: 'S0 加快推动医疗卫生机构与省平台对接',
  does: {
    zh: '每日与省平台核对账目的结果,以及尚未送达的消息数。',
    en: 'What each day’s comparison with the platform came to, and how many messages are still to be told.',
  },
  input: booksInput,
  read: async (tx, input) => ({ days: await store.comparisons(tx, input.limit), ...(await store.countWaiting(tx)) }),
  answer: (found) => found,
})
