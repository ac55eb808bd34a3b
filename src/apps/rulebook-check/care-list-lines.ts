import { join } from 'node:path'
import { careListFile } from '../../modules/settlement/index.ts'
import type { CheckedLine, Finding } from '../../shapes/rulebook-check.ts'
import { parsed, unreadable, yamlBelow, type ReadLines } from './national-lines.ts'

/** The rows of lists of places of care below `care-lists/`, one line for each code and period. */
export const careListLines = async (folder: string): Promise<ReadLines> => {
  const findings: Finding[] = []
  const lines: CheckedLine[] = []
  const files = await yamlBelow(join(folder, 'care-lists'))
  for (const { name, text } of files) {
    const file = `care-lists/${name}`
    const read = parsed(careListFile, text)
    if ('why' in read) {
      findings.push(unreadable(file, read.why))
      continue
    }
    const { careArea, checkedOn, gaps, rows } = read.value
    if (name !== `${careArea}.yaml`) findings.push(unreadable(file, `careArea ${careArea}`))
    for (const { code, from, until, grade, basis } of rows) lines.push({ file, key: `care-list ${careArea} · ${code}`, from, until, grade, basis, checkedOn }) // prettier-ignore
    for (const { what, zh, en } of gaps) findings.push({ kind: 'known-gap', weight: 'note', file, key: what, zh, en })
  }
  return { lines, findings, files: files.length }
}
