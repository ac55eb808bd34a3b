import type { Words } from '../../../kernel/words.ts'
import type { OrgId } from '../../../kernel/id.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import { query, Refused, type Act } from '../../../platform/forms/form.ts'
import { institutionsOf, printedSpecialty, specialtyName, type Institution } from '../../organisations/index.ts'
import { findCondition } from '../store.ts'
import { levelOf } from './area.ts'
import { cellInput, EVIDENCE_WORDS, RANK_WORDS, STATE_WORDS, WHY_WORDS } from './contract.ts'
import { helpersOf, type Helper } from './helpers.ts'
import { cellFacts, isShownBy, needsNumber, rowOf, thingStand, type Row } from './judge.ts'
import { planners } from './matrix-query.ts'
import { treatedMonths } from './matrix-store.ts'
import type { Cell } from './matrix.ts'
import { BEYOND_ALL, judgeRow, MATRIX_CLAUSES, readMatrix, type Reading, type RowCells } from './reading.ts'

const clinicsNamedMost = 30
const destinationsNamedMost = 5

/** Where the area's people went with a condition, most cases first. */
const destinationsOf = ({ facts }: Reading, { condition }: Row): (readonly [OrgId, number])[] =>
  [...(facts.flows.get(condition.key)?.wentTo ?? [])].toSorted(([, a], [, b]) => b - a).slice(0, destinationsNamedMost)

/** The institutions that a column stands for. */
const placesOf = ({ area }: Reading, column: string): readonly Institution[] => {
  if (column === 'area') return area.institutions
  const one = area.institutions.find(({ id }) => id === column)
  return one ? [one] : area.institutions.filter(({ tier }) => levelOf(tier) === column)
}

const specialtiesOf = async (tx: Tx, codes: readonly string[]): Promise<(Words & { code: string; printed: string })[]> => {
  const found = []
  for (const code of codes) {
    const name = await specialtyName(tx, code)
    found.push({ code, printed: printedSpecialty(code), zh: name?.zh ?? code, en: name?.en ?? code })
  }
  return found
}

export const matrixCell = query({
  name: 'navigation.matrix-cell',
  by: planners,
  basis: '把一个区域打造成一个医院矩阵;“组团式”“一对一”帮扶',
  does: {
    zh: '矩阵中的一格:谁能诊治、依据什么、为什么是这个状态、缺什么、谁能帮、近一年的走势。',
    en: 'One cell of the matrix: who treats, on what evidence, why it is what it is, what is missing, who could help, and the trend of the year.',
  },
  input: cellInput,
  read: async (tx, input, act) => {
    const condition = await findCondition(tx, input.condition)
    if (!condition) throw new Refused('navigation.condition-unknown', { condition: input.condition })
    const reading = await readMatrix(tx, input, act)
    const places = placesOf(reading, input.column)
    if (places.length === 0) return null
    const row = rowOf(condition, reading.judging.requirements)
    const helpers =
      input.column === 'area'
        ? areaHelpers(reading, row)
        : places.length === 1 && places[0]
          ? helpersOf(places[0], row.specialties, reading.help)
          : []
    const orgs = places.map(({ id }) => id)
    return {
      reading,
      places,
      row,
      helpers,
      named: await institutionsOf(tx, [
        ...new Set([...helpers.map(({ org }) => org), ...destinationsOf(reading, row).map(([org]) => org)]),
      ]),
      specialties: await specialtiesOf(tx, row.specialties),
      // Of one place its own cases; of the area also those of its people elsewhere.
      months: await treatedMonths(tx, condition.key, {
        ...reading.facts.asked,
        orgs,
        homes: input.column === 'area' ? reading.facts.asked.homes : [],
      }),
    }
  },
  answer: ({ reading, places, row, helpers, named, specialties, months }, input, act) => {
    const cells = judgeRow(reading, row)
    const cell = chosenCell(cells, input.column)
    const single = places.length === 1 ? places[0] : undefined
    const names = new Map(named.map((one) => [one.id, one]))
    const flow = reading.facts.flows.get(row.condition.key)
    return {
      day: reading.on,
      condition: {
        key: row.condition.key,
        name: row.condition.name,
        lowestTier: row.condition.lowestTier,
        source: row.condition.source,
      },
      specialties,
      column: {
        key: input.column,
        place: single ? { id: single.id, name: single.name, tier: single.tier } : null,
        places: places.length,
      },
      state: { key: cell.state, ...STATE_WORDS[cell.state] },
      evidence: { key: cell.evidence, ...EVIDENCE_WORDS[cell.evidence] },
      whys: cell.whys.map((why) => ({ key: why, ...WHY_WORDS[why] })),
      missing: cell.missing.map((key) => ({ key, ...wordsOfMissing(key, reading, row, specialties) })),
      detail: single ? detailOf(reading, single, row, act) : null,
      /** Of several places, each with its state; many village clinics are cut short. */
      places: single
        ? []
        : places
            .map(({ id, name, tier }) => ({ id, name, tier, state: cells.of.get(id)?.state ?? ('beyond' as const) }))
            .filter(({ state }) => state !== 'beyond')
            .slice(0, clinicsNamedMost),
      counts: countStates(places, cells.of),
      flow: {
        cases: flow?.all ?? 0,
        outside: flow?.outside ?? 0,
        outsideShare: cells.outsideShare,
        /** Where those treated outside went, most first; a few are named. */
        wentTo: destinationsOf(reading, row).flatMap(([org, count]) => {
          const place = names.get(org)
          return place ? [{ org, name: place.name, cases: count }] : []
        }),
      },
      helpers: helpers.flatMap(({ org, way, specialty, isMember }) => {
        const who = names.get(org)
        return who ? [{ org, name: who.name, tier: who.tier, way, specialty, isMember }] : []
      }),
      months,
      clauses: MATRIX_CLAUSES.map((id) => ({ id, ...act.clause(id) })),
    }
  },
})

