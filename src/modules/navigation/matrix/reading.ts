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

/** Judges one condition for every place of the area. */
export const judgeRow = ({ area, facts, judging, levelShare }: Reading, row: Row): RowCells => {
  const of = new Map<string, Cell>()
  const byLevel = new Map<Level, Cell[]>()
  for (const place of area.institutions) {
    const known = facts.places.get(place.id)
    if (!known) continue
    const cell = judge(place, known, row, judging)
    of.set(place.id, cell)
    const level = levelOf(place.tier)
    const list = byLevel.get(level)
    if (list) list.push(cell)
    else byLevel.set(level, [cell])
  }
  const flow = facts.flows.get(row.condition.key)
  const outsideShare = flow ? shareOfCases(flow.outside, flow.all, judging.leakCasesLeast) : null
  const levels = new Map(
    LEVELS.filter((level) => byLevel.has(level)).map((level) => [level, judgeLevel(byLevel.get(level) ?? [], levelShare, WHOLE)]),
  )
  return { of, levels, area: judgeArea([...of.values()], outsideShare, judging.leakShare), outsideShare }
}
