import { useState } from 'react'
import type { Row } from './worklist.ts'

/** Which rows are selected, across pages of one view. */
export type Selection = {
  readonly chosen: ReadonlySet<string>
  readonly toggle: (id: string) => void
  readonly add: (ids: readonly string[]) => void
  readonly clear: () => void
}

/** The selection of one view; another view or filter begins with none, and a row that has left is no longer selected. */
export const useSelection = (view: string, rows: readonly Row[]): Selection => {
  const [kept, setKept] = useState<{ view: string; ids: ReadonlySet<string> }>({ view, ids: new Set() })
  const before = kept.view === view ? kept.ids : new Set<string>()
  const known = new Set(rows.map(({ id }) => id))
  const chosen = new Set([...before].filter((id) => known.has(id)))
  const put = (ids: Iterable<string>) => setKept({ view, ids: new Set(ids) })
  return {
    chosen,
    toggle: (id) => put(chosen.has(id) ? [...chosen].filter((one) => one !== id) : [...chosen, id]),
    add: (ids) => put([...chosen, ...ids]),
    clear: () => put([]),
  }
}
