/** How people get about: the estimate where no table of travel times was loaded. */
export type TravelPace = {
  /** Way by road as a multiple of the straight line. */
  readonly roadFactor: number
  readonly kmPerHour: number
}

/** Of an hour. */
const MINUTES = 60

/** Estimated travel time, whole minutes up: straight line × road factor at a mean speed. */
export const travelMinutes = (straightKm: number, { roadFactor, kmPerHour }: TravelPace): number =>
  Math.ceil((straightKm * roadFactor * MINUTES) / kmPerHour)

/** The straight line that would take so many minutes: what a loaded travel time counts as when places are weighed. */
export const kilometresFor = (minutes: number, { roadFactor, kmPerHour }: TravelPace): number =>
  (minutes * kmPerHour) / (MINUTES * roadFactor)
