import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { refusalTables } from '../src/apps/api.ts'
import { platformRefusals, type RefusalTable } from '../src/platform/refusals.ts'
import { contractFindings, floorFindings } from './tidy/floors.ts'
import { parse, readSources, type Finding, type Source } from './tidy/source.ts'
import { sizeFindings, staleAllowances, styleFindings } from './tidy/style.ts'
import { glossaryFindings, madeRefusalFindings, refusalFindings } from './tidy/words.ts'

// The room map: `node tools/tidy.ts` prints what is out of place; the tests run the same.

const ROOT = join(import.meta.dirname, '..')
/** Fewer imports than this were never written here: tidy that sees less sees nothing. Raise it as the house grows. */
export const IMPORTS_LEAST = 1_800

export type House = { readonly sources: readonly Source[]; readonly glossary: string; readonly tables: readonly RefusalTable[] }

/** The house as it stands in this working tree. */
export const readHouse = (): House => ({
  sources: readSources(ROOT),
  glossary: readFileSync(join(ROOT, 'docs', 'glossary.md'), 'utf8'),
  tables: [platformRefusals, ...refusalTables],
})

/** Everything that is out of place (`findings`), what is large but not too large (`large`), and how many imports were read. */
export const tidy = ({ sources, glossary, tables }: House): { findings: Finding[]; large: Finding[]; imports: number } => {
  const files = sources.map(parse)
  const sizes = sizeFindings(files)
  const imports = files.reduce((sum, file) => sum + file.imports.length, 0)
  const blind = { rule: 'blind', path: 'tools/tidy.ts', line: 1, says: `sees ${imports} imports, fewer than ${IMPORTS_LEAST}` }
  return {
    imports,
    large: sizes.filter(({ isOver }) => !isOver),
    findings: [
      ...(imports < IMPORTS_LEAST ? [blind] : []),
      ...floorFindings(files),
      ...contractFindings(files),
      ...styleFindings(files),
      ...staleAllowances(sources.map(({ path }) => path)),
      ...refusalFindings(tables),
      ...madeRefusalFindings(files, tables),
      ...glossaryFindings(files, glossary),
      ...sizes.filter(({ isOver }) => isOver),
    ],
  }
}

if (import.meta.main) {
  const { findings, large, imports } = tidy(readHouse())
  for (const { path, line, says } of large) console.log(`large  ${path}:${line} ${says}`)
  for (const { rule, path, line, says } of findings) console.error(`${rule}  ${path}:${line} ${says}`)
  console.log(`${imports} imports, ${findings.length} out of place`)
  process.exitCode = findings.length > 0 ? 1 : 0
}
