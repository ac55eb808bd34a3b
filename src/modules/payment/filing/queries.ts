import { query } from '../../../platform/forms/form.ts'
import { relationsToRecord, standingTo } from '../../record-access/index.ts'
import { idsOf } from '../../residents/index.ts'
import { NOTICE_BASIS } from './commands.ts'
import { filingNoticesInput, type ShownNotice } from './contract.ts'
import { listNotices } from './notice-store.ts'

export const filingNotices = query({
  name: 'payment.filing-notices',
  by: ['resident@self', 'resident@representative', 'village-doctor@lawful-basis', 'family-doctor@lawful-basis', 'referral-desk@lawful-basis', 'ward@lawful-basis', 'insurer@anyone'],
  basis: NOTICE_BASIS,
  does: {
    zh: '异地就医备案传到国家医保平台的情况:一个人的;经办机构可按备案查。',
    en: 'What filings of care away from home have come to at the platform: one person’s; the insurer asks by filing.',
  },
  input: filingNoticesInput,
  read: async (tx, { person, filings }, act) => {
    const isInsurer = act.actor.role === 'insurer'
    if (isInsurer) return filings === undefined ? null : { standing: null, found: await listNotices(tx, { persons: null, filings }) }
    const standing = person === undefined ? null : await standingTo(tx, person)
    if (standing === null) return null
    const persons = [...new Set([standing.person.id, ...(await idsOf(tx, standing.person.id))])]
    return { standing, found: await listNotices(tx, { persons, filings: filings ?? null }) }
  },
  relation: ({ standing }, act) => (standing === null ? [] : relationsToRecord(standing, act)),
  audits: ({ found, standing }) => [...new Set([...(standing === null ? [] : [standing.person.id]), ...found.map(({ person }) => person)])].map((person) => ({ person, basis: NOTICE_BASIS })),
  answer: ({ found }): { notices: ShownNotice[] } => ({
    notices: found.map(({ filing, place, state, number, says, changedAt }) => ({ filing, place, state, number, says, changedAt })),
  }),
}) // prettier-ignore
