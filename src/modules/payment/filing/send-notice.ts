import { plusDays } from '../../../kernel/day.ts'
import { newId } from '../../../kernel/id.ts'
import { SYSTEM } from '../../../platform/access.ts'
import { asSystem } from '../../../platform/database/as-system.ts'
import { beginAct, run } from '../../../platform/forms/run.ts'
import type { House } from '../../../platform/house.ts'
import { findInstitution } from '../../organisations/index.ts'
import { getPerson, idNumberOf } from '../../residents/index.ts'
import { findFiling, type Filing, type FilingKind } from '../../settlement/index.ts'
import type { Links } from '../saga.ts'
import { NotNow, type About } from '../trade-client.ts'
import { newestEntry } from '../trade-store.ts'
import { insuredByName } from '../ways/way.ts'
import { institutionNumber } from '../wire/envelope.ts'
import type { TradeInput, TradeNumber, TradeOutput } from '../wire/trades.ts'
import { noteFiling } from './commands.ts'
import type { LearntOfFiling } from './contract.ts'
import type { Notice } from './notice.ts'
import { findNotice, numbersOf } from './notice-store.ts'

/** `refl_type` of each kind. No source names the codes: these are the house's own until the platform's table is known. */
const TYPE_OF: Readonly<Record<FilingKind, string>> = { referral: '1', 'long-term': '2', 'own-way': '3' }
const PLACE_DIGITS = 6
const SAYS_MOST = 300

const NOBODY_SENDS =
  '没有管理本人的医疗机构,不能传送;请到参保地医保经办机构办理。No institution cares for the person, so that nobody can send it: file it at the insurance office.'
const NO_IDENTITY = '档案中没有身份证号,平台无法识别参保人;请补录后撤销并重新备案。The index has no identity number: enter it, withdraw the filing and file anew.' // prettier-ignore

/** Everything that the trades of a notice say; the identity number is unsealed for it and kept nowhere. */
const factsOf = (house: House, notice: Notice) =>
  asSystem(house.database).transaction(async (tx) => {
    const act = await beginAct(house, tx, { actor: SYSTEM, request: newId() })
    const person = await getPerson(tx, notice.person)
    const sender = notice.org === null ? null : await findInstitution(tx, notice.org)
    const receiver = notice.receiver === null ? null : await findInstitution(tx, notice.receiver)
    return {
      notice,
      filing: await findFiling(tx, notice.person, notice.filing),
      name: person.zh,
      idNumber: idNumberOf(person, act.cipher),
      sender: sender && { org: sender.id, orgName: sender.name.zh },
      receiver: receiver && { no: institutionNumber(receiver.id), name: receiver.name.zh },
      known: await numbersOf(tx, notice.person),
    }
  })
type Facts = Awaited<ReturnType<typeof factsOf>>
/** The same once it is known in whose name and for whom it is sent. */
type Ready = Facts & { readonly filing: Filing; readonly sender: NonNullable<Facts['sender']> }

type Work = { readonly house: House; readonly links: Links; readonly facts: Ready }

const noteLearnt = async (house: House, { person, filing, place }: Notice, of: LearntOfFiling): Promise<void> => {
  const outcome = await run(house, noteFiling, { person, filing, place, of }, { actor: SYSTEM, request: newId() })
  // A notice that has moved on in the meantime is taken up where it stands.
  if (!outcome.ok) throw new NotNow(outcome.refusals.map(({ code }) => code).join(', '))
}

const stepOf = ({ filing, place }: Notice, what: 'file' | 'withdraw'): string => `filing ${filing} ${place} ${what}`

const about = <N extends TradeNumber>(
  { notice, sender }: Ready,
  what: 'file' | 'withdraw',
  more: Partial<About<N>> = {},
): About<N> => ({
  ...sender,
  step: stepOf(notice, what),
  ...more,
})

/** A place by as many digits as the platform's code has. */
const placeOf = ({ place }: Notice): string => place.padEnd(PLACE_DIGITS, '0')

/** What the platform has of this filing, under whatever number it was sent; null when it has nothing. */
const atPlatform = async ({ links, facts }: Work, psn: string): Promise<TradeOutput<'5304'>['refmedin']> => {
  const { filing, notice } = facts
  const data = { psn_no: psn, begntime: filing.from, endtime: plusDays(filing.from, 1) }
  const answer = await links.trades.call(about<'5304'>(facts, 'file'), '5304', { data })
  if (!answer.ok) return []
  return answer.output.refmedin.filter(
    (one) => one.mdtrtarea_admdvs === placeOf(notice) && one.begndate === filing.from && one.refl_type === TYPE_OF[filing.kind],
  )
}

const filingBegun = ({ house, facts }: Work): ReturnType<typeof newestEntry> =>
  newestEntry(asSystem(house.database), facts.sender.org, stepOf(facts.notice, 'file'))

