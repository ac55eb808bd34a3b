import { randomFrom } from '../residents/random.ts'
import { boxOf, isInside, readOutlines, type Box, type OutlineFeature } from './outlines.ts'

export type Place = { longitude: number; latitude: number }
/** A county as ground to stand on. `spread` is the side of a square as large as the county's box, degrees. */
type Ground = { outline: OutlineFeature; box: Box; centre: Place; spread: number }

const to5 = (degrees: number): number => Math.round(degrees * 100_000) / 100_000
const TRIES = 60

function anywhere(ground: Omit<Ground, 'centre' | 'spread'>, seed: string): Place {
  const { outline, box } = ground
  const random = randomFrom(seed)
  for (let tries = 0; tries < 1_000; tries += 1) {
    const longitude = to5(box.west + random.next() * (box.east - box.west))
    const latitude = to5(box.south + random.next() * (box.north - box.south))
    if (isInside(outline, longitude, latitude)) return { longitude, latitude }
  }
  throw new Error(`The outline of ${outline.properties.name} has no inside.`)
}

/**
 * Puts invented places into the counties. Where units really stand is not public data: a county's hospitals lie about
 * its seat, streets near the seat, other townships anywhere in the outline, villages around their township.
 */
export class Placing {
  readonly #grounds = new Map<string, Ground>()

  constructor() {
    for (const outline of readOutlines().counties.features) {
      const { code, cp } = outline.properties
      const box = boxOf(outline)
      const [longitude, latitude] = cp.map(to5) as [number, number]
      const centre = isInside(outline, longitude, latitude) ? { longitude, latitude } : anywhere({ outline, box }, code)
      const spread = Math.sqrt((box.east - box.west) * (box.north - box.south))
      this.#grounds.set(code, { outline, box, centre, spread })
    }
  }

  #ground(county: string): Ground {
    const ground = this.#grounds.get(county)
    if (!ground) throw new Error(`County ${county} has no outline.`)
    return ground
  }

  /** A place inside the county, evenly. */
  anywhere(county: string, seed: string): Place {
    return anywhere(this.#ground(county), seed)
  }

  /** A place inside the county about its seat; `share` of the county's width is the usual distance. */
  nearSeat(county: string, share: number, seed: string): Place {
    return this.near(county, this.#ground(county).centre, share, seed)
  }

  /** A place inside the county about another place in it; after many tries outside, that place itself. */
  near(county: string, around: Place, share: number, seed: string): Place {
    const { outline, spread } = this.#ground(county)
    const random = randomFrom(seed)
    for (let tries = 0; tries < TRIES; tries += 1) {
      // Closer at each try, so that a place on a border finds the inside.
      const distance = (spread * share * (TRIES - tries)) / TRIES
      const longitude = to5(random.normal(around.longitude, distance))
      const latitude = to5(random.normal(around.latitude, distance))
      if (isInside(outline, longitude, latitude)) return { longitude, latitude }
    }
    return around
  }
}
