/** Why a text is not taken as JSON; short, in English, shown inside a sentence in both languages. */
export class UnreadableJson extends Error {}

const DEPTH_MAX = 64
// One token at a time: a string, a number or word, a bracket, a comma, a colon.
const TOKEN = /\s*("(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s{}[\]:,"]+)/y

/**
 * Parses JSON and refuses everything that JSON.parse would change in silence: duplicate keys, numbers that lose digits,
 * lone surrogates, NUL characters, `__proto__`, and nesting deeper than 64.
 * @throws UnreadableJson saying what is wrong.
 */
export const parseStrictJson = (text: string): unknown => {
  let value: unknown
  checkShape(text)
  try {
    value = JSON.parse(text)
  } catch {
    throw new UnreadableJson('not well-formed')
  }
  return value
}

type Level = { readonly keys: Set<string> | null; awaitingKey: boolean }

const checkShape = (text: string): void => {
  const levels: Level[] = []
  TOKEN.lastIndex = 0
  for (let found = TOKEN.exec(text); found; found = TOKEN.exec(text)) {
    const token = found[1] as string
    const level = levels.at(-1)
    if (token === '{' || token === '[') levels.push({ keys: token === '{' ? new Set() : null, awaitingKey: token === '{' })
    else if (token === '}' || token === ']') levels.pop()
    else if (token === ',' && level) level.awaitingKey = level.keys !== null
    else if (token.startsWith('"')) checkString(token, level)
    else if (/^-?\d/.test(token)) checkNumber(token)
    if (levels.length > DEPTH_MAX) throw new UnreadableJson(`nested deeper than ${DEPTH_MAX}`)
  }
}

const checkString = (token: string, level: Level | undefined): void => {
  let text: string
  try {
    text = JSON.parse(token) as string
  } catch {
    throw new UnreadableJson('a text is not well-formed')
  }
  const fault = textFault(text)
  if (fault) throw new UnreadableJson(fault)
  if (!level?.keys || !level.awaitingKey) return
  if (text === '__proto__') throw new UnreadableJson('the key __proto__ is not taken')
  if (level.keys.has(text)) throw new UnreadableJson('the same key stands twice')
  level.keys.add(text)
  level.awaitingKey = false
}

/** What would be changed or refused by the store: NUL, or half of a surrogate pair; null when the text is sound. */
export const textFault = (text: string): string | null => {
  if (text.includes('\0')) return 'a text holds a NUL character'
  return text.isWellFormed() ? null : 'a text holds half of a surrogate pair'
}

const checkNumber = (token: string): void => {
  const value = Number(token)
  if (!Number.isFinite(value)) throw new UnreadableJson('a number is too large')
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) throw new UnreadableJson('a whole number is beyond 2^53 − 1')
  if (value === 0 && digitsOf(token) !== '') throw new UnreadableJson('a number is too small')
  if (/^-?\d+$/.test(token)) return
  if (digitsOf(token).length > 15) throw new UnreadableJson('a number has more digits than can be kept')
}

const digitsOf = (token: string): string =>
  (token.split(/[eE]/)[0] as string).replace(/[-.]/g, '').replace(/^0+/, '').replace(/0+$/, '')
