import { ok, refuse } from '../../../kernel/result.ts'
import { command } from '../../../platform/forms/form.ts'
import { findInstitution } from '../../organisations/index.ts'
import { getPerson } from '../../residents/index.ts'
import { filedEvent, newFiling, readFilingFacts, saveFiling, shownFiling } from '../../settlement/index.ts'
import { fileOffSiteInput } from '../contract.ts'
import { relationsToReferral } from '../facts.ts'
import { lifecycle } from '../lifecycle.ts'
import type { ReferralId } from '../referral.ts'
import * as store from '../store.ts'

/** A filing holds for the city that the receiver lies in. */
const CITY_DIGITS = 4

/** Care away from home is filed from the referral that leads there: what is filed holds for the receiver's city. */
export const fileOffSite = command({
  name: 'referral.file-off-site',
  by: ['village-doctor@sender', 'family-doctor@sender', 'referral-desk@sender', 'ward@sender', 'referral-desk@receiver'],
  basis: '异地就医备案:经转诊的由医疗机构办理,承诺制;国卫基层发〔2023〕41号',
  does: {
    zh: '从转往参保地以外的转诊单办理异地就医备案:当日生效,到期自动失效。',
    en: 'Files care away from home from a referral that leads there: in force at once, ends by its day.',
  },
  input: fileOffSiteInput,
  read: async (tx, input) => {
    const referral = await store.lockReferral(tx, input.referral as ReferralId)
    if (referral === null) return null
    const [person, receiver] = [await getPerson(tx, referral.person), await findInstitution(tx, referral.receiver)]
    const place = receiver?.division.slice(0, CITY_DIGITS) ?? ''
    return { referral, place, filing: await readFilingFacts(tx, person, [place]) }
  },
  relation: ({ referral }, { actor }) => relationsToReferral(actor, referral),
  subject: ({ referral }) => ({ person: referral.person, case: referral.id }),
  decide: ({ referral, place, filing }, _input, act) => {
    if (referral.state === 'draft' || lifecycle.states[referral.state].end === true) return refuse('referral.filing-not-open')
    const source = { org: referral.org, id: referral.id }
    const made = newFiling(
      filing,
      { kind: 'referral', places: [place], reason: `转诊 ${referral.slipNo}`, referral: source },
      act,
    )
    if (!made.ok) return made
    return ok({
      change: made.value,
      answer: shownFiling(made.value, filing.names, act.today),
      events: [filedEvent(made.value, referral.receiver)],
    })
  },
  write: async (tx, made) => {
    await saveFiling(tx, made)
  },
})
