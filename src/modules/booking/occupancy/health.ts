import { plusMinutes } from '../../../kernel/clock.ts'
import { query } from '../../../platform/forms/form.ts'
import { noInput } from '../contract.ts'
import { namedRefs, refTargets, type RefTarget } from './ref-store.ts'
import * as store from './store.ts'

/** Enough gaps to work through on one screen. */
const GAPS_SHOWN_MOST = 200
const CONFLICTS_SHOWN_MOST = 500
const REFS_SHOWN_MOST = 200
const TARGETS_MOST = 1_000

export const feedHealth = query({
  name: 'booking.feed-health',
  by: ['referral-desk@anyone', 'consortium-manager@anyone'],
  basis: 'S0 实时号源,共享床位信息',
  does: {
    zh: '本机构各系统推送的号源床位:收到第几条、是否迟到、缺哪些、哪里与已约号源不一致。',
    en: 'The feeds of one’s own institution: how far each was heard, whether it is late, what is missing, and where it conflicts with units sold.',
  },
  input: noInput,
  read: async (tx, _input, act) => {
    if (!act.actor.org) return null
    const feeds = await store.feedsOf(tx, act.actor.org)
    const health = []
    for (const feed of feeds)
      health.push({
        feed,
        gaps: await store.gapsOf(tx, feed, GAPS_SHOWN_MOST),
        conflicts: await store.placedConflicts(tx, feed, CONFLICTS_SHOWN_MOST),
        unmapped: await store.unmappedCount(tx, feed),
        refs: await namedRefs(tx, feed, REFS_SHOWN_MOST),
        places: await store.statesOf(tx, feed),
      })
    // What references may mean matters only where there are any.
    const hasRefs = health.some(({ refs }) => refs.length > 0)
    return { health, targets: hasRefs ? await refTargets(tx, act.actor.org, act.now, TARGETS_MOST) : [] }
  },
  answer: ({ health, targets }, _input, act) => ({
    targets: targets.map(shownTarget),
    lateMinutes: act.policy('booking.feed-late-minutes'),
    feeds: health.map(({ feed, gaps, conflicts, unmapped, refs, places }) => ({
      source: feed.source,
      highest: feed.highest,
      heardAt: feed.heardAt,
      isLate: feed.heardAt !== null && act.now >= plusMinutes(feed.heardAt, act.policy('booking.feed-late-minutes')),
      gaps,
      conflicts: conflicts.map(({ doctorZh, doctorEn, ...one }) => ({
        ...one,
        doctor: doctorZh === null ? null : { zh: doctorZh, en: doctorEn },
      })),
      unmapped,
      refs,
      slots: placesOf(places, 'slot'),
      beds: placesOf(places, 'bed'),
    })),
  }),
})

const shownTarget = ({ doctorZh, doctorEn, serviceZh, serviceEn, wardZh, wardEn, ...target }: RefTarget) => ({
  ...target,
  doctor: doctorZh === null ? null : { zh: doctorZh, en: doctorEn },
  service: serviceZh === null ? null : { zh: serviceZh, en: serviceEn },
  ward: wardZh === null ? null : { zh: wardZh, en: wardEn },
})

const placesOf = (states: Awaited<ReturnType<typeof store.statesOf>>, kind: 'slot' | 'bed') => {
  const ones = states.filter((state) => state.kind === kind)
  const sum = (of: 'free' | 'used' | 'capacity'): number => ones.reduce((total, state) => total + state[of], 0)
  return { places: ones.length, free: sum('free'), used: sum('used'), capacity: sum('capacity') }
}
