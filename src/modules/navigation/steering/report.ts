import { instantAt, plusDays, type Day } from '../../../kernel/day.ts'
import { query } from '../../../platform/forms/form.ts'
import { allSites, institutionsOf } from '../../organisations/index.ts'
import { steeringInput } from '../finding/contract.ts'
import { steeringOf } from '../rules/steering.ts'
import { choicesBetween } from './choices-store.ts'

const WEEK_DAYS = 7
const COUNTY_DIGITS = 6
const LISTED_MOST = 200

/** The weekly report: where navigation sent people, where they went, and who was left out. */
export const steeringReport = query({
  name: 'navigation.steering-report',
  by: ['health-bureau@anyone', 'consortium-manager@anyone', 'administrator@anyone'],
  basis: '引导结果每周公布;任何层级和县不因引导而被冷落',
  does: {
    zh: '一周的就诊引导:各机构、层级、县被推荐和被选择的次数,首选采纳率,以及被冷落的机构。',
    en: 'A week of steering: offers and choices by place, level and county, how often the first was taken, and who was left out.',
  },
  input: steeringInput,
  read: async (tx, input, act) => {
    const from = (input.from as Day | undefined) ?? plusDays(act.today, 1 - WEEK_DAYS)
    const until = plusDays(from, WEEK_DAYS)
    const choices = await choicesBetween(tx, instantAt(from, '00:00', act.zone), instantAt(until, '00:00', act.zone))
    const sites = (await allSites(tx, act.today)).map(({ id, tier, division }) => ({
      id,
      tier,
      county: division.slice(0, COUNTY_DIGITS),
    }))
    const steering = steeringOf(choices, sites, {
      offeredLeast: act.policy('navigation.starved', 'offered-least'),
      chosenShareLeast: act.policy('navigation.starved', 'chosen-share-least'),
    })
    const listed = [...steering.places, ...steering.starved].slice(0, LISTED_MOST * 2).map(({ id }) => id)
    const names = new Map((await institutionsOf(tx, listed)).map((one) => [one.id, one.name]))
    return { from, until, steering, names }
  },
  answer: ({ from, until, steering, names }) => ({
    from,
    until,
    ...steering,
    places: steering.places.slice(0, LISTED_MOST).map((one) => ({ ...one, name: names.get(one.id) ?? null })),
    starved: steering.starved.slice(0, LISTED_MOST).map((one) => ({ ...one, name: names.get(one.id) ?? null })),
  }),
})
