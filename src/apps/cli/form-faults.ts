import { z } from 'zod'
import type { Words } from '../../kernel/words.ts'
import { areaClaim, areaFile } from '../../modules/settlement/index.ts'
import { IN_CHINESE, MEANT, VALUE_WORDS } from './claim-words.ts'

// A file that is wrong throughout is told by its first faults.
const FAULTS_MOST = 10
// So many letters may differ between a field that is not known and the one that was meant.
const SLIPS_MOST = 2
// A word of fewer letters is like too many others to stand for the beginning of a longer one.
const BEGINNING_LEAST = 5
// So much of a value is repeated to whoever wrote it.
const SHOWN_MOST = 40
const FEN_OF_YUAN = 100

type Path = readonly PropertyKey[]

const valueAt = (whole: unknown, path: Path): unknown =>
  path.reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined), whole) // prettier-ignore

/** Where a fault is: lines of a bill and rows of a book are counted from one, as people count them. */
const whereOf = (path: Path): Words => {
  const [first, at, ...rest] = path
  if (path.length === 0) return { zh: '文件', en: 'the file' }
  const line = first === 'lines' ? 'line' : first === 'rows' ? 'row' : null
  if (line === null || typeof at !== 'number') return { zh: path.map(String).join('.'), en: path.map(String).join('.') }
  const field = rest.map(String).join('.')
  const nth = { zh: `${String(first)} 第 ${at + 1} 行`, en: `${line} ${at + 1}` }
  return field === '' ? nth : { zh: `${nth.zh}的 ${field}`, en: `${field} of ${nth.en}` }
}

const shapeOf = (schema: z.ZodType): Readonly<Record<string, z.ZodType>> => {
  const { def } = schema as unknown as { readonly def: { readonly innerType?: z.ZodType; readonly element?: z.ZodType; readonly shape?: Record<string, z.ZodType> } } // prettier-ignore
  return def.shape ?? (def.innerType === undefined ? (def.element === undefined ? {} : shapeOf(def.element)) : shapeOf(def.innerType)) // prettier-ignore
}

type Field = { readonly name: string; readonly within: string }
const fieldsIn = (within: string, shape: object): Field[] => Object.keys(shape).map((name) => ({ name, within }))

/** Every field of a bill and the part of it that it stands in; the bill's own first. */
const FIELDS_OF_CLAIM: readonly Field[] = [
  ...fieldsIn('', areaClaim.shape),
  ...(['lines', 'before', 'episode', 'given', 'relatives'] as const).flatMap((part) => fieldsIn(part, shapeOf(areaClaim.shape[part]))), // prettier-ignore
]
const ROWS = areaFile.shape.rows.element.options.map((one) => one.shape)
const WHEN = shapeOf(areaFile.shape.rows.element.options[0].shape.when)

/** Every field of a book: of a row of a kind, or of rows of whatever kind where it has none; their conditions and their bands. */
const fieldsOfBook = (kind: unknown): readonly Field[] => {
  const ofKind = ROWS.filter((shape) => shape.kind.def.values.some((one) => one === kind))
  const rows = ofKind.length > 0 ? ofKind : ROWS
  return [
    ...fieldsIn('', areaFile.shape),
    ...rows.flatMap((shape) => fieldsIn('rows', shape)),
    ...fieldsIn('when', WHEN),
    ...rows.flatMap((shape) => ('bands' in shape ? fieldsIn('bands', shapeOf(shape.bands)) : [])),
  ]
}

