import { UnreadableJson } from '../../../platform/http/strict-json.ts'
import type { Issue } from '../validation/issues.ts'
import { formatOfBody } from './negotiate.ts'
import { parseBody } from './parse-json.ts'
import { readXml } from './read-xml.ts'
import { writeXml } from './write-xml.ts'
import { UnreadableXml } from './xml-nodes.ts'

export { CONTENT_TYPE, formatOfAnswer, formatOfBody } from './negotiate.ts'
export type { Format } from './negotiate.ts'

/** A body that was read: the parsed resource and its JSON text with every digit; or the status and issues of its refusal. */
export type ReadBody =
  | { readonly resource: unknown; readonly text: string }
  | { readonly status: 400 | 415; readonly issues: readonly Issue[] }

const refused = (status: 400 | 415, code: string, zh: string, en: string): ReadBody => ({
  status,
  issues: [{ severity: 'error', code, path: '', zh, en }],
})

/** Reads a body of FHIR JSON, which passes through untouched, or XML. Strict: what could not be kept exactly is refused. */
export const readBody = (text: string, contentType: string | undefined): ReadBody => {
  const format = formatOfBody(contentType)
  if (!format)
    return refused(415, 'not-supported', '正文应为 UTF-8 的 FHIR JSON 或 XML。', 'The body must be FHIR JSON or XML in UTF-8.')
  try {
    const json = format === 'xml' ? readXml(text.replace(/^\uFEFF/, '')) : text
    return { resource: parseBody(json), text: json }
  } catch (error) {
    if (error instanceof UnreadableJson || error instanceof UnreadableXml)
      return refused(400, 'structure', `正文无法读取:${error.message}。`, `The body cannot be read: ${error.message}.`)
    throw error
  }
}

/** Writes JSON text for an answer: as it is, or as XML when that is the format. */
export const writeBody = (text: string, format: 'json' | 'xml'): string => (format === 'xml' ? writeXml(text) : text)
