import { z } from 'zod'
import type { OrgId } from '../../kernel/id.ts'
import { query } from '../../platform/forms/form.ts'
import { specialtyName } from '../organisations/index.ts'
import { receiversOf } from './desk-queries.ts'
import { lifecycle } from './lifecycle.ts'
import { placesOf, shownPlace } from './shown.ts'
import { holderOf } from './step.ts'
import { supervisedCases, type Supervised } from './supervision-store.ts'

const holderOfSupervised = ({ sender, ...rest }: Supervised): OrgId | null => holderOf({ ...rest, org: sender } as never)

/** What an office without beds oversees: whether somebody acts on every case. Who the patient is, is not its business. */
export const supervision = query({
  name: 'referral.supervision',
  by: ['consortium-manager@anyone', 'health-bureau@anyone', 'administrator@anyone'],
  basis: '超时逐级上报 (设计值)',
  does: {
    zh: '督办:已超时或已上报的在办转诊,由谁负责、拖了多久;不含患者身份和病情。',
    en: 'Open cases that are late or escalated: who holds the baton and since when; no patient and no diagnosis.',
  },
  input: z.strictObject({ limit: z.number().int().min(1).max(500).default(200) }),
  read: async (tx, input, act) => {
    const cases = await supervisedCases(tx, (await receiversOf(tx, act)) ?? [], act.now, input.limit)
    const places = await placesOf(
      tx,
      cases.flatMap(({ sender, receiver, careOrg }) => [sender, receiver, careOrg]),
    )
    const specialties = new Map<string, { zh: string; en?: string | null }>()
    for (const code of new Set(cases.map(({ specialty }) => specialty)))
      specialties.set(code, (await specialtyName(tx, code)) ?? { zh: code, en: code })
    return { cases, places, specialties }
  },
  audits: ({ cases }) => [{ basis: `督办清单:${cases.length} 件,不含患者身份` }],
  answer: ({ cases, places, specialties }) => ({
    cases: cases.map((one) => {
      const holder = holderOfSupervised(one)
      return {
        id: one.id,
        slipNo: one.slipNo,
        state: one.state,
        stateWords: lifecycle.states[one.state].words,
        direction: one.direction,
        urgency: one.urgency,
        specialty: specialties.get(one.specialty) ?? { zh: one.specialty },
        sender: shownPlace(one.sender, places),
        receiver: shownPlace(one.receiver, places),
        holder: holder && shownPlace(holder, places),
        stateSince: one.stateSince,
        waitUntil: one.waitUntil,
        escalations: one.escalations,
      }
    }),
  }),
})
