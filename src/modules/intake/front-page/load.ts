import { createHash } from 'node:crypto'
import type { OrgId } from '../../../kernel/id.ts'
import type { Act } from '../../../platform/forms/form.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import type { ContentFault, Origin } from '../draft.ts'
import type { LineFault } from '../faults.ts'
import type { LinesReport } from '../intake.ts'
import type { FoundPerson } from '../person.ts'
import { receivePages } from '../../fund/index.ts'
import { prepare, write, type Taken } from '../take.ts'
import { dischargePageOf } from './discharge-page.ts'
import { findVisitOf } from './find-visit.ts'
import { readFrontPages, type FrontPage } from './read.ts'
import { draftsOfPage, keyOfStay } from './resources.ts'
import { savePage, staysOf } from './store.ts'

type Ready = { readonly page: FrontPage; readonly hash: Buffer; readonly visit: string | null; readonly taken: Taken }

/** What a table comes to: the stays to write, and what became of each line. */
export type PagesLoaded = {
  readonly org: OrgId
  readonly ready: readonly Ready[]
  readonly report: LinesReport
  readonly resources: number
}

const hashOfPage = ({ line: _line, ...page }: FrontPage): Buffer => createHash('sha256').update(JSON.stringify(page)).digest()
const keyOf = ({ recordNo, stayNo }: FrontPage): string => `${recordNo} ${stayNo}`

/** Reads a table and prepares what is new in it; a stay that is loaded as it stands is left alone, so that a table may come again. Nothing is written. */
export const loadFrontPages = async (
  tx: Tx,
  org: OrgId,
  message: string,
  bytes: Buffer,
  act: Act,
): Promise<PagesLoaded | ContentFault> => {
  const read = readFrontPages(bytes, act.now, act.zone)
  if ('fault' in read) return read
  const known = await staysOf(tx, org, read.pages)
  const refused: { line: number; column: string; fault: LineFault }[] = [...read.faults]
  const counts = { fresh: 0, changed: 0, unchanged: 0 }
  const ready: Ready[] = []
  const seen = new Map<string, string>()
  // People who are new in this table: their next stay in it is theirs too.
  const people = new Map<string, FoundPerson>()
  for (const page of read.pages) {
    const hash = hashOfPage(page)
    const [before, inTable] = [known.get(keyOf(page)), seen.get(keyOf(page))]
    if (inTable !== undefined && inTable !== hash.toString('hex'))
      refused.push({ line: page.line, column: 'ZYCS', fault: 'twice-in-table' })
    else if (before?.hash === hash.toString('hex') || inTable !== undefined) counts.unchanged++
    else {
      let visit: string | null = null
      const content = {
        person: page.person,
        mergedIds: [],
        drafts: async (origin: Origin) => {
          const joined = await findVisitOf(tx, page, before ?? null, origin)
          visit = joined?.number ?? null
          return draftsOfPage(page, joined, origin)
        },
      }
      const from = { message: `${message}|${keyOfStay(page)}`, kind: '病案首页', controlId: '', at: act.now }
      const taken = await prepare(tx, org, content, from, act, people)
      if ('fault' in taken)
        refused.push({
          line: page.line,
          column: taken.fault === 'person-differs' ? 'CSRQ' : taken.place,
          fault: 'person-differs',
        })
      else {
        ready.push({ page, hash, visit, taken })
        counts[before === undefined ? 'fresh' : 'changed']++
      }
    }
    seen.set(keyOf(page), hash.toString('hex'))
  }
  const report = { lines: read.lines, ...counts, refused: refused.toSorted((one, other) => one.line - other.line) }
  return { org, ready, report, resources: ready.reduce((sum, { taken }) => sum + taken.rows.length, 0) }
}

/** Writes the stays of a table. */
export const writeFrontPages = async (tx: Tx, { org, ready }: PagesLoaded, act: Act): Promise<void> => {
  for (const { page, hash, visit, taken } of ready) {
    await write(tx, taken, act)
    await savePage(tx, org, { page, person: taken.found.id, hash, visit }, act.now)
  }
  await receivePages(
    tx,
    ready.map(({ page, taken }) => dischargePageOf(org, page, taken.found.id, act.zone)),
    act.now,
  )
}
