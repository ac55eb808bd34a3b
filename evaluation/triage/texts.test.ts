import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { readSpecialties } from '../../src/modules/organisations/index.ts'
import { idOf, isEmergency, readTexts, SETS, setOf } from './texts.ts'

const all = SETS.flatMap((set) => readTexts(set).map((row) => ({ set, row })))

test('what a set says is decided by the text alone: its digest is its id and says its set', () => {
  for (const { set, row } of all)
    deepStrictEqual([row.id, set], [idOf(row.text), setOf(row.text, set.startsWith('consultation'))], row.id)
  strictEqual(new Set(all.map(({ row }) => row.id)).size, all.length, 'no text twice')
})

test('there is enough of everything that is judged', () => {
  const count = (kind: string): number => all.filter(({ row }) => row.kind === kind).length
  // what, how many there are, at least, why
  const table = [
    ['texts', all.length, 900, 'a share of 75 % is then known to 3 points'],
    ['unseen', all.filter(({ set }) => set === 'unseen').length, 300, 'a third is kept back'],
    ['consultations', all.filter(({ set }) => set.startsWith('consultation')).length, 150, 'of all departments'],
    ['unseen consultations', all.filter(({ set }) => set === 'consultation-unseen').length, 70, 'half is kept back'],
    ['emergencies', all.filter(({ row }) => isEmergency(row)).length, 120, 'recall before precision'],
    ['hidden', count('hidden'), 40, 'emergencies without their usual words'],
    ['negated', count('negated'), 60, 'denied or long past'],
    ['nothing medical', count('nothing-medical'), 40, 'only these may go unanswered'],
    ['departments', new Set(all.map(({ row }) => row.departments[0])).size, 45, 'as varied as an outpatient hall'],
  ] as const
  for (const [what, is, least, why] of table) ok(is >= least, `${what}: ${is} of ${least}, ${why}`)
})

test('labels are departments that exist, none twice in a row, and dangers stand only where an emergency is acceptable', () => {
  const known = new Set(readSpecialties().map(({ code }) => code))
  for (const { row } of all) {
    deepStrictEqual(
      row.departments.filter((code) => !known.has(code)),
      [],
      row.id,
    )
    strictEqual(new Set(row.departments).size, row.departments.length, row.id)
    strictEqual(row.departments.length === 0, row.kind === 'nothing-medical', row.id)
    if (isEmergency(row)) ok(row.dangers?.length, `${row.id}: an emergency names its channel`)
    else if (row.dangers) ok(row.urgency.includes('emergency'), row.id)
  }
})

// Runs of four letters in common, of the shorter text's: above this two texts would be one text said twice.
const ALIKE = 0.6

test('no two texts are alike, so that seen texts do not teach the unseen ones', () => {
  const gramsOf = (text: string): Set<string> => {
    const letters = [...text.replaceAll(/[^\p{Script=Han}\p{L}\p{N}]/gu, '')]
    return new Set(letters.slice(3).map((_, at) => letters.slice(at, at + 4).join('')))
  }
  const long = all.map(({ row }) => ({ row, grams: gramsOf(row.text) })).filter(({ grams }) => grams.size > 4)
  const alike = long.flatMap(({ row, grams }, at) =>
    long
      .slice(at + 1)
      .filter((other) => grams.intersection(other.grams).size > ALIKE * Math.min(grams.size, other.grams.size))
      .map((other) => `${row.id} ${other.row.id}`),
  )
  deepStrictEqual(alike, [])
})
