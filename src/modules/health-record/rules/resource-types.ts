/** Every resource type of FHIR R4 (4.0.1). Source: hl7.org/fhir/R4/resourcelist.html. */
export const RESOURCE_TYPES: ReadonlySet<string> = new Set(
  `Account ActivityDefinition AdverseEvent AllergyIntolerance Appointment AppointmentResponse AuditEvent Basic Binary
  BiologicallyDerivedProduct BodyStructure Bundle CapabilityStatement CarePlan CareTeam CatalogEntry ChargeItem
  ChargeItemDefinition Claim ClaimResponse ClinicalImpression CodeSystem Communication CommunicationRequest
  CompartmentDefinition Composition ConceptMap Condition Consent Contract Coverage CoverageEligibilityRequest
  CoverageEligibilityResponse DetectedIssue Device DeviceDefinition DeviceMetric DeviceRequest DeviceUseStatement
  DiagnosticReport DocumentManifest DocumentReference EffectEvidenceSynthesis Encounter Endpoint EnrollmentRequest
  EnrollmentResponse EpisodeOfCare EventDefinition Evidence EvidenceVariable ExampleScenario ExplanationOfBenefit
  FamilyMemberHistory Flag Goal GraphDefinition Group GuidanceResponse HealthcareService ImagingStudy Immunization
  ImmunizationEvaluation ImmunizationRecommendation ImplementationGuide InsurancePlan Invoice Library Linkage List Location
  Measure MeasureReport Media Medication MedicationAdministration MedicationDispense MedicationKnowledge MedicationRequest
  MedicationStatement MedicinalProduct MedicinalProductAuthorization MedicinalProductContraindication
  MedicinalProductIndication MedicinalProductIngredient MedicinalProductInteraction MedicinalProductManufactured
  MedicinalProductPackaged MedicinalProductPharmaceutical MedicinalProductUndesirableEffect MessageDefinition MessageHeader
  MolecularSequence NamingSystem NutritionOrder Observation ObservationDefinition OperationDefinition OperationOutcome
  Organization OrganizationAffiliation Parameters Patient PaymentNotice PaymentReconciliation Person PlanDefinition
  Practitioner PractitionerRole Procedure Provenance Questionnaire QuestionnaireResponse RelatedPerson RequestGroup
  ResearchDefinition ResearchElementDefinition ResearchStudy ResearchSubject RiskAssessment RiskEvidenceSynthesis Schedule
  SearchParameter ServiceRequest Slot Specimen SpecimenDefinition StructureDefinition StructureMap Subscription Substance
  SubstanceNucleicAcid SubstancePolymer SubstanceProtein SubstanceReferenceInformation SubstanceSourceMaterial
  SubstanceSpecification SupplyDelivery SupplyRequest Task TerminologyCapabilities TestReport TestScript ValueSet
  VerificationResult VisionPrescription`.split(/\s+/),
)

/** Elements that must be there, by type; `[x]` stands for any of its types. Source: the R4 definitions, cardinality 1..*. */
export const REQUIRED_ELEMENTS: Readonly<Record<string, readonly string[]>> = {
  AllergyIntolerance: ['patient'],
  Appointment: ['status', 'participant'],
  CarePlan: ['status', 'intent', 'subject'],
  Claim: ['status', 'type', 'use', 'patient', 'created', 'provider', 'priority', 'insurance'],
  ClinicalImpression: ['status', 'subject'],
  Composition: ['status', 'type', 'date', 'author', 'title'],
  Condition: ['subject'],
  Coverage: ['status', 'beneficiary', 'payor'],
  DiagnosticReport: ['status', 'code'],
  DocumentReference: ['status', 'content'],
  Encounter: ['status', 'class'],
  ExplanationOfBenefit: ['status', 'type', 'use', 'patient', 'created', 'insurer', 'provider', 'outcome', 'insurance'],
  FamilyMemberHistory: ['status', 'patient', 'relationship'],
  Flag: ['status', 'code', 'subject'],
  Goal: ['lifecycleStatus', 'description', 'subject'],
  ImagingStudy: ['status', 'subject'],
  Immunization: ['status', 'vaccineCode', 'patient', 'occurrence[x]'],
  MedicationAdministration: ['status', 'medication[x]', 'subject', 'effective[x]'],
  MedicationDispense: ['status', 'medication[x]'],
  MedicationRequest: ['status', 'intent', 'medication[x]', 'subject'],
  MedicationStatement: ['status', 'medication[x]', 'subject'],
  Observation: ['status', 'code'],
  Procedure: ['status', 'subject'],
  RelatedPerson: ['patient'],
  RiskAssessment: ['status', 'subject'],
  ServiceRequest: ['status', 'intent', 'subject'],
}

/** Values that the status of a type may take; a value outside means another language than FHIR R4. Source: the required bindings of R4. */
export const STATUSES: Readonly<Record<string, readonly string[]>> = {
  DiagnosticReport: `registered partial preliminary final amended corrected appended cancelled entered-in-error unknown`.split(
    ' ',
  ),
  Encounter: `planned arrived triaged in-progress onleave finished cancelled entered-in-error unknown`.split(' '),
  Immunization: `completed entered-in-error not-done`.split(' '),
  MedicationRequest: `active on-hold cancelled completed entered-in-error stopped draft unknown`.split(' '),
  MedicationStatement: `active completed entered-in-error intended stopped on-hold unknown not-taken`.split(' '),
  Observation: `registered preliminary final amended corrected cancelled entered-in-error unknown`.split(' '),
  Procedure: `preparation in-progress not-done on-hold stopped completed entered-in-error unknown`.split(' '),
}
