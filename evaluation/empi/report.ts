import { testDatabase } from '../../tests/harness/database.ts'
import type { Day } from '../../src/kernel/day.ts'
import { makeCipher } from '../../src/platform/cipher.ts'
import { openDatabase } from '../../src/platform/database/pool.ts'
import { loadRulebook } from '../../src/platform/rulebook.ts'
import { valueOn } from '../../src/shapes/rulebook.ts'
import { chanceOf } from './chance.ts'
import { comings, judge, measuresOf, type Judged } from './judge.ts'
import { loadPeople } from './load.ts'
import { inventPeople } from './people.ts'

// node evaluation/empi/report.ts [people] [comings] [seed]: precision, recall and time on invented labelled comings, as JSON.
const [people = 20_000, count = 2_000, seed = 20_261_122] = process.argv.slice(2).map(Number)

const { ownerUrl, appUrl, close } = await testDatabase()
const owner = openDatabase(ownerUrl, { size: 2 })
const database = openDatabase(appUrl, { size: 2 })
try {
  const rulebook = await loadRulebook()
  const cipher = makeCipher('0123456789abcdef'.repeat(4))
  const invented = inventPeople(chanceOf(seed), people)
  const began = performance.now()
  const ids = await loadPeople(owner, cipher, invented)
  const loadSeconds = Math.round((performance.now() - began) / 1000)
  const policy = (id: string, by?: string) => valueOn(rulebook, id, '2026-11-22' as Day, by)
  const judged = await judge({ database, cipher, policy }, ids, comings(invented, seed + 1, count))
  const missed = judged.filter(
    ({ truth, found }) => truth !== null && !found.some(({ person, grade }) => person === truth && grade !== 'possible'),
  )
  const taken = judged.filter(({ truth, found }) => found.some(({ person, grade }) => grade === 'certain' && person !== truth))
  console.log(
    JSON.stringify(
      {
        people,
        comings: count,
        seed,
        loadSeconds,
        ...measuresOf(judged),
        missed: counted(missed),
        wronglyCertain: counted(taken),
      },
      null,
      1,
    ),
  )
} finally {
  await Promise.all([owner.close(), database.close()])
  await close()
}

function counted(list: readonly Judged[]): Record<string, number> {
  const counts = new Map<string, number>()
  for (const { how } of list) counts.set(how, (counts.get(how) ?? 0) + 1)
  return Object.fromEntries([...counts].toSorted(([, a], [, b]) => b - a).slice(0, 12))
}
