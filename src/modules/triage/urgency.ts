import type { Opinion } from './join.ts'
import type { DangerRow } from './knowledge.ts'
import type { Terms } from './terms.ts'
import { graver, type UrgencyGrade } from './triage.ts'

/** What only asks for knowledge, an examination or a vaccine may wait. */
const MAY_WAIT =
  /(体检|疫苗|接种|预防|打针要|挂什么科|挂号|复查时间|多久复查|能不能吃|可以吃|能吃|怎么吃|饮食|保养|保健|注意什么|注意事项|美白|祛斑|祛痘|双眼皮|割双|备孕|孕前|补钙|补什么|减肥|怎么洗|怎么刷|近视|配镜|脱发|头皮屑|鸡眼|口臭|打呼噜)/
/** What keeps a plain question from being one that may wait. */
const TROUBLED = /(痛|疼|血|烧|热|喘|晕|肿|吐|泻|拉|加重|严重|厉害|难受|抽|麻|瘤|癌)/

/** Conditions that are named or strongly pointed to, in points. */
const POINTED_TO = 4.5

/**
 * From these shares on a text that shows no sign of danger of the list is an emergency, urgent, or at least not for oneself: to find an
 * emergency comes before being right about it.
 */
const LIKE_EMERGENCIES = { emergency: 0.42, urgent: 0.2, soon: 0.04 } as const

/** How a text asks: of a trouble, or of something that may wait. */
export type Manner = { readonly isTroubled: boolean; readonly mayWait: boolean }

export const mannerOf = (text: string): Manner => ({ isTroubled: TROUBLED.test(text), mayWait: MAY_WAIT.test(text) })

/**
 * How soon. Never less than the gravest danger sign says, nor than the likeness to emergencies; care for oneself only where no trouble
 * is told, or where every condition that is pointed to may wait. `points` are of the conditions, asked for only where they decide.
 */
export const urgencyOf = (
  terms: Terms,
  manner: Manner,
  gravest: DangerRow | undefined,
  points: () => ReadonlyMap<number, number>,
  { emergency }: Opinion,
): UrgencyGrade => {
  const liked =
    emergency >= LIKE_EMERGENCIES.emergency ? 'emergency' : emergency >= LIKE_EMERGENCIES.urgent ? 'urgent' : 'self-care'
  if (gravest) return graver(gravest.urgency, liked)
  const plain = manner.isTroubled ? 'soon' : byConditions(terms, manner, points())
  return graver(emergency >= LIKE_EMERGENCIES.soon ? 'soon' : plain, graver(plain, liked))
}

const byConditions = ({ conditions }: Terms, { mayWait }: Manner, points: ReadonlyMap<number, number>): UrgencyGrade => {
  let grade: UrgencyGrade = 'self-care'
  let isPointed = false
  for (const [at, sum] of points) {
    if (sum < POINTED_TO) continue
    isPointed = true
    if (conditions[at]?.urgency !== 'routine') grade = 'soon'
  }
  if (mayWait && grade === 'self-care') return 'self-care'
  return isPointed ? grade : 'soon'
}
