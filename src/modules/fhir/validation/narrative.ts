import { hasSoundEntities } from './entities.ts'
import type { Findings } from './issues.ts'

// Source: hl7.org/fhir/R4/narrative.html: formatting of XHTML, no head, body, scripts, forms, frames, objects, events.
const ALLOWED = new Set(
  `a abbr acronym address b bdo big blockquote br caption cite code col colgroup dd del dfn div dl dt em h1 h2 h3 h4 h5 h6 hr i img
  ins kbd li map area ol p pre q samp small span strong sub sup table tbody td tfoot th thead tr tt ul var`.split(/\s+/),
)
const TOKEN =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<(\/?)([A-Za-z][A-Za-z0-9:]*)((?:\s+[A-Za-z_:][\w:.-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|[^<]+|</g
const DIV = /^(?:<!--[\s\S]*?-->\s*)*<div\b([^>]*)>/
const NAMESPACE = 'http://www.w3.org/1999/xhtml'
const XHTML = new RegExp(String.raw`\sxmlns\s*=\s*["']${NAMESPACE}["']`)
// Source: HTML 4.01, chapters 7 to 11 and 15, links and images (w3.org; grade A), which the narrative of R4 names.
const ATTRIBUTES = new Set(
  `xmlns xml:lang xml:space id class style title lang dir accesskey tabindex name href hreflang charset type rel rev shape coords
  src alt longdesc height width usemap ismap border hspace vspace align valign char charoff summary frame rules cellspacing cellpadding
  abbr axis headers scope rowspan colspan span nowrap bgcolor start value compact size color face noshade clear cite datetime nohref
  target`.split(/\s+/),
)

/** txt-1 and txt-2: a narrative is well-formed XHTML of formatting alone, within one div, and not empty. */
export const checkNarrative = (text: string, path: string, findings: Findings): void => {
  const fault = faultOf(text.trim())
  if (fault) findings.error('invariant', path, `叙述不符合要求:${fault.zh}。`, `The narrative ${fault.en}.`)
}

type Fault = { readonly zh: string; readonly en: string }
const MALFORMED: Fault = { zh: 'XHTML 不完整', en: 'is not well-formed XHTML' }

const faultOf = (text: string): Fault | null => {
  if (!/^(?:<!--[\s\S]*?-->\s*)*<div[\s>/]/.test(text)) return { zh: '应以 div 包裹', en: 'must be one div' }
  if (!XHTML.test(DIV.exec(text)?.[1] ?? '')) return { zh: 'div 缺少 XHTML 命名空间', en: 'lacks the namespace of XHTML' }
  const open: string[] = []
  let hasContent = false
  let hasEnded = false
  for (const [token, closing, name, attributes, selfClosing] of text.matchAll(TOKEN)) {
    if (token.startsWith('<!--')) continue
    if (hasEnded && token.trim() !== '') return MALFORMED
    if (!name) {
      if (token === '<' || !hasSoundEntities(token) || token.includes(']]>')) return MALFORMED
      if (token.trim() !== '') hasContent = true
      continue
    }
    if (!ALLOWED.has(name)) return { zh: '含不允许的标签', en: 'has a tag that is not allowed' }
    if (closing) {
      if (open.pop() !== name) return MALFORMED
      if (open.length === 0) hasEnded = true
      continue
    }
    if (faultOfAttributes(attributes ?? '')) return { zh: '含不允许的属性', en: 'has an attribute that is not allowed' }
    if (name === 'img') hasContent = true
    if (selfClosing) hasEnded = open.length === 0
    else open.push(name)
  }
  if (open.length > 0 || !hasEnded) return MALFORMED
  return hasContent ? null : { zh: '没有内容', en: 'has no content' }
}

const faultOfAttributes = (attributes: string): boolean => {
  if (attributes === '') return false
  const names = [...attributes.matchAll(/([A-Za-z_:][\w:.-]*)\s*=\s*("[^"]*"|'[^']*')/g)]
  const seen = new Set<string>()
  return names.some(([, name, value]) => {
    const lower = (name as string).toLowerCase()
    const isTwice = seen.has(lower)
    seen.add(lower)
    return (
      isTwice ||
      !ATTRIBUTES.has(lower) ||
      (lower === 'xmlns' && (value as string).slice(1, -1) !== NAMESPACE) ||
      /^["']\s*javascript:/i.test(value as string) ||
      !hasSoundEntities(value as string)
    )
  })
}
