import type { Opinion } from './join.ts'
import type { DangerRow } from './knowledge.ts'
import type { Reading } from './read-text.ts'
import type { Terms } from './terms.ts'
import { graver, type UrgencyGrade } from './triage.ts'

/** What only asks for knowledge, an examination or a vaccine may wait. */
const MAY_WAIT =
  /(体检|疫苗|接种|预防|打针要|挂什么科|挂号|复查时间|多久复查|能不能吃|可以吃|能吃|怎么吃|饮食|保养|保健|注意什么|注意事项|美白|祛斑|祛痘|双眼皮|割双|备孕|孕前|补钙|补什么|减肥|怎么洗|怎么刷|近视|配镜|脱发|头皮屑|鸡眼|口臭|打呼噜)/
/** What keeps a plain question from being one that may wait. */
const TROUBLED = /(痛|疼|血|烧|热|喘|晕|肿|吐|泻|拉|加重|严重|厉害|难受|抽|麻|瘤|癌)/

/** Conditions that are named or strongly pointed to, in points. */
const POINTED_TO = 4.5

/** From these shares on a text that shows no sign of danger of the list is an emergency, urgent, or at least not for oneself. */
const LIKE_EMERGENCIES = { emergency: 0.42, urgent: 0.2, soon: 0.04 } as const

/**
 * How soon. Never less than the gravest danger sign says, nor than the likeness to emergencies; care for oneself only where no trouble
 * is told, or where every condition that is pointed to may wait.
 */
export const urgencyOf = (
  terms: Terms,
  reading: Reading,
  dangers: readonly DangerRow[],
  points: Float64Array,
  { emergency }: Opinion,
): UrgencyGrade => {
  const liked =
    emergency >= LIKE_EMERGENCIES.emergency ? 'emergency' : emergency >= LIKE_EMERGENCIES.urgent ? 'urgent' : 'self-care'
  const [gravest] = dangers
  if (gravest) return graver(gravest.urgency, liked)
  const plain = byConditions(terms, reading, points)
  return graver(emergency >= LIKE_EMERGENCIES.soon ? 'soon' : plain, graver(plain, liked))
}

const byConditions = ({ conditions }: Terms, reading: Reading, points: Float64Array): UrgencyGrade => {
  let grade: UrgencyGrade = 'self-care'
  let isPointed = false
  if (TROUBLED.test(reading.text)) return 'soon'
  for (let at = 0; at < points.length; at += 1) {
    if ((points[at] as number) < POINTED_TO) continue
    isPointed = true
    if (conditions[at]?.urgency !== 'routine') grade = 'soon'
  }
  if (MAY_WAIT.test(reading.text) && grade === 'self-care') return 'self-care'
  return isPointed ? grade : 'soon'
}