/** How many letters must be put in, left out or changed to make one word the other. */
const slips = (one: string, other: string): number => {
  let row = Array.from({ length: other.length + 1 }, (_none, at) => at)
  for (const [line, letter] of [...one].entries()) {
    const next = [line + 1]
    for (const [at, twin] of [...other].entries())
      next.push(Math.min((row[at] ?? 0) + (letter === twin ? 0 : 1), (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1))
    row = next
  }
  return row[other.length] ?? 0
}

const bare = (name: string): string =>
  name
    .replace(/(Fen|Bp)$/, '')
    .replaceAll(/[_-]/g, '')
    .toLowerCase()

/** How far a word is from a field: by its letters, or by those that the field begins with. */
const farFrom = (word: string, field: string): number => {
  const whole = slips(word, field)
  return word.length < BEGINNING_LEAST ? whole : Math.min(whole, slips(word, field.slice(0, word.length)))
}

/** The field that was probably meant: the same but for its unit, then one of this part, then of another. */
const meantBy = (key: string, part: string, fields: readonly Field[]): Field | null => {
  const named = MEANT[`${part}.${key}`] ?? MEANT[key] ?? key
  const near = ({ name }: { readonly name: string }): number => farFrom(bare(named), bare(name))
  const sorted = fields.filter((field) => near(field) <= SLIPS_MOST && bare(field.name).length > SLIPS_MOST)
    .toSorted((a, b) => Number(near(a) > 0) - Number(near(b) > 0) || Number(a.within !== part) - Number(b.within !== part) || near(a) - near(b)) // prettier-ignore
  return sorted[0] ?? null
}

/** How an amount or a share is written, for a field of either. */
const unitOf = (field: string): Words => {
  if (field.endsWith('Fen'))
    return { zh: '。金额写作分的整数:1200.50 元写作 120050', en: '. Amounts are whole fen: 1200.50 yuan is 120050' }
  return field.endsWith('Bp')
    ? { zh: '。比例写作万分之一:10 % 写作 1000', en: '. Shares are basis points: 10 % is 1000' }
    : { zh: '', en: '' }
}

const unknownKey = (key: string, path: Path, fields: readonly Field[]): Words => {
  const part = path.findLast((one): one is string => typeof one === 'string' && fields.some(({ within }) => within === one)) ?? '' // prettier-ignore
  const meant = meantBy(key, part, fields)
  if (meant === null)
    return {
      zh: `不认识字段 ${key};不认识的字段不会被忽略,请按文档改名或去掉`,
      en: `has no field ${key}; what is not known is never ignored: rename it as the page says, or leave it out`,
    }
  const { name, within } = meant
  const place = within === '' ? { zh: '最外一级', en: 'the outermost part' } : { zh: ` ${within} 里`, en: within }
  const unit = unitOf(name)
  if (name === key) return { zh: `字段 ${key} 不写在这里,写在${place.zh}`, en: `has no field ${key}: it stands in ${place.en}` }
  const where = within === part ? { zh: '', en: '' } : { zh: `(写在${place.zh})`, en: ` (in ${place.en})` }
  return { zh: `不认识字段 ${key},是否应为 ${name}${where.zh}${unit.zh}`, en: `has no field ${key}; perhaps ${name}${where.en} is meant${unit.en}` } // prettier-ignore
}

const listed = (values: readonly unknown[], of: 'zh' | 'en'): string =>
  values.map((value) => (of === 'zh' && VALUE_WORDS[String(value)] !== undefined ? `${String(value)} ${VALUE_WORDS[String(value)]}` : String(value))).join(of === 'zh' ? '、' : ', ') // prettier-ignore

const notOneOf = (found: unknown, values: readonly unknown[]): Words => {
  const meant = MEANT[String(found)]
  const hint = meant !== undefined && values.includes(meant) ? { zh: `。${String(found)} 写作 ${meant}`, en: `. Write ${meant}` } : { zh: '', en: '' } // prettier-ignore
  return { zh: `不能写 ${JSON.stringify(found)},可写:${listed(values, 'zh')}${hint.zh}`, en: `cannot be ${JSON.stringify(found)}; write one of ${listed(values, 'en')}${hint.en}` } // prettier-ignore
}

const KINDS: Readonly<Record<string, Words>> = {
  number: { zh: '数', en: 'a number' },
  int: { zh: '整数', en: 'a whole number' },
  string: { zh: '文字', en: 'text' },
  array: { zh: '列表 [ … ]', en: 'a list [ … ]' },
  object: { zh: '对象 { … }', en: 'an object { … }' },
  record: { zh: '对象 { … }', en: 'an object { … }' },
  boolean: { zh: 'true 或 false', en: 'true or false' },
}

const NO_NULL: Words = { zh: '不写 null:没有的就不写这个字段', en: 'cannot be null: leave the field out where there is none' }

const wrongKind = (found: unknown, expected: string, field: string): Words => {
  const kind = KINDS[expected] ?? { zh: expected, en: expected }
  if (found === undefined) return { zh: `没有写,须写${kind.zh}`, en: `is missing: write ${kind.en}` }
  if (found === null) return NO_NULL
  if (field === '' && Array.isArray(found)) return { zh: '须写对象 { … },不是列表;一个人的几张账单写作 { "bills": [ … ] }', en: 'is an object { … } and no list; several bills of a person are { "bills": [ … ] }' } // prettier-ignore
  if (expected === 'int' && field.endsWith('Fen')) return { zh: `金额写作分的整数,不带小数:${String(found)} 若是元,写作 ${Math.round(Number(found) * FEN_OF_YUAN)}`, en: `is whole fen without decimals: if ${String(found)} is yuan, write ${Math.round(Number(found) * FEN_OF_YUAN)}` } // prettier-ignore
  if (expected === 'int' && field.endsWith('Bp')) return { zh: `比例写作万分之一的整数:10 % 写作 1000,不是 ${String(found)}`, en: `is whole basis points: 10 % is 1000, not ${String(found)}` } // prettier-ignore
  if (typeof found === 'string' && (expected === 'number' || expected === 'int')) return { zh: `须写数,不加引号,不是 ${JSON.stringify(found)}`, en: `is a number without quotes, not ${JSON.stringify(found)}` } // prettier-ignore
  return { zh: `须写${kind.zh},不是 ${JSON.stringify(found)?.slice(0, SHOWN_MOST)}`, en: `is ${kind.en}, not ${JSON.stringify(found)?.slice(0, SHOWN_MOST)}` } // prettier-ignore
}

const DAYS = ['day', 'from', 'until', 'checkedOn']
const asDay = (found: unknown): Words =>
  found === undefined
    ? { zh: '没有写,日期写作 YYYY-MM-DD,如 2024-06-01', en: 'is missing: a day is written YYYY-MM-DD, as in 2024-06-01' }
    : { zh: `日期写作 YYYY-MM-DD,如 2024-06-01,不是 ${JSON.stringify(found)}`, en: `is a day written YYYY-MM-DD, as in 2024-06-01, not ${JSON.stringify(found)}` } // prettier-ignore

/** What a schema says of itself, in English, with its Chinese where there is one. */
const ownWords = (message: string): Words => ({
  zh: IN_CHINESE.find(([said]) => said.test(message))?.[1] ?? message,
  en: `: ${message}`,
})

/** A kind of row that there is none of: the message lists those that there are. */
const notAKind = (message: string, found: unknown): Words => {
  const kinds = [...message.matchAll(/'([a-z-]+)'/g)].map(([, kind]) => kind)
  return found === undefined
    ? { zh: `没有写,可写:${listed(kinds, 'zh')}`, en: `is missing: write one of ${listed(kinds, 'en')}` }
    : notOneOf(found, kinds)
}

const said = (issue: z.core.$ZodIssue, whole: unknown, fields: readonly Field[]): Words[] => {
  const found = valueAt(whole, issue.path)
  const field = String(issue.path.at(-1) ?? '')
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(key, issue.path, fields))
    case 'invalid_type':
      if (found !== null && DAYS.includes(field)) return [asDay(found)]
      return [wrongKind(found, issue.expected === 'number' && Number.isFinite(found) ? 'int' : issue.expected, field)]
    case 'invalid_value':
      if (found === null) return [NO_NULL]
      return [found === undefined ? { zh: `没有写,可写:${listed(issue.values, 'zh')}`, en: `is missing: write one of ${listed(issue.values, 'en')}` } : notOneOf(found, issue.values)] // prettier-ignore
    case 'too_small':
      return [issue.origin === 'array' ? { zh: `至少写 ${String(issue.minimum)} 项`, en: `has at least ${String(issue.minimum)} entry` } : { zh: `不能小于 ${String(issue.minimum)},不是 ${JSON.stringify(found)}`, en: `is not less than ${String(issue.minimum)}; it is ${JSON.stringify(found)}` }] // prettier-ignore
    case 'too_big':
      return [{ zh: `不能大于 ${String(issue.maximum)}`, en: `is not more than ${String(issue.maximum)}` }]
    case 'invalid_key':
      return [{ zh: `名称 ${field} 须用小写英文,如 serious-illness(大病保险);各统筹区的层名见其规则文件`, en: `is a name that is written in lower case, as in serious-illness; the layers of an area stand in its book` }] // prettier-ignore
    case 'invalid_union':
      return [/discriminator/i.test(issue.message) || issue.path.at(-1) === 'kind' ? notAKind(issue.message, found) : ownWords(issue.message)] // prettier-ignore
    case 'custom':
    case 'invalid_format':
    case 'invalid_element':
    case 'not_multiple_of':
      return [/YYYY-MM-DD/.test(issue.message) ? asDay(found) : ownWords(issue.message)]
  }
}

/** What is wrong with a text that has not the form it should: where, why and what to write instead, a line for each fault. */
export const formFaults = (issues: readonly z.core.$ZodIssue[], whole: unknown, of: 'claim' | 'book'): Words => {
  const faults = issues.flatMap((issue) => {
    const where = whereOf(issue.path)
    const fields = of === 'claim' ? FIELDS_OF_CLAIM : fieldsOfBook(valueAt(whole, [...issue.path.slice(0, 2), 'kind']))
    return said(issue, whole, fields).map((one): Words => ({ zh: `✖ ${where.zh}:${one.zh}。`, en: `✖ ${where.en}${one.en.startsWith(':') ? '' : ' '}${one.en}.` })) // prettier-ignore
  })
  const more = faults.length - FAULTS_MOST
  const told = faults.slice(0, FAULTS_MOST)
  return {
    zh: [...told.map(({ zh }) => zh), ...(more > 0 ? [`另有 ${more} 处。`] : [])].join('\n'),
    en: [...told.map(({ en }) => en), ...(more > 0 ? [`And ${more} more.`] : [])].join('\n'),
  }
}
