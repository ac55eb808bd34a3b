import { codesOfSystem, type Slot } from './compile.ts'
import type { Findings } from './issues.ts'
import { isFields, type Fields, type Walk } from './walking.ts'

/** How a language is written by BCP 47. */
export const LANGUAGE = /^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/

const isAbsolute = (uri: string): boolean => /^[A-Za-z][A-Za-z0-9+.-]*:/.test(uri)

// HL7 goes on adding codes to these; an R4 list of them ages, so a code outside is said and not refused.
const STILL_GROWING = /^http:\/\/terminology\.hl7\.org\/CodeSystem\/v[23]-/

/** A coding of a system that FHIR R4 lists completely must have one of its codes. */
export const checkCoding = ({ system, code }: Fields, path: string, findings: Findings): void => {
  if (typeof system !== 'string') return
  if (!isAbsolute(system))
    findings.error('code-invalid', `${path}.system`, '编码系统应为绝对 URI。', 'A code system must be an absolute URI.')
  else if (/^https?:\/\/hl7\.org\/fhir\/ValueSet\//.test(system))
    findings.error('code-invalid', `${path}.system`, '这是值集,不是编码系统。', 'This is a value set and not a code system.')
  if (typeof code !== 'string') return
  if (system === 'urn:ietf:bcp:47' && !LANGUAGE.test(code))
    findings.error('code-invalid', `${path}.code`, '语言代码不符合 BCP 47。', 'The language is not written by BCP 47.')
  const codes = codesOfSystem(system)
  if (!codes || codes.has(code)) return
  const severity = STILL_GROWING.test(system) ? 'warning' : 'error'
  findings.add(severity, 'code-invalid', `${path}.code`, '编码系统中没有该代码。', 'The code system has no such code.')
}

const isIn = (coding: unknown, { codes }: Slot): boolean =>
  isFields(coding) && typeof coding['system'] === 'string' && codes?.get(coding['system'])?.has(coding['code'] as string) === true

/** A required binding of a Coding or CodeableConcept: one of its codings is in the value set. */
export const checkBound = (value: Fields, slot: Slot, path: string, { findings }: Walk): void => {
  const codings = slot.type === 'Coding' ? [value] : Array.isArray(value['coding']) ? value['coding'] : []
  if (codings.some((coding: unknown) => isIn(coding, slot))) return
  if (value['extension'] !== undefined && codings.length === 0) return
  findings.error('code-invalid', path, '没有取自规定值集的编码。', 'No coding is from the value set that is required here.')
}
