import type { Party } from '../../../platform/access.ts'
import { query } from '../../../platform/forms/form.ts'
import { institutionsOf, printedSpecialty, specialtyNames, type Institution } from '../../organisations/index.ts'
import { LEVELS, levelOf, type Level } from './area.ts'
import { matrixInput } from './contract.ts'
import { helpersOf } from './helpers.ts'
import { rowOf } from './judge.ts'
import type { Cell } from './matrix.ts'
import { BEYOND_ALL, columnsOf, judgeRow, MATRIX_CLAUSES, readMatrix, type Reading, type RowCells } from './reading.ts'

/** Who plans the region or a consortium. */
export const planners: readonly Party[] = ['health-bureau@anyone', 'consortium-manager@anyone', 'administrator@anyone']

/** Different judgements, each told once: most cells of a matrix say the same as another. */
const collector = () => {
  const kinds: Cell[] = []
  const at = new Map<string, number>()
  const numberOf = (cell: Cell): number => {
    const text = `${cell.state}|${cell.evidence}|${cell.whys.join()}|${cell.missing.join()}`
    const known = at.get(text)
    if (known !== undefined) return known
    at.set(text, kinds.length)
    return kinds.push(cell) - 1
  }
  return { kinds, numberOf }
}

type Column = { readonly key: string; readonly level: Level; readonly place: Institution | null; readonly places: number }

const columnsFor = ({ area }: Reading, kind: 'places' | 'levels'): Column[] => {
  const byLevel = Map.groupBy(area.institutions, ({ tier }) => levelOf(tier))
  const levels = LEVELS.filter((level) => byLevel.has(level)).toReversed()
  const asLevel = (level: Level): Column => ({ key: level, level, place: null, places: byLevel.get(level)?.length ?? 0 })
  if (kind === 'levels') return levels.map(asLevel)
  const shown = columnsOf(area)
  const hidden = levels.filter((level) => !shown.some(({ tier }) => levelOf(tier) === level))
  return [
    ...shown.map((place): Column => ({ key: place.id, level: levelOf(place.tier), place, places: 1 })),
    ...hidden.map(asLevel),
  ]
}

const cellOf = (cells: RowCells, { key, level, place }: Column): Cell =>
  (place ? cells.of.get(key) : cells.levels.get(level)) ?? BEYOND_ALL

export const matrix = query({
  name: 'navigation.matrix',
  by: planners,
  basis: '把一个区域打造成一个医院矩阵;疾病分级诊疗目录',
  does: {
    zh: '一个区域的医院矩阵:每个病种在每家机构(或每个层级)是已覆盖、薄弱、空白还是外流,缺什么,谁能帮。',
    en: 'The hospital matrix of an area: whether each condition is covered, thin, empty or leaking at each place or level, what is missing and who could help.',
  },
  input: matrixInput,
  read: async (tx, input, act) => {
    const reading = await readMatrix(tx, input, act)
    const columns = columnsFor(reading, input.columns)
    const helpers = columns.flatMap(({ place }) => (place ? helpersOf(place, [], reading.help) : []))
    const leads = reading.help.alliances.map(({ lead }) => lead)
    const named = await institutionsOf(tx, [...new Set([...helpers.map(({ org }) => org), ...leads])])
    return { reading, columns, named, specialty: input.specialty, specialties: await specialtyNames(tx) }
  },
  answer: ({ reading, columns, named, specialty, specialties }, _input, act) => {
    const { kinds, numberOf } = collector()
    const rows = reading.conditions
      .filter((condition) => specialty === undefined || condition.specialty === specialty)
      .map((condition) => {
        const cells = judgeRow(reading, rowOf(condition, reading.judging.requirements))
        const flow = reading.facts.flows.get(condition.key)
        return {
          condition: condition.key,
          name: condition.name,
          specialty: condition.specialty,
          lowestTier: condition.lowestTier,
          area: numberOf(cells.area),
          cells: columns.map((column) => numberOf(cellOf(cells, column))),
          cases: flow?.all ?? 0,
          outside: flow?.outside ?? 0,
        }
      })
    return {
      day: reading.on,
      area: { name: reading.area.name, kind: reading.area.kind, institutions: reading.area.institutions.length },
      columns: columns.map(({ key, level, place, places }) => ({
        key,
        level,
        places,
        name: place?.name ?? null,
        tier: place?.tier ?? null,
        /** Whoever could help this place whatever the condition; leads of alliances stand apart, by specialty. */
        helpers: place ? helpersOf(place, [], reading.help) : [],
      })),
      /** Each judgement that occurs, once; rows and columns point here by number. */
      kinds,
      rows,
      specialties: specialties.map((one) => ({ ...one, printed: printedSpecialty(one.code) })),
      alliances: reading.help.alliances.map(({ id, name, specialty: of, lead }) => ({ id, name, specialty: of, lead })),
      institutions: named.map(({ id, name, tier }) => ({ id, name, tier })),
      clauses: MATRIX_CLAUSES.map((id) => ({ id, ...act.clause(id) })),
    }
  },
})
