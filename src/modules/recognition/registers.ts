import { z } from 'zod'
import { register } from '../../platform/register.ts'
import { ITEM_KINDS, MARK_SCOPES } from './recognition.ts'

const staff = [
  'village-doctor@anyone',
  'family-doctor@anyone',
  'referral-desk@anyone',
  'ward@anyone',
  'consortium-manager@anyone',
  'insurer@anyone',
  'health-bureau@anyone',
  'administrator@anyone',
] as const
const code = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9.-]{2,60}$/, '应为字母、数字、点和横线|Letters, digits, dots and dashes')

const itemBody = z.strictObject({
  code,
  zh: z.string().trim().min(1).max(120),
  en: z.string().trim().min(1).max(160),
  kind: z.enum(ITEM_KINDS),
  daysValid: z.number().int().min(0).max(36_500).nullish(),
  priceFen: z.number().int().min(0).max(100_000_000),
  alsoCoded: z.array(z.string().trim().min(3).max(200)).max(20).default([]),
  siteMatters: z.boolean().default(false),
})
export type ItemBody = z.output<typeof itemBody>

/** 互认项目目录: what may be recognised, for how long, what it costs, and by which other codes results name it. */
export const items = register({
  module: 'recognition',
  kind: 'item',
  words: { zh: '互认项目', en: 'recognised item' },
  schema: itemBody,
  labels: {
    code: { zh: '项目编码', en: 'Code' },
    zh: { zh: '名称', en: 'Chinese name' },
    en: { zh: '英文名称', en: 'English name' },
    kind: {
      zh: '类别',
      en: 'Kind',
      choices: {
        lab: { zh: '检验', en: 'Laboratory' },
        imaging: { zh: '放射影像', en: 'Imaging' },
        ultrasound: { zh: '超声', en: 'Ultrasound' },
        ecg: { zh: '心电', en: 'Electrocardiography' },
        pathology: { zh: '病理', en: 'Pathology' },
        endoscopy: { zh: '内镜', en: 'Endoscopy' },
      },
    },
    daysValid: { zh: '互认天数(空为本类缺省)', en: 'Days valid (empty: as its kind)' },
    priceFen: { zh: '价格(分)', en: 'Price (fen)' },
    alsoCoded: { zh: '其他编码(系统|代码)', en: 'Other codes (system|code)' },
    siteMatters: { zh: '须同一部位', en: 'Site must be the same' },
  },
  keyOf: (body) => body.code,
  by: ['health-bureau@anyone', 'administrator@anyone'],
  readBy: [...staff],
  fourEyes: false,
  basis: '国家、省、市检查检验结果互认项目清单',
})

const markBody = z.strictObject({
  institution: z.string().regex(/^\d{1,18}$/, '应为机构编号|An institution id is digits'),
  item: code,
  scope: z.enum(MARK_SCOPES),
  certificate: z.string().trim().max(120).nullish(),
})
export type MarkBody = z.output<typeof markBody>

/** HR 标识: the items for which an institution passed external quality assessment, from and until when, and how far the mark reaches. */
export const marks = register({
  module: 'recognition',
  kind: 'mark',
  words: { zh: '互认标识(室间质评)', en: 'recognition mark' },
  schema: markBody,
  labels: {
    institution: { zh: '机构', en: 'Institution', means: 'institution' },
    item: { zh: '项目编码', en: 'Item' },
    scope: {
      zh: '标识范围',
      en: 'How far it reaches',
      choices: {
        national: { zh: '全国HR', en: 'National' },
        province: { zh: '省HR', en: 'Province' },
        city: { zh: '市HR', en: 'City' },
        consortium: { zh: '医联体HR', en: 'Consortium' },
      },
    },
    certificate: { zh: '室间质评证书', en: 'Certificate' },
  },
  keyOf: (body) => `${body.institution}-${body.item}-${body.scope}`,
  by: ['health-bureau@anyone', 'administrator@anyone'],
  readBy: [...staff],
  // A mark opens the whole region to a laboratory's results.
  fourEyes: true,
  basis: '医疗机构检查检验结果互认管理办法:室间质评合格项目方可标识',
})
