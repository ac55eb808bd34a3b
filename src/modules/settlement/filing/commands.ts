import type { AccountId } from '../../../kernel/id.ts'
import { ok, refuse } from '../../../kernel/result.ts'
import { command } from '../../../platform/forms/form.ts'
import { relationsToRecord, standingTo } from '../../record-access/index.ts'
import { lockYear } from '../year-store.ts'
import { fileInput, withdrawInput } from './contract.ts'
import { filedEvent, filingWithdrawnEvent } from './filing-events.ts'
import { stateOfFiling, type Filing } from './filing.ts'
import { saveFiling, saveWithdrawn } from './filing-store.ts'
import { newFiling, readFilingFacts, shownFiling } from './open-filing.ts'

export const FILING_BASIS = '异地就医备案:承诺制、可备案多个就医地、急诊视同备案'
const PARTIES = ['resident@self', 'resident@representative', 'village-doctor@lawful-basis', 'family-doctor@lawful-basis', 'referral-desk@lawful-basis'] as const // prettier-ignore

export const fileOffSite = command({
  name: 'settlement.file-off-site',
  by: PARTIES,
  basis: FILING_BASIS,
  does: {
    zh: '承诺制办理异地就医备案:长期居住或自行外出,可填多个就医地;当日生效。经转诊的从转诊单办理。',
    en: 'Files care away from home by commitment: living elsewhere or going one’s own way, several places, in force at once. With a referral it is filed from there.',
  },
  input: fileInput,
  read: async (tx, input) => {
    const standing = await standingTo(tx, input.person)
    if (standing === null) return null
    await lockYear(tx, standing.person.id)
    return { ...standing, ...(await readFilingFacts(tx, standing.person, input.places)) }
  },
  relation: relationsToRecord,
  subject: ({ person }) => ({ person: person.id, basis: FILING_BASIS }),
  decide: (facts, { kind, places, reason }, act) => {
    const made = newFiling(facts, { kind, places: [...new Set(places)], reason, referral: null }, act)
    if (!made.ok) return made
    return ok({ change: made.value, answer: shownFiling(made.value, facts.names, act.today), events: [filedEvent(made.value)] })
  },
  write: (tx, made) => saveFiling(tx, made).then(() => {}),
})

type Withdrawal = { readonly one: Filing; readonly why: string; readonly by: AccountId | null }

export const withdrawFiling = command({
  name: 'settlement.withdraw-filing',
  by: PARTIES,
  basis: FILING_BASIS,
  does: {
    zh: '撤销异地就医备案并写明原因:当日起不再有效,已结算的账单不变。',
    en: 'Withdraws a filing and says why: from today it no longer holds; settled bills stay as they are.',
  },
  input: withdrawInput,
  read: async (tx, input) => {
    const standing = await standingTo(tx, input.person)
    if (standing === null) return null
    await lockYear(tx, standing.person.id)
    const { filings } = await readFilingFacts(tx, standing.person, [])
    return { ...standing, one: filings.find(({ id }) => id === input.filing) ?? null }
  },
  relation: relationsToRecord,
  subject: ({ person }) => ({ person: person.id, basis: FILING_BASIS }),
  decide: ({ one }, { reason }, act) => {
    if (one === null || stateOfFiling(one, act.today) !== 'filed') return refuse('settlement.filing-ended')
    const change: Withdrawal = { one, why: reason, by: act.actor.account }
    return ok({
      change: { ...change, on: act.today },
      answer: { filing: one.id, withdrawnOn: act.today },
      events: [filingWithdrawnEvent(one)],
    })
  },
  write: async (tx, { one, why, by, on }) => {
    await saveWithdrawn(tx, { person: one.person, id: one.id, on, why, by })
  },
})
