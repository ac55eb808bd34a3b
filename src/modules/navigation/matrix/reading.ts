import type { Day } from '../../../kernel/day.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import type { Act } from '../../../platform/forms/form.ts'
import { heightOf, type Institution } from '../../organisations/index.ts'
import { allConditions } from '../store.ts'
import type { Condition } from '../navigation.ts'
import { areaOf, levelOf, LEVELS, type Area, type Level } from './area.ts'
import { readAreaFacts, type AreaFacts } from './facts.ts'
import { readHelp, type HelpBook } from './helpers.ts'
import { judge, shareOfCases, type Judging, type Row } from './judge.ts'
import type { Cell } from './matrix.ts'
import { shippedRequirements } from './requirements.ts'
import { judgeArea, judgeLevel } from './rules/judge-group.ts'

/** An area read for a day, and how its cells are judged. */
export type Reading = {
  readonly on: Day
  readonly area: Area
  readonly levels: readonly Group[]
  readonly facts: AreaFacts
  readonly help: HelpBook
  readonly conditions: readonly Condition[]
  readonly judging: Judging
  readonly levelShare: number
}

type Asked = {
  readonly division?: string | undefined
  readonly consortium?: string | undefined
  readonly day?: string | undefined
}

/** Rulebook entries that the matrix is judged by, for whoever asks why. */
export const MATRIX_CLAUSES = [
  'navigation.matrix-unit-days',
  'navigation.matrix-doctors-least',
  'navigation.matrix-cases-shown',
  'navigation.matrix-case-months',
  'navigation.matrix-leak-share',
  'navigation.matrix-leak-cases-least',
  'navigation.matrix-level-share',
] as const

export const judgingOf = (act: Act): Judging => ({
  doctorsLeast: act.policy('navigation.matrix-doctors-least'),
  casesShown: act.policy('navigation.matrix-cases-shown'),
  leakShare: act.policy('navigation.matrix-leak-share'),
  leakCasesLeast: act.policy('navigation.matrix-leak-cases-least'),
  requirements: shippedRequirements(),
})

/** @throws Refused when the area is unknown or too large */
export const readMatrix = async (tx: Tx, asked: Asked, act: Act): Promise<Reading> => {
  const on = (asked.day as Day | undefined) ?? act.today
  const area = await areaOf(tx, asked, on)
  return {
    on,
    area,
    levels: groupsOf(area),
    facts: await readAreaFacts(tx, area, on, act),
    help: await readHelp(
      tx,
      area.institutions.map(({ id }) => id),
      on,
    ),
    conditions: await allConditions(tx),
    judging: judgingOf(act),
    levelShare: act.policy('navigation.matrix-level-share'),
  }
}

/** Places that stand as columns of their own: village clinics never, and of a large area only hospitals. */
export const columnsOf = ({ institutions }: Area): readonly Institution[] => {
  const units = institutions.filter(({ tier }) => tier !== 'village')
  return units.length <= PLACES_SHOWN ? units : units.filter(({ tier }) => heightOf(tier) >= heightOf('county'))
}
/** Columns that a picture still holds; a county of the demo region has about 40. */
const PLACES_SHOWN = 80

const WHOLE = 10_000

/** All cells of one condition: of every place, each level and the area. */
export type RowCells = {
  readonly of: ReadonlyMap<string, Cell>
  readonly levels: ReadonlyMap<Level, Cell>
  readonly area: Cell
  readonly outsideShare: number | null
}

/** What belongs to nobody of a group: higher than all of them. */
export const BEYOND_ALL: Cell = { state: 'beyond', evidence: 'nothing', whys: [], missing: [] }

/**
 * Judges one condition for every place of the area. Levels that stand below its lowest tier are not walked through: their places are
 * left out of `of`, which means beyond.
 */
export const judgeRow = ({ levels: groups, facts, judging, levelShare }: Reading, row: Row): RowCells => {
  const of = new Map<string, Cell>()
  const levels = new Map<Level, Cell>()
  for (const { level, height, places } of groups) {
    if (height < row.height) {
      levels.set(level, BEYOND_ALL)
      continue
    }
    const cells: Cell[] = []
    for (const place of places) {
      const known = facts.places.get(place.id)
      if (!known) continue
      const cell = judge(place, known, row, judging)
      of.set(place.id, cell)
      cells.push(cell)
    }
    levels.set(level, judgeLevel(cells, levelShare, WHOLE))
  }
  const flow = facts.flows.get(row.condition.key)
  const outsideShare = flow ? shareOfCases(flow.outside, flow.all, judging.leakCasesLeast) : null
  return { of, levels, area: judgeArea([...of.values()], outsideShare, judging.leakShare), outsideShare }
}

type Group = { readonly level: Level; readonly height: number; readonly places: readonly Institution[] }

/** Institutions by level, with how high the highest of each stands. */
const groupsOf = ({ institutions }: Area): Group[] => {
  const byLevel = Map.groupBy(institutions, ({ tier }) => levelOf(tier))
  return LEVELS.flatMap((level) => {
    const places = byLevel.get(level)
    return places ? [{ level, places, height: Math.max(...places.map(({ tier }) => heightOf(tier))) }] : []
  })
}
