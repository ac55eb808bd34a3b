import type { Words } from '../../../kernel/words.ts'
import type { Tier } from '../../organisations/index.ts'
import type { Reason } from '../contract.ts'
import { TIER_WORDS } from '../navigation.ts'
import { writtenTime } from './reasons.ts'
import type { Clock } from './time-critical.ts'
import type { RankChange } from './what-would-change.ts'

const TAGS: Readonly<Record<'key' | 'advantage' | 'feature', Words>> = {
  key: { zh: '重点专科', en: 'a key specialty' },
  advantage: { zh: '优势专科', en: 'an advantage specialty' },
  feature: { zh: '特色专科', en: 'a feature specialty' },
}

/** How equal places are ordered; the same sentence for everybody. */
export const TIE_RULE: Words = {
  zh: '分数相同时,近者在前;距离也相同时,机构编号小者在前。机构的收费和收入不影响排序。',
  en: 'Equal points: the nearer first; equally near: the smaller institution number first. What a place charges or earns moves nothing.',
}

/** Why a place may treat the need: it cares for patients in a specialty that treats it. */
export const mayTreatReason = (specialty: Words, isMain: boolean, condition: Words | null): Reason => {
  if (!condition) return { code: 'may-treat', zh: `已登记${specialty.zh}诊疗服务`, en: `Offers ${specialty.en} by the register` }
  return {
    code: 'may-treat',
    zh: `已登记${specialty.zh}诊疗服务,${isMain ? '为' : '也可'}诊治“${condition.zh}”${isMain ? '的主要科目' : ''}`,
    en: `Offers ${specialty.en} by the register, ${isMain ? 'which mainly treats' : 'which also treats'} ${condition.en}`,
  }
}

// Rounded down: what is said must be enough.
const TENTHS = 10

/** What alone would put a place first, as a sentence. */
export const changeReason = (change: RankChange, zone: string): Reason => {
  switch (change.kind) {
    case 'earlier-unit': {
      const before = writtenTime(change.before, zone)
      return {
        code: 'would-change-unit',
        zh: `若在 ${before.zh} 前有号源,将排第一`,
        en: `Would be first with a unit before ${before.en}`,
      }
    }
    case 'nearer': {
      const km = (Math.floor(change.km * TENTHS) / TENTHS).toFixed(1)
      return { code: 'would-change-distance', zh: `若距离不到 ${km} 公里,将排第一`, en: `Would be first nearer than ${km} km` }
    }
    case 'own-consortium':
      return {
        code: 'would-change-consortium',
        zh: '若属于居住地的医联体,将排第一',
        en: 'Would be first in the consortium of the place of living',
      }
    case 'stronger':
      return {
        code: 'would-change-strength',
        zh: `若本专科为${TAGS[change.tag].zh},将排第一`,
        en: `Would be first if the specialty were ${TAGS[change.tag].en}`,
      }
  }
}

/** Said when no single thing would do. */
export const SEVERAL_CHANGES: Reason = {
  code: 'would-change-several',
  zh: '需同时改变多项(层级、距离、等候等)才会排第一',
  en: 'Several things (tier, way, wait) would have to change together for it to be first',
}

/** What choosing this place instead of the first costs the person; null when it costs neither time nor waiting. */
export const costWords = (minutes: number, waitDays: number | null): Words => {
  const way = minutes > 0 ? `路上多 ${minutes} 分钟` : minutes < 0 ? `路上少 ${-minutes} 分钟` : '路程相同'
  const wayEn = minutes > 0 ? `${minutes} min more on the way` : minutes < 0 ? `${-minutes} min less on the way` : 'the same way'
  if (waitDays === null)
    return { zh: `与首选相比:${way},暂无可比的号源时间`, en: `Against the first: ${wayEn}; no unit to compare` }
  const days = Math.abs(waitDays).toFixed(1)
  const wait = waitDays > 0 ? `晚 ${days} 天` : waitDays < 0 ? `早 ${days} 天` : '时间相同'
  const waitEn = waitDays > 0 ? `${days} days later` : waitDays < 0 ? `${days} days sooner` : 'the same time'
  return { zh: `与首选相比:${way},${wait}`, en: `Against the first: ${wayEn}, ${waitEn}` }
}

/** The clock that runs in an emergency: the way, the door, and the target. */
export const clockWords = ({ treatment, travelMinutes, doorMinutes, totalMinutes, targetMinutes, isWithin }: Clock): Words => {
  const zh = `${treatment.words.zh}:路程约 ${travelMinutes} 分钟 + 到院后目标 ${doorMinutes} 分钟 = ${totalMinutes} 分钟`
  const en = `${treatment.words.en}: ${travelMinutes} min on the way + ${doorMinutes} min from the door by its target = ${totalMinutes} min`
  if (targetMinutes === null) return { zh, en }
  return {
    zh: `${zh},${isWithin ? '在' : '超出'} ${targetMinutes} 分钟目标${isWithin ? '内' : ''}`,
    en: `${en}, ${isWithin ? 'within' : 'beyond'} the target of ${targetMinutes} min`,
  }
}

/** Why a place takes those for whom the first choice is full. */
export const diversionReason = (
  full: { readonly zh: string; readonly en?: string | null },
  tier: Tier,
  days: number,
): Reason => ({
  code: 'diversion',
  zh: `首选“${full.zh}”${days} 天内号源已满,同城同层次(${TIER_WORDS[tier].zh})同专科横向分流`,
  en: `The first choice, “${full.en ?? full.zh}”, is full for ${days} days: diverted to the same city, tier (${TIER_WORDS[tier].en.toLowerCase()}) and specialty`,
})

/** Why nobody of the same city, tier and specialty takes those for whom the first choice is full: none of them has a unit. */
export const noPeerReason = (full: { readonly zh: string; readonly en?: string | null }, days: number): Reason => ({
  code: 'diversion-none',
  zh: `首选“${full.zh}”${days} 天内号源已满,同城同层次同专科的机构也没有空闲号源`,
  en: `The first choice, “${full.en ?? full.zh}”, is full for ${days} days, and nobody of the same city, tier and specialty has a unit`,
})

export const OWN_DOCTOR: Reason = {
  code: 'own-doctor',
  zh: '签约或建档的家庭医生机构',
  en: 'The person’s own family doctor’s place',
}
export const EARLIER_VISIT: Reason = { code: 'earlier-visit', zh: '曾在该机构就诊', en: 'The person has been seen here before' }
export const PRICE_UNKNOWN: Words = { zh: '个人自付费用暂未知', en: 'What the resident pays is not yet known' }
export const PRICE_NOT_RANKED: Reason = {
  code: 'price-unknown',
  zh: '所示费用只是预估,本次未按费用排序',
  en: 'What is told of the cost is an estimate; the order does not go by it',
}
export const DOUBTFUL_POINT: Reason = {
  code: 'doubtful-point',
  zh: '该机构登记的坐标存疑,路程仅供参考,出发前请电话核实',
  en: 'The coordinates entered for this place are doubted: take the way as a guess and call before setting out',
}
/** How long the way takes, and by what it is known. */
export const wayReason = (minutes: number, isByTable: boolean): Reason => ({
  code: 'travel',
  zh: `路上约 ${minutes} 分钟(${isByTable ? '按导入的出行时间表' : '按直线距离估算'})`,
  en: `About ${minutes} min on the way (${isByTable ? 'by the loaded travel times' : 'estimated from the straight line'})`,
})
