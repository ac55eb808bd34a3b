import type { InstitutionSeed, ServiceLine } from './types.ts'

/** A specialty offered, and under which line when it is not the usual one of the specialty. */
export type PlannedService = {
  specialty: string
  line: ServiceLine
  /** Share of the institutions of this plan that offer it, 0…1. */
  share: number
}

/** The line of a specialty when nothing else is said; every other one is treatment. */
const USUAL_LINE: Readonly<Record<string, ServiceLine>> = {
  '0100': 'prevention',
  '0600': 'prevention',
  '0900': 'prevention',
  '2100': 'rehabilitation',
  '2400': 'nursing',
  '3000': 'diagnosis',
  '3100': 'diagnosis',
  '3200': 'diagnosis',
}

/** Reads `0304`, `0304:health-management` or `2100?40` (40 % of the institutions have it). */
function planned(text: string): PlannedService[] {
  return text
    .trim()
    .split(/\s+/)
    .map((entry) => {
      const [, specialty = '', line, share] = /^(\d{4})(?::([a-z-]+))?(?:\?(\d+))?$/.exec(entry) ?? []
      const usual = USUAL_LINE[specialty] ?? 'treatment'
      return { specialty, line: (line as ServiceLine | undefined) ?? usual, share: share ? Number(share) / 100 : 1 }
    })
}

const CHRONIC = '0304:health-management 0307:health-management'
const SUPPORT = '2600 3000 3100 3200'
const PAEDIATRIC = '0701 0702 0703 0704 0705 0706 0707 0708 0709'

const PRIMARY = {
  village: planned(`0200 0100 ${CHRONIC} 5000?30`),
  township: planned(
    `0200 0300 0100 0600 0700 0900 3000 3200 5000 ${CHRONIC} 0301:health-management 0200:nursing 0500?70 1200?40 2000?80 2100?50 0400?60`,
  ),
  street: planned(
    `0200 0300 0100 0100:nutrition 0600 0700 0900 3000 3200 5000 2100 ${CHRONIC} 0301:health-management 0200:nursing 1200?60 2400?25`,
  ),
  centre: planned(
    `0200 0300 0400 0500 0700 0100 0600 0900 0301 0302 0303 0304 0307 0401 0403 0502 1000 1100 1200 2000 2100 3000 3200 5000 ${CHRONIC} 0301:health-management 0200:nursing 0307:nutrition`,
  ),
} as const

const COUNTY_GENERAL = `0200 0300 0400 0500 0301 0302 0303 0304 0306 0307 0307:nutrition 0310?50 0305?30 0401 0402 0403 0404 0405?60
  0501 0502 0700 0701 1000 1100 1200 1300 1500?20 1600 1700?40 1900 2000 2100 2700?50 2800 5000 0100 0100:health-management ${SUPPORT}`
const CITY_GENERAL = `0200 0300 0400 0500 0301 0302 0303 0304 0305 0306 0307 0307:nutrition 0308 0310 0401 0402 0403 0404 0405 0406 0407?60 0408?40
  0501 0502 0505?60 0700 0701 0704 0708?60 0800 1000 1100 1200 1300 1500?50 1600 1700?50 1900 2000 2100 2700 2800 5000 0100:health-management ${SUPPORT}`

/** What a hospital of a class offers below the province; a general hospital differs by tier. */
const BY_CLASS: Readonly<Record<string, readonly PlannedService[]>> = {
  A210: planned(
    `5000 5200 0200 0300 0302 0303 0304 0307 0401 0403 0501 2000 2100 2700?60 0100:health-management 5000:nutrition ${SUPPORT}`,
  ),
  G100: planned(`0500 0501 0502 0503 0504?40 0505?40 0600 0700 0701 0900 0502:nutrition ${SUPPORT}`),
  A511: planned('1200 2600 3200'),
  A512: planned('1000 2600 3000'),
  A514: planned(`1900 2400 2700 2800 0405 0501 1900:nutrition ${SUPPORT}`),
  A515: planned(`0304 0406 2000 2800 2100 ${SUPPORT}`),
  A519: planned(`0700 0800 0900 1000 1100 1200 2000 2100 2800 ${PAEDIATRIC} 0900:nutrition ${SUPPORT}`),
  A520: planned('1500 0310 2100 1500:health-management 1500:nursing 3000 3200'),
  A521: planned('1600 1700 0301 0302 2000 2800 3000 3100 3200'),
  A526: planned('0403 2100 2600 3000 3200'),
  A527: planned('2100 0310 5000 2400 2100:nursing 3000 3200'),
}
const COUNTY_A100 = planned(COUNTY_GENERAL)
const CITY_A100 = planned(CITY_GENERAL)
const PROVINCE_A100 = planned(`${CITY_GENERAL.replaceAll(/\?\d+/g, '')} 0309 0703 0705 0706 0707 0709 2200 2300`)
const PRIVATE_A100 = planned('0200 0300 0400 0301?50 0302?60 0304?60 0303?40 0401 0403 0501?60 2000 2100 5000 2600 3000 3200')

/** What an institution of this tier and class offers, the larger tiers more. Design values. */
export function servicePlan({
  tier,
  ws218,
  ownership,
}: Pick<InstitutionSeed, 'tier' | 'ws218' | 'ownership'>): readonly PlannedService[] {
  if (tier === 'village') return PRIMARY.village
  if (tier === 'regional-centre') return PRIMARY.centre
  if (tier === 'township') return ws218 === 'B100' ? PRIMARY.street : PRIMARY.township
  if (ws218 !== 'A100') return BY_CLASS[ws218] ?? []
  if (tier === 'county') return ownership === 'private' ? PRIVATE_A100 : COUNTY_A100
  return tier === 'city' ? CITY_A100 : PROVINCE_A100
}