const chosenCell = (cells: RowCells, column: string): Cell => {
  if (column === 'area') return cells.area
  const level = [...cells.levels].find(([one]) => one === column)
  return level?.[1] ?? cells.of.get(column) ?? BEYOND_ALL
}

/** For a whole area: whoever leads an alliance of its specialties, and whoever helps the place that stands highest in it. */
const areaHelpers = ({ area, help }: Reading, { specialties }: Row): Helper[] => {
  const [highest] = area.institutions
  return highest ? helpersOf(highest, specialties, help) : []
}

const countStates = (
  places: readonly Institution[],
  of: ReadonlyMap<OrgId | string, { state: string }>,
): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const { id } of places) {
    const state = of.get(id)?.state ?? 'beyond'
    counts[state] = (counts[state] ?? 0) + 1
  }
  return counts
}

const wordsOfMissing = (
  key: string,
  { judging: { requirements } }: Reading,
  row: Row,
  specialties: readonly (Words & { code: string })[],
): Words & { kind: string } => {
  if (!key.startsWith('doctor:')) {
    const thing = requirements.things.get(key)
    return { kind: thing?.kind ?? 'procedure', zh: thing?.zh ?? key, en: thing?.en ?? key }
  }
  const specialty = specialties.find(({ code }) => code === key.slice('doctor:'.length))
  const rank = RANK_WORDS[row.requirement.doctor]
  return {
    kind: 'doctor',
    zh: `${specialty?.zh ?? ''}医师(${rank.zh})`,
    en: `Doctor of ${specialty?.en ?? 'the specialty'}: ${rank.en}`,
  }
}

/** What is known of one place: doctors, today's clinics, free units, what it said, its needs one by one, its cases. */
const detailOf = ({ facts, judging }: Reading, place: Institution, row: Row, act: Act) => {
  const known = facts.places.get(place.id)
  if (!known) return null
  const { doctors, units, cases, sentOutside } = cellFacts(place, known, row, judging)
  const said =
    known.declared.get(`condition:${row.condition.key}`) ??
    row.specialties.map((code) => known.declared.get(`specialty:${code}`)).find(Boolean)
  const offered = row.specialties.filter((code) => known.offered.has(code))
  const shown = known.cases.get(row.condition.key)
  return {
    offered: offered.map((code) => ({ code, tag: known.offered.get(code) ?? null })),
    doctors,
    /** Whether doctors of whatever specialty count. */
    anySpecialty: row.requirement.anySpecialty,
    doctorRank: { key: row.requirement.doctor, ...RANK_WORDS[row.requirement.doctor] },
    /** Doctors of these specialties who see patients on the day itself, by the pools of the plans; null without any pools. */
    doctorsToday:
      known.supply === null
        ? null
        : (row.requirement.anySpecialty ? [...known.supply.keys()] : row.specialties).reduce(
            (sum, code) => sum + (known.supply?.get(code)?.doctorsFirstDay ?? 0),
            0,
          ),
    freeUnits: units,
    /** Emergencies and prevention are seen without a number. */
    needsNumber: needsNumber(row),
    unitDays: act.policy('navigation.matrix-unit-days'),
    cases: { cases, well: shown?.well ?? 0, worse: shown?.worse ?? 0, sentOutside },
    declared: said ? { about: said.about, grade: said.grade, source: said.source, from: said.from, note: said.note } : null,
    needs: row.requirement.needs.flatMap((key) => {
      const thing = judging.requirements.things.get(key)
      return thing
        ? [
            {
              key,
              kind: thing.kind,
              zh: thing.zh,
              en: thing.en,
              stand: thingStand(place, known, thing, isShownBy(known, row, judging)),
            },
          ]
        : []
    }),
  }
}
