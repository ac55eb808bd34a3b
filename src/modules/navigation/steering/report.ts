import { instantAt, plusDays, type Day } from '../../../kernel/day.ts'
import { query } from '../../../platform/forms/form.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { allSites, divisionsOf, institutionsOf } from '../../organisations/index.ts'
import { steeringInput } from '../finding/contract.ts'
import { steeringOf } from '../rules/steering.ts'
import { choicesBetween } from './choices-store.ts'

const WEEK_DAYS = 7
const COUNTY_DIGITS = 6
const DIVISION_DIGITS = 12
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
    const thresholds = {
      offeredLeast: act.policy('navigation.starved', 'offered-least'),
      chosenShareLeast: act.policy('navigation.starved', 'chosen-share-least'),
    }
    const { places, starved, ...steering } = steeringOf(choices, sites, thresholds)
    const listed = { places: places.slice(0, LISTED_MOST), starved: starved.slice(0, LISTED_MOST) }
    const ids = [...new Set([...listed.places, ...listed.starved].map(({ id }) => id))]
    const institutions = new Map((await institutionsOf(tx, ids)).map((one) => [one.id, one]))
    const ofPlaces = Array.from(institutions.values(), ({ division }) => division.slice(0, COUNTY_DIGITS))
    const counties = [...steering.counties.map(({ county }) => county), ...ofPlaces].map((county) =>
      county.padEnd(DIVISION_DIGITS, '0'),
    )
    const divisions = await divisionsOf(tx, [...new Set(counties)])
    return {
      from,
      until,
      today: act.today,
      thresholds,
      institutions,
      steering,
      listed,
      names: new Map(divisions.map(({ code, zh }) => [code.slice(0, COUNTY_DIGITS), zh])),
    }
  },
  answer: ({ from, until, today, thresholds, institutions, names, steering, listed }) => {
    const where = ({ id }: { readonly id: OrgId }) => {
      const institution = institutions.get(id)
      const county = institution?.division.slice(0, COUNTY_DIGITS) ?? null
      return { name: institution?.name ?? null, tier: institution?.tier ?? null, county: county && (names.get(county) ?? county) }
    }
    return {
      from,
      until,
      today,
      thresholds,
      ...steering,
      counties: steering.counties.map((one) => ({ ...one, name: names.get(one.county) ?? one.county })),
      places: listed.places.map((one) => ({ ...one, ...where(one) })),
      starved: listed.starved.map((one) => ({ ...one, ...where(one) })),
    }
  },
})
