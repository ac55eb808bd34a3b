import { checkBound, checkCoding } from './codes.ts'
import { checkExtension, checkExtensions } from './extensions.ts'
import { checkConstraints } from './invariants.ts'
import { Findings, kindOfValue } from './issues.ts'
import { checkAttachment, checkFullUrl, checkIdentifier, checkReference } from './references.ts'
import { shapeOf, shapeOfResource, type Shape, type Slot } from './compile.ts'
import { checkSamples, checkText } from './texts.ts'
import { checkUnit } from './ucum.ts'
import { isFields, type Fields, type Walk } from './walking.ts'

const DEPTH_MOST = 60
const UNDERLINE = 95

/** Checks one resource and everything in it. */
export const checkResource = (
  value: unknown,
  path: string,
  findings: Findings,
  container: Fields | null,
  depth: number,
): void => {
  if (!isFields(value)) {
    const { zh, en } = kindOfValue(value)
    findings.error('structure', path || 'Resource', `应为资源对象,得到的是${zh}。`, `A resource object is needed, not ${en}.`)
    return
  }
  const type = value['resourceType']
  const shape = typeof type === 'string' ? shapeOfResource(type) : null
  const own = path || (shape ? shape.type : 'Resource')
  if (!shape) {
    if (type === undefined) findings.error('required', `${own}.resourceType`, '缺少 resourceType。', 'resourceType is missing.')
    else
      findings.error(
        'not-supported',
        `${own}.resourceType`,
        'resourceType 不是 FHIR R4 的资源类型。',
        'resourceType is no resource type of FHIR R4.',
      )
    return
  }
  const root = container ?? value
  checkContained(value, own, findings, container !== null)
  checkFields(value, shape, own, { findings, root, depth })
  if (hasExtensions(value)) checkExtensions(value, shape.type, null, own, { findings, root, depth })
}

const hasExtensions = (value: Fields): boolean => value['extension'] !== undefined || value['modifierExtension'] !== undefined

const checkContained = (resource: Fields, path: string, findings: Findings, isContained: boolean): void => {
  const { contained } = resource
  if (contained === undefined) return
  if (isContained)
    findings.error(
      'invariant',
      `${path}.contained`,
      '被包含的资源不得再包含资源(dom-2)。',
      'A contained resource must contain none (dom-2).',
    )
  if (!Array.isArray(contained)) return
  const ids = new Set<unknown>()
  contained.forEach((one: unknown, at) => {
    if (!isFields(one)) return
    const own = `${path}.contained[${at}]`
    const meta = isFields(one['meta']) ? one['meta'] : {}
    if (one['id'] === undefined)
      findings.error('required', `${own}.id`, '被包含的资源须有 id。', 'A contained resource needs an id.')
    else if (ids.has(one['id']))
      findings.error('invariant', `${own}.id`, '被包含的资源 id 重复。', 'Two contained resources have the same id.')
    ids.add(one['id'])
    if (meta['versionId'] !== undefined || meta['lastUpdated'] !== undefined)
      findings.error(
        'invariant',
        `${own}.meta`,
        '被包含的资源不得有版本和更新时间(dom-4)。',
        'A contained resource has no versionId or lastUpdated (dom-4).',
      )
    if (meta['security'] !== undefined)
      findings.error(
        'invariant',
        `${own}.meta.security`,
        '被包含的资源不得有安全标签(dom-5)。',
        'A contained resource has no security label (dom-5).',
      )
  })
  checkEachIsReferred(resource, contained, path, findings)
}

/** dom-3: every contained resource is referred to, or refers to its container. */
const checkEachIsReferred = (resource: Fields, contained: readonly unknown[], path: string, findings: Findings): void => {
  const text = JSON.stringify(resource)
  contained.forEach((one: unknown, at) => {
    if (!isFields(one) || typeof one['id'] !== 'string') return
    if (text.includes(`"#${one['id']}"`) || JSON.stringify(one).includes('"#"')) return
    findings.error(
      'invariant',
      `${path}.contained[${at}]`,
      '被包含的资源未被引用(dom-3)。',
      'The contained resource is referred to from nowhere (dom-3).',
    )
  })
}

/** Checks an object by the shape of its type: keys, their values, what must be there, and the type's constraints. */
export const checkFields = (value: Fields, shape: Shape, path: string, walk: Walk): void => {
  const { findings } = walk
  if (walk.depth > DEPTH_MOST || findings.isFull) {
    if (walk.depth > DEPTH_MOST) findings.error('too-costly', path, '嵌套过深。', 'Nested too deeply.')
    return
  }
  const seen: (string | undefined)[] = []
  let isEmpty = true
  for (const key in value) {
    if (key === 'resourceType' && shape.isResource) continue
    // An id alone says nothing, but may stand beside a primitive that has a value.
    if (key !== 'id' || shape.type === 'Element') isEmpty = false
    const slot = checkKey(value, key, shape, path, walk)
    if (!slot) continue
    const earlier = seen[slot.at]
    if (earlier !== undefined && earlier !== slot.key)
      findings.error(
        'structure',
        `${path}.${slot.element.n}`,
        `${slot.element.n}[x] 只能有一种类型。`,
        `Only one type of ${slot.element.n}[x] may stand.`,
      )
    seen[slot.at] = slot.key
  }
  if (isEmpty && !shape.isResource) findings.error('structure', path, '对象不得为空。', 'An object must not be empty (ele-1).')
  for (const at of shape.required) {
    const element = shape.elements[at]
    if (seen[at] === undefined && element)
      findings.error(
        'required',
        `${path}.${element.n}`,
        `缺少必填元素 ${element.n}。`,
        `The required element ${element.n} is missing.`,
      )
  }
  checkSpecial(value, shape, path, walk)
  checkConstraints(value, shape.constraints, path, walk)
}

