import { z } from 'zod'
import { register } from '../../platform/register.ts'
import { ROLES, type Party } from '../../platform/access.ts'

const everyone: readonly Party[] = ROLES.filter((role) => role !== 'system').map((role): Party => `${role}@anyone`)

/** 库存登记: which drugs (ATC) and devices an institution has; hospitals ask it before they send somebody home. */
export const supplies = register({
  module: 'continuity',
  kind: 'supply',
  words: { zh: '药品器械库存', en: 'supply in stock' },
  schema: z.strictObject({
    code: z.string().trim().min(1).max(60),
    kind: z.enum(['drug', 'device']),
    name: z.strictObject({ zh: z.string().trim().min(1).max(100), en: z.string().trim().max(200).nullish() }),
  }),
  labels: {
    code: { zh: '代码', en: 'Code' },
    kind: { zh: '类别', en: 'Kind', choices: { drug: { zh: '药品', en: 'Drug' }, device: { zh: '器械', en: 'Device' } } },
    name: { zh: '名称', en: 'Name' },
  },
  keyOf: (body) => body.code,
  by: ['village-doctor@own', 'family-doctor@own', 'consortium-manager@own'],
  readBy: everyone,
  fourEyes: false,
  basis: '县域药品统一管理、上下级用药衔接',
})
