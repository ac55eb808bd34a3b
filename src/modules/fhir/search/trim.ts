import { parseExact } from '../../health-record/index.ts'

type Fields = { readonly [name: string]: unknown }

const SUBSETTED = { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'SUBSETTED' }
const ALWAYS = ['resourceType', 'id', 'meta', 'implicitRules']
// What a summary never needs: narrative, contained resources, free text.
const LEFT_OUT = new Set([
  'text',
  'contained',
  'note',
  'extension',
  'photo',
  'presentedForm',
  'dosageInstruction',
  'component',
  'section',
])
const TEXT = ['text', 'status', 'code', 'subject']

const wanted = (summary: string | null, elements: readonly string[] | null): ((name: string) => boolean) => {
  if (elements) return (name) => elements.includes(name) || elements.includes(name.replace(/^_/, ''))
  if (summary === 'text') return (name) => TEXT.includes(name)
  if (summary === 'data') return (name) => name !== 'text'
  return (name) => !LEFT_OUT.has(name)
}

/** A resource with only the elements that were asked for, marked as a part of itself. */
export const trimmed = (text: string, summary: string | null, elements: readonly string[] | null): string => {
  if (!elements && (summary === null || summary === 'count')) return text
  const { meta, ...resource } = parseExact(text) as Fields
  const keep = wanted(summary, elements)
  const kept = Object.entries(resource).filter(([name]) => ALWAYS.includes(name) || keep(name))
  const tags = ((meta as Fields | undefined)?.['tag'] ?? []) as readonly unknown[]
  const { resourceType, id, ...rest } = Object.fromEntries(kept)
  return JSON.stringify({ resourceType, id, meta: { ...(meta as Fields), tag: [...tags, SUBSETTED] }, ...rest })
}
