import type { Day } from '../kernel/day.ts'
import type { Words } from '../kernel/words.ts'
import type { Grade } from './rulebook.ts'

/** One value of one concept, as a check sees it: what it is a value of, when it is in force, how sure it is. */
export type CheckedLine = {
  /** Where it stands: the file, as its reader knows it. */
  readonly file: string
  /** The concept together with what its amounts differ by: two lines of one key must never be in force at once. */
  readonly key: string
  readonly from: Day
  readonly until: Day | null
  readonly grade: Grade
  readonly basis: string
  /** What it says, for a person who compares it with another. */
  readonly said?: Words
  /** When somebody last compared the value with its source. */
  readonly checkedOn: Day
}

/** What is wrong, or worth knowing, in a rulebook. `fault` makes the check fail; `note` is only told. */
export const FINDING_KINDS = [
  'unreadable',
  'gap',
  'overlap',
  'unsourced',
  'ended',
  'stale',
  'disputed',
  'doubtful',
  'known-gap',
] as const
export type FindingKind = (typeof FINDING_KINDS)[number]
export type Finding = {
  readonly kind: FindingKind
  readonly weight: 'fault' | 'note'
  readonly file: string
  readonly key: string
  readonly zh: string
  readonly en: string
}

const upTo = (day: Day | null): string => day ?? '…'

const isDisputed = ({ grade }: CheckedLine): boolean => grade === 'disputed'

const overlapOf = (one: CheckedLine, other: CheckedLine): Finding => {
  const days = `${one.from}–${upTo(one.until)}, ${other.from}–${upTo(other.until)}`
  const { zh, en } = saidBy([one, other])
  return {
    kind: 'overlap',
    weight: 'fault',
    file: other.file,
    key: one.key,
    zh: `两个值同时有效(${days}):${zh}。请给前一个加 until,或都标为 disputed。`,
    en: `Two values are in force at once (${days}): ${en}. End the first with until, or grade both disputed.`,
  }
}

/** What some lines say and by which source, each value with all the sources that say it. */
const saidBy = (lines: readonly CheckedLine[]): Words & { readonly values: number } => {
  const same = [...Map.groupBy(lines, ({ said }) => said?.zh ?? '')].flatMap(([value, of]) => (value === '' ? of.map((one) => [one]) : [of]))
  return {
    zh: same.map((of) => `${of[0]?.said?.zh ?? ''}${of.map(({ basis }) => `「${basis}」`).join('、')}`).join(';'),
    en: same.map((of) => `${of[0]?.said?.en ?? ''} ${of.map(({ basis }) => `“${basis}”`).join(', ')}`.trim()).join('; '),
    values: same.length,
  }
} // prettier-ignore

const disputedOf = (lines: readonly CheckedLine[]): Finding[] => {
  const [first] = lines
  if (first === undefined || lines.length < 2) return []
  const { zh, en, values } = saidBy(lines)
  return [
    {
      kind: 'disputed',
      weight: 'note',
      file: first.file,
      key: first.key,
      zh: `来源互相矛盾,${values} 个值都在(自 ${first.from} 起),结算时拒绝:${zh}。`,
      en: `Its sources contradict each other, ${values} values stand (from ${first.from} on) and settling refuses: ${en}.`,
    },
  ]
}

/** Disputed lines of one key that are in force together: each such set is told once, with all it says. */
const disputes = (sorted: readonly CheckedLine[]): Finding[] => {
  const sets: CheckedLine[][] = []
  let until: Day | null = '' as Day
  for (const line of sorted.filter(isDisputed)) {
    const isWithin = until === null || line.from < until
    if (isWithin) sets.at(-1)?.push(line)
    else sets.push([line])
    if (!isWithin || line.until === null || (until !== null && line.until > until)) until = line.until
  }
  return sets.flatMap(disputedOf)
}

const gapOf = (before: CheckedLine, after: CheckedLine): Finding => ({
  kind: 'gap',
  weight: 'fault',
  file: after.file,
  key: after.key,
  zh: `${before.until} 至 ${after.from} 没有值。请补上这段时间的值及其依据。`,
  en: `No value from ${before.until} to ${after.from}. Add the one of that time with its basis.`,
})

/** Lines of one key: pairs that are in force at once, those that are disputed in one, and days between the first and the last on which none is. */
export const periodFindings = (lines: readonly CheckedLine[]): Finding[] => {
  const sorted = lines.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
  const found: Finding[] = []
  let last: CheckedLine | null = null
  for (const [index, line] of sorted.entries()) {
    for (const earlier of sorted.slice(0, index))
      if ((earlier.until === null || earlier.until > line.from) && !(isDisputed(earlier) && isDisputed(line))) found.push(overlapOf(earlier, line)) // prettier-ignore
    if (last !== null && last.until !== null && last.until < line.from) found.push(gapOf(last, line))
    if (last === null || (last.until !== null && (line.until === null || line.until > last.until))) last = line
  }
  return [...found, ...disputes(sorted)]
}

const endedOf = (lines: readonly CheckedLine[], today: Day): Finding[] => {
  const last = lines.toSorted((a, b) => ((a.until ?? '9') < (b.until ?? '9') ? -1 : 1)).at(-1)
  if (!last || last.until === null || last.until > today) return []
  return [
    {
      kind: 'ended',
      weight: 'note',
      file: last.file,
      key: last.key,
      zh: `最后一个值到 ${last.until} 为止,此后没有值。请查新政策;确已停止则无需处理。`,
      en: `Its last value ended on ${last.until} and none follows. Look for the policy after it, unless it has really stopped.`,
    },
  ]
}

const staleOf = (line: CheckedLine, oldest: Day): Finding[] =>
  line.checkedOn >= oldest
    ? []
    : [
        {
          kind: 'stale',
          weight: 'note',
          file: line.file,
          key: line.key,
          zh: `最近一次核对来源是 ${line.checkedOn}。请重新核对并改写 checkedOn。`,
          en: `It was last compared with its source on ${line.checkedOn}. Compare it again and renew checkedOn.`,
        },
      ]

const unsourcedOf = (line: CheckedLine): Finding[] => {
  const blank = line.basis.trim() === ''
  if (!blank && line.grade !== 'memory') return []
  return [
    {
      kind: 'unsourced',
      weight: blank ? 'fault' : 'note',
      file: line.file,
      key: line.key,
      zh: blank ? '没有写依据。请写明文件名称和条款,或来源的网址。' : `值凭记忆写成,未见来源(${line.basis})。请找到来源后再用。`,
      en: blank
        ? 'It names no basis. Name the document and its clause, or where it was read.'
        : 'It was written from memory. Find its source before it is relied upon.',
    },
  ]
}

/** Everything to tell of the lines of a rulebook on a day, in the order of files and keys. `oldest`: checks before that day are stale. */
export const findingsOf = (lines: readonly CheckedLine[], today: Day, oldest: Day): Finding[] => {
  const keys = Map.groupBy(lines, ({ key }) => key)
  const found = [...keys.values()].flatMap((of) => [...periodFindings(of), ...endedOf(of, today)])
  return [...found, ...lines.flatMap((line) => [...unsourcedOf(line), ...staleOf(line, oldest)])]
}

/** How many values of each grade there are. */
export const gradesOf = (lines: readonly CheckedLine[]): Readonly<Partial<Record<Grade, number>>> =>
  Object.fromEntries([...Map.groupBy(lines, ({ grade }) => grade)].map(([grade, of]) => [grade, of.length]))
