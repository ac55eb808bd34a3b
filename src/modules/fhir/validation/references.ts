import { createHash } from 'node:crypto'
import { shapeOfResource } from './compile.ts'
import type { Findings } from './issues.ts'
import { isMalformedUrn, numberOf } from './primitives.ts'
import { isFields, type Fields, type Walk } from './walking.ts'

const ID = String.raw`[A-Za-z0-9\-.]{1,64}`
const LOCAL = new RegExp(String.raw`^([A-Za-z]+)/(${ID})(?:/_history/${ID})?$`)
const CONDITIONAL = /^([A-Za-z]+)\?.+$/
const ABSOLUTE = /^[A-Za-z][A-Za-z0-9+.-]*:/
const TAIL = new RegExp(String.raw`/([A-Z][A-Za-z]+)/(${ID})(?:/_history/${ID})?$`)

/** The resource type that a reference names; null when it names none; `malformed` when it is no reference at all. */
const typeOfReference = (reference: string): string | null | 'malformed' => {
  if (reference.startsWith('#')) return null
  if (isMalformedUrn(reference)) return 'malformed'
  if (ABSOLUTE.test(reference)) {
    const type = /^https?:/.test(reference) ? TAIL.exec(reference)?.[1] : undefined
    return type && shapeOfResource(type) ? type : null
  }
  const type = (LOCAL.exec(reference) ?? CONDITIONAL.exec(reference))?.[1]
  return type && shapeOfResource(type) ? type : 'malformed'
}

const containedType = (root: Fields, id: string): string | null | 'absent' => {
  const contained = Array.isArray(root['contained']) ? root['contained'] : []
  const found = contained.find((one: unknown) => isFields(one) && one['id'] === id) as Fields | undefined
  if (!found) return 'absent'
  return typeof found['resourceType'] === 'string' ? found['resourceType'] : null
}

/** ref-1, the form of a reference, and whether it leads to a type that may stand here. */
export const checkReference = (
  value: Fields,
  targets: readonly string[] | undefined,
  path: string,
  { findings, root }: Walk,
): void => {
  const { reference, type } = value
  if (
    reference === undefined &&
    value['identifier'] === undefined &&
    value['display'] === undefined &&
    value['extension'] === undefined &&
    value['_reference'] === undefined
  )
    findings.error(
      'invariant',
      path,
      '引用须有 reference、identifier 或 display。',
      'A reference needs reference, identifier or display.',
    )
  if (typeof type === 'string' && !ABSOLUTE.test(type) && !shapeOfResource(type))
    findings.error('value', `${path}.type`, '不是 FHIR R4 的资源类型。', 'It is no resource type of FHIR R4.')
  if (typeof reference !== 'string') return checkTarget(typeof type === 'string' ? type : null, targets, `${path}.type`, findings)
  let named = typeOfReference(reference)
  if (named === 'malformed') {
    findings.error(
      'value',
      `${path}.reference`,
      '引用应为 类型/id、绝对 URI 或 #id。',
      'A reference is Type/id, an absolute URI or #id.',
    )
    return
  }
  if (reference.startsWith('#') && reference.length > 1) {
    const contained = containedType(root, reference.slice(1))
    if (contained === 'absent')
      findings.error(
        'invariant',
        `${path}.reference`,
        '未包含所引用的资源(ref-1)。',
        'No contained resource has this id (ref-1).',
      )
    else named = contained
  }
  if (named && typeof type === 'string' && !ABSOLUTE.test(type) && type !== named)
    findings.error('value', `${path}.type`, 'type 与引用的类型不一致。', 'type is another than that of the reference.')
  checkTarget(named, targets, `${path}.reference`, findings)
}

const checkTarget = (type: string | null, targets: readonly string[] | undefined, path: string, findings: Findings): void => {
  if (!type || !targets || targets.includes(type) || !shapeOfResource(type)) return
  findings.error('value', path, `此处不能引用 ${type}。`, `A ${type} cannot be referred to here.`)
}

/** An identifier's system is absolute; a value that is itself a URI should be absolute too. */
export const checkIdentifier = ({ system, value }: Fields, path: string, { findings, root }: Walk): void => {
  if (typeof system !== 'string') return
  if (!ABSOLUTE.test(system))
    findings.error('value', `${path}.system`, '标识系统应为绝对 URI。', 'The system of an identifier must be an absolute URI.')
  if (system !== 'urn:ietf:rfc:3986' || typeof value !== 'string') return
  // The official examples themselves write plain words here; only what claims to be a UUID or an OID must be one.
  if (!ABSOLUTE.test(value))
    findings.warning(
      'value',
      `${path}.value`,
      '该系统的标识值应为绝对 URI。',
      'A value of this system should be an absolute URI.',
    )
  else if (isMalformedUrn(value)) {
    // Some value sets of R4 itself carry an OID that is none.
    const severity = root['resourceType'] === 'ValueSet' ? 'warning' : 'error'
    findings.add(severity, 'value', `${path}.value`, 'URI 格式不正确。', 'It is not a well-formed URI.')
  }
}

/** What an attachment says of its data must be true of them. */
export const checkAttachment = ({ data, size, hash }: Fields, path: string, findings: Findings): void => {
  if (typeof data !== 'string' || (size === undefined && hash === undefined)) return
  const bytes = Buffer.from(data, 'base64')
  const said = numberOf(size)
  if (said !== null && said !== bytes.length)
    findings.error('invariant', `${path}.size`, '大小与数据不符。', 'The size is another than that of the data.')
  if (typeof hash === 'string' && hash.replace(/\s/g, '') !== createHash('sha1').update(bytes).digest('base64'))
    findings.error('invariant', `${path}.hash`, '散列值(SHA-1)与数据不符。', 'The hash (SHA-1) is another than that of the data.')
}

/** A fullUrl is absolute; where it is the address of a resource, that resource is the one beside it. */
export const checkFullUrl = ({ fullUrl, resource, request }: Fields, path: string, findings: Findings): void => {
  if (typeof fullUrl !== 'string') return
  if (!ABSOLUTE.test(fullUrl))
    findings.error('value', `${path}.fullUrl`, 'fullUrl 应为绝对 URI。', 'A fullUrl must be an absolute URI.')
  const [, type, id] = (/^https?:/.test(fullUrl) && TAIL.exec(fullUrl)) || []
  // What is only being created has no address yet.
  if (type === undefined || request !== undefined || !isFields(resource) || !shapeOfResource(type)) return
  if (resource['resourceType'] !== type || (resource['id'] !== undefined && resource['id'] !== id))
    findings.error(
      'invariant',
      `${path}.fullUrl`,
      'fullUrl 与资源的类型和 id 不一致。',
      'The fullUrl names another type or id than the resource has.',
    )
}
