import type { OrgId } from '../../kernel/id.ts'
import { NATIONAL_ITEM_SYSTEM } from '../recognition/index.ts'

/** Names of code systems as messages write them, with what FHIR calls them. OIDs of WS/T 500 documents stand beside those of HL7. */
const SYSTEMS: Readonly<Record<string, string>> = {
  LN: 'http://loinc.org',
  LOINC: 'http://loinc.org',
  SCT: 'http://snomed.info/sct',
  I10: 'http://hl7.org/fhir/sid/icd-10',
  ICD10: 'http://hl7.org/fhir/sid/icd-10',
  'ICD-10': 'http://hl7.org/fhir/sid/icd-10',
  I9CP: 'http://hl7.org/fhir/sid/icd-9-cm',
  'ICD-9-CM-3': 'http://hl7.org/fhir/sid/icd-9-cm',
  RXNORM: 'http://www.nlm.nih.gov/research/umls/rxnorm',
  CVX: 'http://hl7.org/fhir/sid/cvx',
  UCUM: 'http://unitsofmeasure.org',
  HR: NATIONAL_ITEM_SYSTEM,
  '2.16.840.1.113883.6.1': 'http://loinc.org',
  '2.16.840.1.113883.6.96': 'http://snomed.info/sct',
  '2.16.840.1.113883.6.3': 'http://hl7.org/fhir/sid/icd-10',
  '2.16.840.1.113883.6.90': 'http://hl7.org/fhir/sid/icd-10-cm',
  '2.16.840.1.113883.6.88': 'http://www.nlm.nih.gov/research/umls/rxnorm',
  '2.16.840.1.113883.12.292': 'http://hl7.org/fhir/sid/cvx',
  '2.16.840.1.113883.6.12': 'http://www.ama-assn.org/go/cpt',
  '2.16.156.10011.2.3.3.11': 'http://hl7.org/fhir/sid/icd-10',
  '2.16.156.10011.2.3.3.11.3': 'http://hl7.org/fhir/sid/icd-10',
  '2.16.156.10011.2.3.3.12': 'http://hl7.org/fhir/sid/icd-9-cm',
}

const OID = /^[0-2](\.(0|[1-9]\d*))+$/

/** The FHIR name of a code system; one that only the source knows is named for the institution. */
export const systemOf = (name: string | null, org: OrgId): string => {
  const known = name === null ? undefined : (SYSTEMS[name] ?? SYSTEMS[name.toUpperCase()])
  if (known) return known
  if (name !== null && OID.test(name)) return `urn:oid:${name}`
  return `urn:jieli:${org}:${encodeURIComponent(name ?? 'local')}`
}

export type Concept = { readonly coding?: readonly object[]; readonly text?: string }

/** A concept of one or two codes and its words; null when it has neither. */
export const conceptOf = (
  codes: readonly { system: string | null; code: string | null; display: string | null }[],
  org: OrgId,
): Concept | null => {
  const coding = codes.flatMap(({ system, code, display }) =>
    code === null || /^\s|\s\s|\s$/.test(code) ? [] : [{ system: systemOf(system, org), code, ...(display ? { display } : {}) }],
  )
  const text = codes.find(({ display }) => display !== null)?.display ?? null
  if (coding.length === 0 && text === null) return null
  return { ...(coding.length > 0 ? { coding } : {}), ...(text ? { text } : {}) }
}
