import type { Faces } from '../server/face.ts'
import { served, type Source } from './build.ts'
import { PEOPLE } from './people.ts'
import { PERSONS } from './persons.ts'
import { PLACES } from './places.ts'
import { PLANS } from './plans.ts'
import { REFERRALS } from './referrals.ts'
import { RIGHTS } from './rights.ts'
import { TIMES } from './booking.ts'
import { LOOKS } from './looks.ts'
import { MESSAGES } from './messages.ts'

const SOURCES: readonly Source[] = [
  ...PLACES,
  ...PEOPLE,
  ...TIMES,
  ...REFERRALS,
  ...PERSONS,
  ...PLANS,
  ...RIGHTS,
  ...LOOKS,
  ...MESSAGES,
]

/** Operational resources, drawn from the tables of the modules that they belong to and never copied. */
export const faces: Faces = new Map(SOURCES.map((source) => [source.type, served(source)]))
