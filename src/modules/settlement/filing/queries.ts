import { query } from '../../../platform/forms/form.ts'
import { relationsToRecord, standingTo } from '../../record-access/index.ts'
import { findPerson, idsOf } from '../../residents/index.ts'
import { FILING_BASIS } from './commands.ts'
import { filingsInput } from './contract.ts'
import { filingsOf, listFilings } from './filing-store.ts'
import { namesOfPlaces, shownFiling } from './open-filing.ts'

export const filings = query({
  name: 'settlement.filings',
  by: ['resident@self', 'resident@representative', 'village-doctor@lawful-basis', 'family-doctor@lawful-basis', 'referral-desk@lawful-basis', 'ward@lawful-basis', 'insurer@anyone'],
  basis: FILING_BASIS,
  does: {
    zh: '异地就医备案:一个人的;经办机构可分页看全部,新的在前。',
    en: 'What is filed of care away from home: one person’s; the insurer sees everybody’s by page, the newest first.',
  },
  input: filingsInput,
  read: async (tx, input, act) => {
    const isInsurer = act.actor.role === 'insurer'
    if (input.person === undefined && !isInsurer) return null
    const standing = input.person === undefined || isInsurer ? null : await standingTo(tx, input.person)
    if (standing === null && !isInsurer) return null
    const whose = standing?.person ?? (input.person === undefined ? null : await findPerson(tx, input.person as never))
    if (input.person !== undefined && whose === null) return null
    const found = whose === null ? await listFilings(tx, { after: input.after ?? null, limit: input.limit }) : await filingsOf(tx, [...new Set([whose.id, ...(await idsOf(tx, whose.id))])])
    return { standing, found, names: await namesOfPlaces(tx, found.flatMap(({ places }) => places)), isPage: whose === null }
  },
  relation: ({ standing }, act) => (standing === null ? [] : relationsToRecord(standing, act)),
  audits: ({ found, standing }) => [...new Set([...(standing === null ? [] : [standing.person.id]), ...found.map(({ person }) => person)])].map((person) => ({ person, basis: FILING_BASIS })),
  answer: ({ found, names, isPage }, input, act) => ({
    filings: found.map((one) => shownFiling(one, names, act.today)),
    next: isPage && found.length === input.limit ? (found.at(-1)?.id ?? null) : null,
  }),
}) // prettier-ignore
