import { z } from 'zod'
import type { RefusalTable } from '../../../platform/refusals.ts'
import { orgKey } from '../contract.ts'

/** A unit that is booked at once: by the resident, or at the window of the institution for a registered person. */
export const bookInput = z.strictObject({
  org: orgKey,
  pool: z.uuid(),
  person: z
    .string()
    .regex(/^\d{1,18}$/, '应为居民编号|A person id is digits')
    .optional(),
})

export const engineRefusals = {
  'booking.person-not-named': {
    kind: 'invalid',
    zh: '请指明为哪位居民预约。请先查找或登记该居民。',
    en: 'Name the person whom the booking is for. Search or register the person first.',
    basis: '实名制预约',
  },
  'booking.real-name-needed': {
    kind: 'conflict',
    zh: '预约须实名,该居民还没有登记证件。请先到机构登记证件后再预约。',
    en: 'Bookings are made under a real name, and no document of this person is registered. Have one registered first.',
    basis: '实名制预约',
  },
  'booking.suspended': {
    kind: 'conflict',
    zh: '因多次爽约,该居民在 {until} 前不能直接预约。家庭医生转诊和急诊不受影响。',
    en: 'Because of missed visits this person may not book directly until {until}. Referrals and emergencies are not affected.',
    basis: '爽约管理 (设计值)',
  },
  'booking.service-booked-that-day': {
    kind: 'conflict',
    zh: '该居民当日在这个科目已有预约。请先取消原预约,或另选日期。',
    en: 'This person has a booking of that specialty on that day already. Cancel that one or choose another day.',
    basis: '一人一日一科一号 (设计值)',
  },
  'booking.day-full': {
    kind: 'conflict',
    zh: '该居民当日的直接预约已满 {most} 个。请另选日期,或先取消其中一个。',
    en: 'This person already has {most} direct bookings on that day. Choose another day, or cancel one of them.',
    basis: '防止囤号 (设计值)',
  },
} as const satisfies RefusalTable
