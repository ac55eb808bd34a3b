import { z } from 'zod'
import { register } from '../../platform/register.ts'
import { CAPABILITIES, CENTRE_LEVELS, CHANNELS } from './green-channel.ts'

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, '时间格式为 HH:MM|A time is HH:MM')

const centreBody = z.strictObject({
  institution: z.string().regex(/^\d{1,18}$/, '应为机构编号|An institution id is digits'),
  channel: z.enum(CHANNELS),
  level: z.enum(CENTRE_LEVELS),
  capabilities: z.array(z.enum(CAPABILITIES)).min(1),
  /** Under which specialty (诊疗科目) it receives. */
  specialty: z.string().regex(/^\d{4}$/, '应为 4 位诊疗科目代码|A specialty code has 4 digits'),
  /** Both left out: day and night. */
  opensAt: clockTime.nullish(),
  closesAt: clockTime.nullish(),
  certificate: z.string().trim().max(80).nullish(),
})

/** A certified centre: what it can do for one channel, and at which hours. */
export type CentreBody = z.output<typeof centreBody>

/** 胸痛、卒中、创伤、危重孕产妇、危重新生儿救治中心 with their level and hours: where a green channel may lead. */
export const centres = register({
  module: 'green-channel',
  kind: 'centre',
  words: { zh: '救治中心', en: 'emergency centre' },
  schema: centreBody,
  labels: {
    institution: { zh: '机构', en: 'Institution', means: 'institution' },
    channel: {
      zh: '中心类别',
      en: 'Kind of centre',
      choices: {
        'chest-pain': { zh: '胸痛中心', en: 'Chest pain' },
        stroke: { zh: '卒中中心', en: 'Stroke' },
        trauma: { zh: '创伤中心', en: 'Trauma' },
        maternal: { zh: '危重孕产妇救治中心', en: 'Critical mothers' },
        newborn: { zh: '危重新生儿救治中心', en: 'Critical newborns' },
      },
    },
    level: {
      zh: '级别',
      en: 'Level',
      choices: { primary: { zh: '防治中心(基本)', en: 'Primary' }, advanced: { zh: '综合/高级中心', en: 'Advanced' } },
    },
    capabilities: {
      zh: '救治能力',
      en: 'What it can do',
      choices: {
        lysis: { zh: '溶栓', en: 'Thrombolysis' },
        thrombectomy: { zh: '取栓', en: 'Thrombectomy' },
        ppci: { zh: '直接介入(PPCI)', en: 'Primary PCI' },
        'damage-control': { zh: '损伤控制手术', en: 'Damage control surgery' },
        'critical-obstetrics': { zh: '危重孕产妇救治', en: 'Critical obstetrics' },
        'critical-newborn': { zh: '危重新生儿救治', en: 'Critical newborn care' },
      },
    },
    specialty: { zh: '接诊科目', en: 'Receiving specialty' },
    opensAt: { zh: '开始接诊(空为全天)', en: 'Receives from (empty: always)' },
    closesAt: { zh: '停止接诊', en: 'Receives until' },
    certificate: { zh: '认证编号', en: 'Certificate' },
  },
  keyOf: (body) => `${body.institution}-${body.channel}`,
  // Only the region's own offices: a hospital does not certify itself.
  by: ['health-bureau@anyone', 'administrator@anyone'],
  readBy: [
    'village-doctor@anyone',
    'family-doctor@anyone',
    'referral-desk@anyone',
    'ward@anyone',
    'consortium-manager@anyone',
    'health-bureau@anyone',
    'administrator@anyone',
  ],
  fourEyes: true,
  basis: '县域五大中心(胸痛、卒中、创伤、危重孕产妇、危重新生儿)建设',
})
