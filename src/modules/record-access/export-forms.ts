import { plusHours } from '../../kernel/clock.ts'
import type { OrgId } from '../../kernel/id.ts'
import { ok, refuse } from '../../kernel/result.ts'
import type { Party } from '../../platform/access.ts'
import type { Tx } from '../../platform/database/pool.ts'
import { command, query, Refused, type Act } from '../../platform/forms/form.ts'
import { askExportInput, decideExportInput, noInput, type ShownExport } from './contract.ts'
import { addWish, lockWish, saveDecision, takeApproval, wishes, type Wish } from './export-store.ts'

const WHO_EXPORT: readonly Party[] = ['consortium-manager@anyone', 'health-bureau@anyone', 'administrator@anyone']
const BASIS = '个人信息保护法 第五十一条、第五十五条:批量导出须复核 (人数为设计值)'
const REGION = '0' as OrgId

export const askExport = command({
  name: 'record-access.ask-export',
  by: WHO_EXPORT,
  basis: BASIS,
  does: {
    zh: '申请一次多人导出:人数、用途、理由;由第二人批准。',
    en: 'Asks for an export of many persons: how many, what for; a second person approves it.',
  },
  input: askExportInput,
  read: async (_tx, _input, act) => (act.actor.account ? { account: act.actor.account } : null),
  decide: ({ account }, input, act) => {
    const wish: Wish = {
      org: act.actor.org ?? REGION,
      id: act.newId(),
      by: account,
      name: act.actor.name.zh,
      ...input,
      askedAt: act.now,
      until: plusHours(act.now, act.policy('record-access.export-valid-hours')),
      decided: null,
      usedAt: null,
    }
    return ok({ change: wish, answer: { org: wish.org as string, export: wish.id, until: wish.until } })
  },
  write: async (tx, wish) => void (await addWish(tx, wish)),
})

export const decideExport = command({
  name: 'record-access.decide-export',
  by: ['health-bureau@anyone', 'administrator@anyone'],
  basis: BASIS,
  does: { zh: '批准或拒绝他人的多人导出;不能决定自己的。', en: 'Approves or refuses an export that somebody else asked for.' },
  input: decideExportInput,
  read: (tx, input) => lockWish(tx, input.org, input.export),
  decide: (wish, { decision }, act) => {
    if (wish.by === act.actor.account) return refuse('record-access.own-export')
    if (wish.decided !== null || wish.until <= act.now) return refuse('record-access.export-decided')
    return ok({ change: { wish, decision }, answer: { decision } })
  },
  write: async (tx, { wish, decision }, act) => void (await saveDecision(tx, wish, decision, act.now, act.actor.account)),
})

export const exportList = query({
  name: 'record-access.exports',
  by: WHO_EXPORT,
  basis: BASIS,
  does: { zh: '多人导出的申请和结论。', en: 'Exports that were asked for, and what was decided.' },
  input: noInput,
  read: (tx) => wishes(tx),
  answer: (found, _input, act): { exports: ShownExport[] } => ({
    exports: found.map(({ by, name, usedAt, ...wish }) => ({
      ...wish,
      by: name,
      used: usedAt !== null,
      own: by === act.actor.account,
    })),
  }),
})

/** Whether so many persons may leave the house in one go without a second person. */
export const mayExportAlone = (persons: number, act: Act): boolean => persons <= act.policy('record-access.export-alone-most')

/**
 * Takes the approval of an export of many persons, once: asked for by this account, approved by another, in time, and for as many.
 * @throws Refused record-access.second-person-wanted when there is none; few persons need none.
 */
export const takeExportApproval = async (
  tx: Tx,
  of: { readonly persons: number; readonly export: string | null },
  act: Act,
): Promise<void> => {
  if (mayExportAlone(of.persons, act)) return
  const taken =
    of.export === null
      ? 0
      : await takeApproval(tx, {
          org: act.actor.org ?? REGION,
          id: of.export,
          by: act.actor.account,
          persons: of.persons,
          at: act.now,
        })
  if (taken === 0)
    throw new Refused('record-access.second-person-wanted', { most: act.policy('record-access.export-alone-most') })
}
