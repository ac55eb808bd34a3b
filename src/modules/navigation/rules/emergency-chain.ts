import type { Words } from '../../../kernel/words.ts'
import type { Reason } from '../contract.ts'
import { TIMED_TREATMENTS, type Clock, type EmergencyChannel, type TimedTreatment } from './time-critical.ts'

/** One station of the way: when one is there and when the treatment can begin, whole minutes from now. */
export type ChainStep<Centre> = {
  readonly centre: Centre
  readonly treatment: TimedTreatment
  readonly arriveMinutes: number
  readonly treatMinutes: number
}

/** Where to go now, and where from there: `direct` when the first place does what has to be done. */
export type Chain<Centre> = {
  readonly strategy: 'direct' | 'treat-then-transfer'
  readonly steps: readonly ChainStep<Centre>[]
  readonly rule: Reason
}

export type ChainAsked<Centre> = {
  readonly channel: EmergencyChannel
  readonly first: { readonly centre: Centre; readonly clock: Clock }
  /** Every open centre with the treatments that it offers and the way to it from the first one; the first one itself is 0 minutes away. */
  readonly onward: readonly {
    readonly centre: Centre
    readonly capabilities: readonly string[]
    readonly minutesFromFirst: number
  }[]
  /** The shortest whole time to the channel's best treatment from here, minutes; null when nobody offers it. */
  readonly bestMinutes: number | null
  /** A target of the channel by its name, minutes. */
  readonly minutesOf: (target: string) => number
}

/**
 * The way of an emergency. Chest pain: PCI where it can be had within the target from the first contact; otherwise thrombolysis at the nearest
 * centre, and at once on to the nearest that can do PCI, or PCI in the same house. Stroke: thrombolysis at the nearest, on to thrombectomy where
 * it is needed. All other channels: the nearest that can.
 * @source 胸痛中心、卒中中心建设与转运流程; minutes are `green-channel.<channel>-minutes`
 */
export const chainOf = <Centre>(asked: ChainAsked<Centre>): Chain<Centre> => {
  const { channel, first, minutesOf } = asked
  const { clock } = first
  const now = {
    centre: first.centre,
    treatment: clock.treatment,
    arriveMinutes: clock.travelMinutes,
    treatMinutes: clock.totalMinutes,
  }
  const then = TIMED_TREATMENTS[channel].find(({ capability }) => capability === clock.treatment.onward)
  const next = then ? onwardTo(asked, then) : null
  if (!then || !next) return { strategy: 'direct', steps: [now], rule: directRule(asked) }
  // Who does both does not leave the house: no time goes by at its door on the way out.
  const isSame = next.minutesFromFirst === 0
  const arriveMinutes = clock.travelMinutes + (isSame ? 0 : minutesOf('door-in-door-out') + next.minutesFromFirst)
  const step = { centre: next.centre, treatment: then, arriveMinutes, treatMinutes: arriveMinutes + minutesOf(then.door) }
  return { strategy: 'treat-then-transfer', steps: [now, step], rule: transferRule(asked, then) }
}

const onwardTo = <Centre>({ onward }: ChainAsked<Centre>, { capability }: TimedTreatment) =>
  onward
    .filter(({ capabilities }) => capabilities.includes(capability))
    .reduce<(typeof onward)[number] | null>(
      (nearest, one) => (nearest && nearest.minutesFromFirst <= one.minutesFromFirst ? nearest : one),
      null,
    )

const directRule = <Centre>({ first: { clock } }: ChainAsked<Centre>): Reason => {
  const { treatment, totalMinutes, targetMinutes, isWithin } = clock
  const { zh, en } = treatment.words
  if (targetMinutes === null)
    return { code: 'chain-nearest', zh: `送往最近的、能做${zh}的中心`, en: `To the nearest centre that can do ${en}` }
  if (isWithin)
    return {
      code: 'chain-direct',
      zh: `${zh}约 ${totalMinutes} 分钟可以做上,在 ${targetMinutes} 分钟内:直接送往能做${zh}的医院`,
      en: `${en} can be had in about ${totalMinutes} min, within ${targetMinutes}: go straight to a hospital that can do it`,
    }
  return {
    code: 'chain-late',
    zh: `${zh}约需 ${totalMinutes} 分钟,超过 ${targetMinutes} 分钟,又没有更近的其他救治:仍送往这里`,
    en: `${en} takes about ${totalMinutes} min, more than ${targetMinutes}, and nothing else is nearer: still go here`,
  }
}

const transferRule = <Centre>({ first: { clock }, bestMinutes, minutesOf }: ChainAsked<Centre>, then: TimedTreatment): Reason => {
  const now: Words = clock.treatment.words
  if (then.whole === null || bestMinutes === null)
    return {
      code: 'chain-onward',
      zh: `先到最近的、能做${now.zh}的中心;需要${then.words.zh}时转往能做的医院`,
      en: `First ${now.en} at the nearest centre; on to one that can do ${then.words.en} where it is needed`,
    }
  const target = minutesOf(then.whole)
  return {
    code: 'chain-transfer',
    zh: `${then.words.zh}最快约 ${bestMinutes} 分钟,超过 ${target} 分钟:先就近${now.zh},再立即转往能做${then.words.zh}的医院`,
    en: `${then.words.en} takes at least about ${bestMinutes} min, more than ${target}: ${now.en} at the nearest first, then at once on to a hospital that can do ${then.words.en}`,
  }
}

/** What to do at one station, as a sentence. */
export const stepWords = ({ treatment, arriveMinutes, treatMinutes }: ChainStep<unknown>, isFirst: boolean): Words => ({
  zh: `${isFirst ? '现在去' : '随后到'}:约 ${arriveMinutes} 分钟后到达,约 ${treatMinutes} 分钟后可${treatment.words.zh}`,
  en: `${isFirst ? 'Go now' : 'Then on'}: there in about ${arriveMinutes} min, ${treatment.words.en} in about ${treatMinutes} min`,
})
