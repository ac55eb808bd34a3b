import type { Findings } from './issues.ts'
import { METRIC, PLAIN, PREFIXES } from './ucum-units.ts'
import type { Fields } from './walking.ts'

const UCUM = 'http://unitsofmeasure.org'
// One component without its operators: a unit with its exponent, or a factor; an annotation in braces may follow or stand alone.
const COMPONENT =
  /(?:(?<unit>10[*^]|(?:[^\s()[\]{}./\d+-]|\[[^\s[\]{}]*\])+)(?:[+-]?\d+)?|(?<factor>\d+))(?:\{[^{}]*\})?|\{[^{}]*\}/y
const LENGTH_MOST = 200

const isUnit = (symbol: string): boolean => {
  if (PLAIN.has(symbol) || METRIC.has(symbol)) return true
  return [1, 2].some((length) => PREFIXES.has(symbol.slice(0, length)) && METRIC.has(symbol.slice(length)))
}

/**
 * Whether a text is a unit of UCUM: its grammar, and symbols that its tables have; nothing is said of whether it measures what
 * it stands beside. Source: ucum.org, sections 2.1 to 2.4 (grade B: the grammar as published, written anew).
 */
export const isUcum = (code: string): boolean => {
  if (code.length > LENGTH_MOST) return false
  let at = code.startsWith('/') ? 1 : 0
  let depth = 0
  for (;;) {
    while (code[at] === '(') {
      depth++
      at += code[at + 1] === '/' ? 2 : 1
    }
    COMPONENT.lastIndex = at
    const found = COMPONENT.exec(code)
    const symbol = found?.groups?.['unit']
    if (!found || (symbol !== undefined && !isUnit(symbol))) return false
    at += found[0].length
    while (code[at] === ')' && depth > 0) {
      depth--
      at += 1 + (/^\{[^{}]*\}/.exec(code.slice(at + 1))?.[0].length ?? 0)
    }
    if (at === code.length) return depth === 0
    if (code[at] !== '.' && code[at] !== '/') return false
    at++
  }
}

const REMEMBERED_MOST = 10_000
const sound = new Set<string>()

/** A code of UCUM's system is one of its units. */
export const checkUnit = ({ system, code }: Fields, path: string, findings: Findings): void => {
  if (system !== UCUM || typeof code !== 'string' || sound.has(code)) return
  if (isUcum(code)) {
    if (sound.size < REMEMBERED_MOST) sound.add(code)
    return
  }
  findings.error(
    'code-invalid',
    `${path}.code`,
    '不是 UCUM 单位代码(区分大小写,例如 mg/dL、mm[Hg]、10*9/L);本地单位请只写 unit。',
    'It is no UCUM unit (upper and lower case differ: mg/dL, mm[Hg], 10*9/L). For a unit of your own write only `unit`.',
  )
}
