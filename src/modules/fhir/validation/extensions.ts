import { setOf, type Slot } from './compile.ts'
import { definitions, type ExtensionDefinition } from './definitions.ts'
import type { Findings } from './issues.ts'
import { isFields, type Fields, type Walk } from './walking.ts'

const valueKeyOf = (extension: Fields): string | undefined => Object.keys(extension).find((key) => /^_?value[A-Z]/.test(key))

const knownExtension = (url: string): ExtensionDefinition | undefined => {
  const all = definitions().extensions
  return Object.hasOwn(all, url) ? all[url] : undefined
}

type Kind = 'extension' | 'modifierExtension'

/** Extensions that a profile folder or a client has defined, and whether each is a modifier. */
const defined = new Map<string, boolean>()

/** Takes note of an extension's definition: from now on its url is known here. */
export const defineExtension = (url: string, isModifier: boolean): void => {
  defined.set(url, isModifier)
}

/** Forgets it, for instance because its definition was deleted. */
export const forgetExtension = (url: string): void => {
  defined.delete(url)
}

// What HL7 itself defines for R4 is known to the last; what it defined later has to be loaded like anybody else's.
const OF_HL7 = /^https?:\/\/hl7\.org\/fhir\/StructureDefinition\//
// The official examples show modifier extensions under this name alone, which says itself that nobody is to use it.
const SHOWN_ONLY = 'http://example.org/do-not-use/'

// Source: hl7.org/fhir/R4/datatypes.html, the types that specialise another.
const MORE_GENERAL: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['Age', 'Count', 'Distance', 'Duration', 'MoneyQuantity', 'SimpleQuantity'].map((one) => [one, 'Quantity']),
  ),
  ...Object.fromEntries(['code', 'id', 'markdown'].map((one) => [one, 'string'])),
  ...Object.fromEntries(['url', 'canonical', 'oid', 'uuid'].map((one) => [one, 'uri'])),
  ...Object.fromEntries(['positiveInt', 'unsignedInt'].map((one) => [one, 'integer'])),
}
const WITHOUT_TEXT = new Set(['Bundle', 'Binary', 'Parameters'])

const mayStandIn = (place: string, type: string, slot: Slot | null): boolean => {
  if (place === type || place === MORE_GENERAL[type]) return true
  if (slot) return place === `${slot.owner}.${slot.element.n}` || (place === 'BackboneElement' && type.includes('.'))
  return place === 'Resource' || (place === 'DomainResource' && !WITHOUT_TEXT.has(type))
}

/**
 * Whether the extensions of an element may stand there: those of R4 only where their definition puts them, a modifier only when it
 * is known, because whoever does not understand it must not use what it modifies. A resource is its own place and has no slot.
 */
export const checkExtensions = (holder: Fields, type: string, slot: Slot | null, path: string, walk: Walk): void => {
  for (const kind of ['extension', 'modifierExtension'] as const) {
    const all = holder[kind]
    if (!Array.isArray(all)) continue
    all.forEach((one: unknown, at) => {
      if (isFields(one) && typeof one['url'] === 'string')
        checkPlace(one['url'], kind, { type, slot }, `${path}.${kind}[${at}]`, walk)
    })
  }
}

// The definitions of R4 themselves have some of these where their own definition does not put them; there it is only said.
const OF_DEFINITIONS = new Set(['StructureDefinition', 'OperationDefinition', 'CodeSystem', 'ValueSet'])

const checkPlace = (
  url: string,
  kind: Kind,
  { type, slot }: { type: string; slot: Slot | null },
  path: string,
  { findings, root }: Walk,
): void => {
  const known = knownExtension(url)
  const loaded = defined.get(url)
  const isModifier = known ? known.m === 1 : loaded
  if (isModifier === undefined) {
    if (OF_HL7.test(url))
      findings.error(
        'extension',
        `${path}.url`,
        'FHIR R4 没有这个扩展;如为后来定义的扩展,请先写入其 StructureDefinition。',
        'FHIR R4 has no such extension. If it was defined later, write its StructureDefinition first.',
      )
    else if (kind === 'modifierExtension' && !url.startsWith(SHOWN_ONLY))
      findings.error(
        'extension',
        `${path}.url`,
        '修饰扩展会改变含义,本服务器不认识它,不能接收;请先写入其 StructureDefinition。',
        'A modifier extension changes the meaning and this one is not known here. Write its StructureDefinition first.',
      )
  } else if (isModifier !== (kind === 'modifierExtension'))
    findings.error(
      'extension',
      path,
      isModifier ? '修饰扩展须写在 modifierExtension 中。' : '该扩展不是修饰扩展,须写在 extension 中。',
      isModifier ? 'A modifier extension stands in modifierExtension.' : 'It is no modifier extension and stands in extension.',
    )
  if (!known?.at || type === 'Extension' || known.at.some((place) => mayStandIn(place, type, slot))) return
  const severity = OF_DEFINITIONS.has(root['resourceType'] as string) ? 'warning' : 'error'
  findings.add(severity, 'extension', path, '该扩展不能用在此处。', 'This extension may not stand here.')
}

/** ext-1, an absolute url outside of another extension, and the value type that FHIR R4 gives its own extensions. */
export const checkExtension = (extension: Fields, path: string, findings: Findings): void => {
  const { url } = extension
  const key = valueKeyOf(extension)
  const hasParts = extension['extension'] !== undefined
  if ((key !== undefined) === hasParts)
    findings.error('invariant', path, '扩展须有值或下级扩展之一(ext-1)。', 'An extension has either a value or parts (ext-1).')
  if (typeof url !== 'string') {
    if (extension['_url'] !== undefined)
      findings.error('value', `${path}.url`, '扩展的 url 须为文本。', 'The url of an extension must be a text.')
    return
  }
  const isPart = /\bextension\[\d+\]\.extension\[\d+\]$/i.test(path)
  if (!isPart && !/^[A-Za-z][A-Za-z0-9+.-]*:/.test(url))
    findings.error('value', `${path}.url`, '扩展的 url 应为绝对 URI。', 'The url of an extension must be an absolute URI.')
  const known = knownExtension(url)
  if (!known) return
  if (key !== undefined) checkValueOf(extension, key, known, path, findings)
  else checkParts(extension['extension'], known, path, findings)
}

const checkValueOf = (
  extension: Fields,
  key: string,
  { t, set }: ExtensionDefinition,
  path: string,
  findings: Findings,
): void => {
  const type = key.replace(/^_?value/, '')
  if (!t.some((one) => one.toLowerCase() === type.toLowerCase()))
    findings.error('structure', `${path}.value`, '该扩展不允许这种值类型。', 'This extension does not have a value of that type.')
  const code = extension['valueCode']
  const codes = set && typeof code === 'string' ? setOf(definitions(), set) : null
  if (codes && !codes.plain.has(code as string))
    findings.error(
      'code-invalid',
      `${path}.value`,
      '代码不在规定的值集内。',
      'The code is not in the value set that is required here.',
    )
}

const checkParts = (parts: unknown, known: ExtensionDefinition, path: string, findings: Findings): void => {
  if (!Array.isArray(parts)) return
  if (known.v)
    findings.error('structure', `${path}.extension`, '该扩展只有值,没有下级扩展。', 'This extension has a value and no parts.')
  else
    parts.forEach((part: unknown, at) => {
      const name = isFields(part) ? part['url'] : undefined
      if (known.parts && typeof name === 'string' && !name.includes(':') && !known.parts.includes(name))
        findings.error(
          'structure',
          `${path}.extension[${at}].url`,
          '该扩展没有这个下级扩展。',
          'This extension has no such part.',
        )
    })
}