type Filed =
  | { readonly ok: true; readonly number: string; readonly psnNo: string }
  | { readonly ok: false; readonly says: string }

/** Files at the platform, once, whatever the line does. */
const fileThere = async (work: Work): Promise<Filed> => {
  const { links, facts } = work
  const { filing, notice, receiver, known } = facts
  const begun = await filingBegun(work)
  // Who is no longer known, or no longer insured, was perhaps filed before: that is not to be called refused.
  const unknown = begun !== null && (begun.state === 'asked' || begun.state === 'unknown')
  const who =
    facts.idNumber === null
      ? { ok: false as const, says: NO_IDENTITY }
      : await insuredByName(links.trades, about<'1101'>(facts, 'file'), { name: facts.name, idNumber: facts.idNumber })
  if (!who.ok && unknown) throw new NotNow(who.says)
  if (!who.ok) return who
  const { psnNo, insuredType } = who.value
  const refmedin: TradeInput<'2501'>['refmedin'] = {
    psn_no: psnNo,
    insutype: insuredType,
    ...(receiver === null ? {} : { reflin_medins_no: receiver.no, reflin_medins_name: receiver.name }),
    mdtrtarea_admdvs: placeOf(notice),
    refl_type: TYPE_OF[filing.kind],
    refl_date: filing.from,
    refl_rea: filing.reason,
    begndate: filing.from,
    ...(filing.ends === null ? {} : { enddate: plusDays(filing.ends, -1) }),
  }
  const lookUp = async (): Promise<TradeOutput<'2501'> | null> => {
    const found = (await atPlatform(work, psnNo)).find((one) => one.vali_flag === '1' && !known.includes(one.trt_dcla_detl_sn))
    return found ? { result: { trt_dcla_detl_sn: found.trt_dcla_detl_sn } } : null
  }
  const answer = await links.trades.call(about<'2501'>(facts, 'file', { psn: psnNo, lookUp }), '2501', { refmedin })
  return answer.ok ? { ok: true, number: answer.output.result.trt_dcla_detl_sn, psnNo } : answer
}

const sending = async (work: Work): Promise<void> => {
  const filed = await fileThere(work)
  const { house, facts } = work
  return noteLearnt(house, facts.notice, filed.ok ? { learnt: 'taken', number: filed.number, psnNo: filed.psnNo } : { learnt: 'refused', says: saysOf(filed) })
} // prettier-ignore

const saysOf = ({ says }: { says: string }): string =>
  says === '' ? '平台未说明原因 The platform gave no reason' : says.slice(0, SAYS_MOST)

/** What it filed at the platform, once that is known; null when nothing of it stands there. */
const standing = async (work: Work): Promise<{ number: string; psnNo: string } | null> => {
  const { number, psnNo } = work.facts.notice
  if (number !== null && psnNo !== null) return { number, psnNo }
  if ((await filingBegun(work)) === null) return null
  // It was withdrawn while the platform was asked, and perhaps took it: the same message is carried to its end first.
  const filed = await fileThere(work)
  return filed.ok ? filed : null
}

const withdrawing = async (work: Work): Promise<void> => {
  const { house, links, facts } = work
  const there = await standing(work)
  if (there === null) return noteLearnt(house, facts.notice, { learnt: 'withdrawn' })
  const { number, psnNo } = there
  const lookUp = async (): Promise<TradeOutput<'2502'> | null> => {
    const found = (await atPlatform(work, psnNo)).find((one) => one.trt_dcla_detl_sn === number)
    return found?.vali_flag === '0' ? {} : null
  }
  const answer = await links.trades.call(about<'2502'>(facts, 'withdraw', { psn: psnNo, lookUp }), '2502', {
    data: { trt_dcla_detl_sn: number, psn_no: psnNo, memo: facts.filing.withdrawn?.why ?? '' },
  })
  return noteLearnt(house, facts.notice, answer.ok ? { learnt: 'withdrawn' } : { learnt: 'still-filed', number, psnNo, says: saysOf(answer) })
} // prettier-ignore

/**
 * Moves a notice on by one state. Whoever does it again, after a kill for instance, goes on from what the journal and the platform know.
 * @throws NotNow when it must be taken up again later.
 */
export const sendNotice = async (house: House, links: Links, claimed: Notice): Promise<void> => {
  const notice = await findNotice(asSystem(house.database), claimed)
  if (notice === null || notice.state !== claimed.state) return
  const facts = await factsOf(house, notice)
  const { filing, sender } = facts
  // Without a sender nothing was ever sent.
  if (filing === null || sender === null)
    return noteLearnt(
      house,
      notice,
      notice.state === 'to-withdraw' ? { learnt: 'withdrawn' } : { learnt: 'refused', says: NOBODY_SENDS },
    )
  const work: Work = { house, links, facts: { ...facts, filing, sender } }
  return notice.state === 'to-withdraw' ? withdrawing(work) : sending(work)
}
