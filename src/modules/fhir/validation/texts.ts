import { LANGUAGE } from './codes.ts'
import type { Slot } from './compile.ts'
import type { Findings } from './issues.ts'
import { checkNarrative } from './narrative.ts'
import type { Fields, Walk } from './walking.ts'

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'))

/** Currencies of today and before, as this Node lists them; codes with X name metals, funds and none at all. */
const isCurrency = (code: string): boolean => CURRENCIES.has(code) || /^X[A-Z]{2}$/.test(code)

const MIME = /^[A-Za-z0-9!#$&^_.+-]+\/[A-Za-z0-9!#$&^_.+*-]+(?:\s*;.*)?$/

/** Codes whose systems are grammars: languages, MIME types, currencies; and the narrative. */
export const checkText = (value: unknown, slot: Slot, path: string, walk: Walk): void => {
  const text = value as string
  const { set } = slot.element
  if (slot.type === 'xhtml') checkNarrative(text, path, walk.findings)
  else if (slot.type !== 'code') return
  else if (slot.key === 'language' && !LANGUAGE.test(text))
    walk.findings.error('code-invalid', path, '语言代码不符合 BCP 47。', 'The language is not written by BCP 47.')
  else if (slot.key !== 'format' && set?.endsWith('/mimetypes') && !MIME.test(text))
    walk.findings.error('code-invalid', path, '不是 MIME 类型。', 'It is no MIME type.')
  else if (set?.endsWith('/currencies') && !isCurrency(text))
    walk.findings.error('code-invalid', path, '币种应为 ISO 4217 的三字母代码。', 'A currency is one of the codes of ISO 4217.')
}

const SAMPLE = /^(?:[EUL]|[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)$/

/** Samples are decimals, or E (error), U (above) and L (below), with a space between two. */
export const checkSamples = ({ data }: Fields, path: string, findings: Findings): void => {
  if (
    typeof data === 'string' &&
    !data
      .trim()
      .split(/\s+/)
      .every((one) => SAMPLE.test(one))
  )
    findings.error(
      'value',
      `${path}.data`,
      '采样数据应为以空格分隔的小数或 E、U、L。',
      'Samples are decimals or E, U, L with spaces between.',
    )
}
