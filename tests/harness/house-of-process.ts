import { formsByName, reactions, refusalTables } from '../../src/apps/api.ts'
import { makeCipher } from '../../src/platform/cipher.ts'
import { openDatabase } from '../../src/platform/database/pool.ts'
import type { House } from '../../src/platform/house.ts'
import { refusalTexts } from '../../src/platform/refusals.ts'
import { loadRulebook } from '../../src/platform/rulebook.ts'

/** A house in a process of its own, which a test may kill in the middle of its work; it says errors and nothing else. */
export const houseOfProcess = async (databaseUrl: string, connections: number): Promise<House> => ({
  database: openDatabase(databaseUrl, { size: connections }),
  rulebook: await loadRulebook(),
  cipher: makeCipher('0123456789abcdef'.repeat(4)),
  zone: 'Asia/Shanghai',
  forms: formsByName(),
  reactions,
  texts: refusalTexts(refusalTables),
  log: (level, event, values) => {
    if (level === 'error') console.error(event, values)
  },
  told: () => {},
})