/** Checks the value of one key; the slot that it fills, or null when the key is unknown. */
const checkKey = (value: Fields, key: string, shape: Shape, path: string, walk: Walk): Slot | null => {
  const isSibling = key.charCodeAt(0) === UNDERLINE
  const slot = shape.slots.get(isSibling ? key.slice(1) : key)
  if (!slot || (isSibling && (!slot.primitive || slot.type === 'xhtml'))) {
    const shown = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(key) ? key : '?'
    walk.findings.error(
      'structure',
      `${path}.${shown}`,
      `${shape.type} 没有元素 ${shown}。`,
      `${shape.type} has no element ${shown}.`,
    )
    return null
  }
  const own = `${path}.${slot.name}`
  if (isSibling) checkSibling(value, slot, own, walk)
  else if (slot.element.max === 1 && !Array.isArray(value[key])) checkValue(value[key], slot, own, walk)
  else checkOccurrences(value[key], slot.primitive ? value[slot.sibling] : undefined, slot, own, walk)
  return slot
}

const checkOccurrences = (value: unknown, sibling: unknown, slot: Slot, path: string, walk: Walk): void => {
  const { findings } = walk
  const { max } = slot.element
  if (max === 1) {
    findings.error('structure', path, '只能出现一次,不得为数组。', 'It stands once and must not be an array.')
    return
  }
  if (!Array.isArray(value)) {
    findings.error('structure', path, '应为数组。', 'It must be an array.')
    return
  }
  if (value.length === 0) findings.error('structure', path, '数组不得为空。', 'An array must not be empty.')
  if (max > 1 && value.length > max) findings.error('structure', path, `最多 ${max} 个。`, `There may be ${max} at most.`)
  const siblings = Array.isArray(sibling) ? sibling : []
  value.forEach((one: unknown, at) => {
    if (one === null && slot.primitive && isFields(siblings[at])) return
    checkValue(one, slot, `${path}[${at}]`, walk)
  })
}

const checkValue = (value: unknown, slot: Slot, path: string, walk: Walk): void => {
  const { findings } = walk
  if (slot.primitive) {
    const wanted = slot.primitive(value)
    if (wanted) findings.error('value', path, `${wanted.zh}。`, `It ${wanted.en}.`)
    else if (slot.plain && !slot.plain.has(value as string))
      findings.error('code-invalid', path, '代码不在规定的值集内。', 'The code is not in the value set that is required here.')
    else checkText(value, slot, path, walk)
  } else if (slot.type === 'Resource') {
    const isContained = slot.key === 'contained'
    checkResource(value, path, findings, isContained ? walk.root : null, walk.depth + 1)
  } else if (!isFields(value)) {
    const { zh, en } = kindOfValue(value)
    findings.error(
      'structure',
      path,
      `应为 ${slot.type} 对象,得到的是${zh}。`,
      `An object of type ${slot.type} is needed, not ${en}.`,
    )
  } else {
    const shape = shapeOf(slot.type)
    if (shape) checkFields(value, shape, path, { ...walk, depth: walk.depth + 1 })
    if (hasExtensions(value)) checkExtensions(value, slot.type, slot, path, walk)
    if (slot.codes) checkBound(value, slot, path, walk)
    if (slot.type === 'Reference') checkReference(value, slot.element.to, path, walk)
  }
  if (slot.element.c && isFields(value)) checkConstraints(value, slot.element.c, path, walk)
}

/** The `_name` beside a primitive: its id and extensions. */
const checkSibling = (value: Fields, slot: Slot, path: string, walk: Walk): void => {
  const { findings } = walk
  const sibling = value[slot.sibling]
  const main = value[slot.key]
  const shape = shapeOf('Element') as Shape
  const one = (item: unknown, at: string): void => {
    if (!isFields(item))
      findings.error('structure', at, '下划线元素应为对象。', 'What stands beside a primitive must be an object.')
    else {
      checkFields(item, shape, at, { ...walk, depth: walk.depth + 1 })
      if (hasExtensions(item)) checkExtensions(item, slot.type, slot, at, walk)
    }
  }
  if (slot.element.max === 1) return one(sibling, path)
  if (!Array.isArray(sibling) || sibling.length === 0) {
    findings.error('structure', path, '下划线元素应为数组。', 'What stands beside repeated primitives must be an array.')
    return
  }
  if (Array.isArray(main) && main.length !== sibling.length)
    findings.error('structure', path, '两个数组长度不一致。', 'Values and what stands beside them must be equally many.')
  sibling.forEach((item: unknown, at) => {
    if (item !== null) one(item, `${path}[${at}]`)
    else if (!Array.isArray(main) || main[at] === null || main[at] === undefined)
      findings.error('structure', `${path}[${at}]`, '既无值也无扩展。', 'There is neither a value nor an extension.')
  })
}

const checkSpecial = (value: Fields, shape: Shape, path: string, walk: Walk): void => {
  switch (shape.type) {
    case 'Coding':
      checkCoding(value, path, walk.findings)
      return checkUnit(value, path, walk.findings)
    case 'Quantity':
    case 'Age':
    case 'Count':
    case 'Distance':
    case 'Duration':
      return checkUnit(value, path, walk.findings)
    case 'Extension':
      return checkExtension(value, path, walk.findings)
    case 'Identifier':
      return checkIdentifier(value, path, walk)
    case 'Attachment':
      return checkAttachment(value, path, walk.findings)
    case 'SampledData':
      return checkSamples(value, path, walk.findings)
    case 'Bundle.entry':
      return checkFullUrl(value, path, walk.findings)
  }
}
