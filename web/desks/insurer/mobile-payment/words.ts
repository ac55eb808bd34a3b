import type { Tier } from '../../../../src/modules/organisations/organisations.ts'
import type { Words } from '../../../words/language.tsx'

const zh = {
  title: '移动支付',
  lead: '哪些机构和药店当日可以手机支付，每天的账是否对得上。',
  tiers: '各级医疗机构',
  table: '各级开通情况',
  tier: '级别',
  tierNames: {
    province: '省级',
    city: '市级',
    county: '县级',
    'regional-centre': '区域性中心',
    township: '乡镇级',
    village: '村级',
  } satisfies Record<Tier, string>,
  institutions: '机构数',
  open: '已开通',
  share: '覆盖率',
  all: '合计',
  pharmacies: '定点药店',
  pharmacyCount: (count: number) => `已开通 ${count} 家`,
  how: '覆盖率怎么算',
  howWords: (open: number, institutions: number) =>
    `当日在册的机构 ${institutions} 家，其中在“移动支付开通点”登记为开通的 ${open} 家；开通数除以机构数，尾数舍去，不进位。药店没有在册总数，只列开通数。`,
  register: '登记开通或停用',
}
export type CoverageWords = typeof zh

const en: CoverageWords = {
  title: 'Mobile payment',
  lead: 'Which institutions and pharmacies take payment by telephone today, and whether the books of each day agree.',
  tiers: 'Institutions by tier',
  table: 'Open by tier',
  tier: 'Tier',
  tierNames: {
    province: 'Province',
    city: 'City',
    county: 'County',
    'regional-centre': 'Regional centre',
    township: 'Township',
    village: 'Village',
  },
  institutions: 'Institutions',
  open: 'Open',
  share: 'Share',
  all: 'All',
  pharmacies: 'Pharmacies',
  pharmacyCount: (count) => `${count} open`,
  how: 'How the share is counted',
  howWords: (open, institutions) =>
    `${institutions} institutions stand on this day, ${open} of them are registered as places of mobile payment; open by all, rounded down. The number of all pharmacies is not known, so they have no share.`,
  register: 'Register a place as open or closed',
}

/** Words of the reach of mobile payment. */
export const coverageWords: Words<CoverageWords> = { zh, en }
