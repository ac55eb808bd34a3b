import { definitions } from './definitions.ts'
import type { Findings } from './issues.ts'
import type { Fields } from './walking.ts'

const valueKeyOf = (extension: Fields): string | undefined => Object.keys(extension).find((key) => /^_?value[A-Z]/.test(key))

/** ext-1, an absolute url outside of another extension, and the value type that FHIR R4 gives its own extensions. */
export const checkExtension = (extension: Fields, path: string, findings: Findings): void => {
  const { url } = extension
  const key = valueKeyOf(extension)
  const hasParts = extension['extension'] !== undefined
  if ((key !== undefined) === hasParts)
    findings.error('invariant', path, '扩展须有值或下级扩展之一(ext-1)。', 'An extension has either a value or parts (ext-1).')
  if (typeof url !== 'string') return
  const isPart = /\bextension\[\d+\]\.extension\[\d+\]$/i.test(path)
  if (!isPart && !/^[A-Za-z][A-Za-z0-9+.-]*:/.test(url))
    findings.error('value', `${path}.url`, '扩展的 url 应为绝对 URI。', 'The url of an extension must be an absolute URI.')
  const all = definitions().extensions
  const types = Object.hasOwn(all, url) ? all[url] : undefined
  if (!types || key === undefined) return
  const type = key.replace(/^_?value/, '')
  if (!types.some((one) => one.toLowerCase() === type.toLowerCase()))
    findings.error('structure', `${path}.value`, '该扩展不允许这种值类型。', 'This extension does not have a value of that type.')
}
