import { ok, refuse } from '../../kernel/result.ts'
import type { OrgId } from '../../kernel/id.ts'
import type { Party } from '../../platform/access.ts'
import { command } from '../../platform/forms/form.ts'
import { accept, findShown, saveAccepted } from './accept.ts'
import { scanInput } from './contract.ts'
import { SCENES } from './health-card.ts'
import { cardEvent } from './holder.ts'

const DESKS: readonly Party[] = [
  'village-doctor@anyone',
  'family-doctor@anyone',
  'referral-desk@anyone',
  'ward@anyone',
  'pharmacist@anyone',
]

export const scan = command({
  name: 'health-card.scan',
  by: DESKS,
  basis: 'S2 电子健康卡 用卡环节 010101–010107',
  does: {
    zh: '窗口扫码核验:静态码、动态码或已绑定的卡号;接受一次记一次,本人可见。动态码只认一次。',
    en: 'Checks a code at a counter: static, dynamic, or a bound number; each acceptance is noted and the person sees it. A dynamic code counts once.',
  },
  input: scanInput,
  read: async (tx, { text, kind, issuer }, act) => {
    const ofInstitution = kind === 'hospital-card' ? ((issuer as OrgId | null | undefined) ?? act.actor.org) : null
    return { found: await findShown(tx, text, kind ? { kind, issuer: ofInstitution } : null, act) }
  },
  subject: ({ found }) => ({ person: found?.person.id ?? null }),
  decide: ({ found }, { scene, kind, department }, act) => {
    const use = accept(found, scene, { department: department ?? null, app: null, asked: kind ?? null }, act)
    if (!use.ok) return use
    if (!found) return refuse('health-card.code-unknown')
    const { person } = found
    const { id, shown, at } = use.value
    return ok({
      change: { code: found.code, use: use.value },
      answer: {
        use: id,
        at,
        shown,
        scene,
        sceneCode: SCENES[scene].code,
        person: person.id,
        name: { zh: person.zh, en: person.en },
        sex: person.sex,
        bornOn: person.bornOn,
        insurance: person.insurance,
      },
      events: [cardEvent('health-card.used', use.value.person, act, { scene, shown })],
    })
  },
  write: saveAccepted,
})
