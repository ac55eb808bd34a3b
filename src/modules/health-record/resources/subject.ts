import { fieldsOf, listOf, textOf, type Resource } from '../rules/fhir-reading.ts'
import { patientOf } from '../rules/resource-faults.ts'
import { pointerOf } from './values.ts'

/** Types that are about no person by their nature: every signed-in act may read them. */
export const PUBLIC_TYPES: ReadonlySet<string> = new Set(
  `ActivityDefinition CapabilityStatement CodeSystem CompartmentDefinition ConceptMap DeviceDefinition Endpoint EventDefinition Evidence
  GraphDefinition HealthcareService ImplementationGuide InsurancePlan Library Location Measure Medication MedicationKnowledge NamingSystem
  ObservationDefinition OperationDefinition Organization OrganizationAffiliation PlanDefinition Practitioner PractitionerRole
  Questionnaire ResearchDefinition ResearchElementDefinition Schedule SearchParameter Slot SpecimenDefinition StructureDefinition
  StructureMap Substance SubstanceSpecification TerminologyCapabilities TestScript ValueSet`.split(/\s+/),
)

// Where R4 names the patient in other words than subject, patient, beneficiary or for.
const OTHERWISE: Readonly<Record<string, readonly string[]>> = {
  Binary: ['securityContext'],
  Provenance: ['target'],
  AuditEvent: ['entity.what', 'agent.who'],
  QuestionnaireResponse: ['subject', 'source'],
  Person: ['link.target'],
  Coverage: ['beneficiary', 'subscriber', 'policyHolder'],
  Group: ['member.entity'],
  Communication: ['subject', 'recipient', 'sender'],
}

const at = (value: unknown, path: readonly string[]): unknown[] => {
  const [first, ...rest] = path
  if (first === undefined) return [value]
  return [fieldsOf(value)[first]].flat().flatMap((one) => (one === undefined ? [] : at(one, rest)))
}

/**
 * The reference by which a resource names its patient, as it stands there; null when it names none. A Group of several is
 * about nobody in particular.
 */
export const patientReferenceOf = (resource: Resource): string | null => {
  const found = patientOf(resource)
  if (found !== 'nobody' && 'reference' in found) return found.reference
  const others = (OTHERWISE[resource.resourceType] ?? []).flatMap((path) => at(resource, path.split('.')))
  const patients = new Set(
    others.flatMap((one) => {
      const reference = textOf(fieldsOf(one)['reference'])
      return reference !== null && /(^|\/)Patient\//.test(reference) ? [reference] : []
    }),
  )
  return patients.size === 1 ? ([...patients][0] as string) : null
}

/** The id of the patient that a reference names; null for one that is contained, logical, or of another kind. */
export const patientIdOf = (reference: string | null): string | null => {
  if (reference === null || reference.startsWith('#')) return null
  const { type, id } = pointerOf(reference)
  return type === 'Patient' || reference.startsWith('urn:uuid:') ? id : null
}

/** Every reference of a resource, wherever it stands, with the object that holds it. */
export const eachReference = (value: unknown, visit: (holder: { reference: string }) => void): void => {
  if (typeof value !== 'object' || value === null) return
  if (Array.isArray(value)) return value.forEach((one) => eachReference(one, visit))
  if (typeof fieldsOf(value)['reference'] === 'string') visit(value as { reference: string })
  for (const inner of listOf(Object.values(value))) eachReference(inner, visit)
}
