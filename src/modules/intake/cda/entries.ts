import { conceptOf, type Concept } from '../codes.ts'
import { exactNumber, fhirMoment, quantityOf, valueOf, type Draft, type Elements, type Origin } from '../draft.ts'
import {
  DIAGNOSIS_CODE,
  DIAGNOSIS_NAME,
  DRUG_NAME,
  ITEM_NAME,
  ITEM_RESULTS,
  ITEM_UNIT,
  PROCEDURE_CODE,
  SECTIONS,
  VITALS,
} from './national.ts'
import { attributeAt, everyNode, nodesAt, textIn, type XmlNode } from './xml.ts'

const conceptIn = (node: XmlNode | undefined, { org }: Origin): Concept | null => {
  if (!node) return null
  const codes = [node, ...nodesAt(node, 'translation')].map((one) => ({
    code: attributeAt(one, '', 'code'),
    system: attributeAt(one, '', 'codeSystem'),
    display: attributeAt(one, '', 'displayName'),
  }))
  const concept = conceptOf(codes, org)
  const text = textIn(nodesAt(node, 'originalText')[0], '')
  return concept && text && !concept.text ? { ...concept, text } : (concept ?? (text ? { text } : null))
}

const codeAt = (node: XmlNode): string | null => attributeAt(node, 'code', 'code')
const keyOf = (concept: Concept): string => (concept.coding?.[0] as { code?: string } | undefined)?.code ?? concept.text ?? ''
const momentIn = (node: XmlNode, { zone }: Origin): string | null =>
  fhirMoment(attributeAt(node, 'effectiveTime', 'value') ?? attributeAt(node, 'effectiveTime/low', 'value'), zone)
const idIn = (node: XmlNode): string | null => {
  const [root, extension] = [attributeAt(node, 'id', 'root'), attributeAt(node, 'id', 'extension')]
  return root || extension ? `${root ?? ''}|${extension ?? ''}` : null
}
const isRefused = (node: XmlNode): boolean =>
  attributeAt(node, '', 'negationInd') === 'true' || attributeAt(node, '', 'nullFlavor') !== null
const subject = ({ person }: Origin) => ({ reference: `Patient/${person}` })

/** The value of an observation: PQ, CD/CE, ST, TS or INT. */
const valueIn = (value: XmlNode | undefined, origin: Origin, unit: string | null = null): Elements => {
  if (!value) return {}
  const kind = attributeAt(value, '', 'type')?.replace(/^.*:/, '') ?? ''
  const written = attributeAt(value, '', 'value')
  if (kind === 'PQ' || kind === 'REAL' || kind === 'INT') {
    const number = written === null ? null : exactNumber(written)
    return number === null ? {} : { valueQuantity: quantityOf(number, attributeAt(value, '', 'unit') ?? unit) }
  }
  const concept = attributeAt(value, '', 'code') === null ? null : conceptIn(value, origin)
  if (concept) return { valueCodeableConcept: concept }
  const moment = kind === 'TS' ? fhirMoment(written, origin.zone) : null
  if (moment) return { valueDateTime: moment }
  const text = textIn(value, '') ?? written
  return text === null ? {} : valueOf(text, unit)
}

const CLINICAL = 'http://terminology.hl7.org/CodeSystem/condition-clinical'

const conditionOf = (concept: Concept, at: XmlNode, key: string, origin: Origin): Draft => {
  const since = momentIn(at, origin)
  const isOver = attributeAt(at, 'effectiveTime/high', 'value') !== null
  return {
    type: 'Condition',
    key,
    elements: {
      clinicalStatus: { coding: [{ system: CLINICAL, code: isOver ? 'resolved' : 'active' }] },
      verificationStatus: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code: 'confirmed' }],
      },
      code: concept,
      subject: subject(origin),
      ...(since ? { onsetDateTime: since } : {}),
    },
  }
}

/** Diagnoses: WS/T 500 has them as values of a data element, the name around its code or beside it; C-CDA as a value of an observation within an act. */
const conditionsIn = (section: XmlNode, origin: Origin): Draft[] =>
  everyNode(section, ['observation']).flatMap(({ node }): Draft[] => {
    const [value] = nodesAt(node, 'value')
    const code = codeAt(node)
    const isNational = code?.startsWith('DE') ?? false
    if (isRefused(node) || (isNational && !DIAGNOSIS_CODE.includes(code as string))) return []
    const coded = attributeAt(value, '', 'code') === null ? null : conceptIn(value, origin)
    const name = isNational ? nameBeside(section, node) : null
    const concept = coded && name && !coded.text ? { ...coded, text: name } : coded
    return concept ? [conditionOf(concept, node, idIn(node) ?? keyOf(concept), origin)] : []
  })

/** The diagnosis in words that stands around its code. */
const nameBeside = (section: XmlNode, inner: XmlNode): string | null => {
  const around = everyNode(section, ['observation']).find(
    ({ node }) => codeAt(node) === DIAGNOSIS_NAME && nodesAt(node, 'entryRelationship/observation').includes(inner),
  )
  return around ? textIn(nodesAt(around.node, 'value')[0], '') : null
}

const allergiesIn = (section: XmlNode, origin: Origin): Draft[] =>
  everyNode(section, ['observation']).flatMap(({ node }): Draft[] => {
    if (isRefused(node)) return []
    const agent = nodesAt(node, 'participant/participantRole/playingEntity/code')[0]
    const national = codeAt(node)?.startsWith('DE02.10') ? nodesAt(node, 'value')[0] : undefined
    const words = national ? (textIn(national, '') ?? attributeAt(national, '', 'displayName')) : null
    const concept = agent ? conceptIn(agent, origin) : words && !/^(无|否认|未见|-|\/)/.test(words) ? { text: words } : null
    if (!concept) return []
    const reaction = nodesAt(node, 'entryRelationship/observation').flatMap((one) => {
      const manifestation =
        attributeAt(one, '', 'classCode') === 'OBS' && attributeAt(one, 'code', 'code') === 'ASSERTION'
          ? conceptIn(nodesAt(one, 'value')[0], origin)
          : null
      return manifestation ? [manifestation] : []
    })
    return [
      {
        type: 'AllergyIntolerance',
        key: idIn(node) ?? keyOf(concept),
        elements: {
          clinicalStatus: {
            coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active' }],
          },
          verificationStatus: {
            coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification', code: 'unconfirmed' }],
          },
          code: concept,
          patient: subject(origin),
          ...(reaction.length > 0 ? { reaction: [{ manifestation: reaction }] } : {}),
        },
      },
    ]
  })

const medicinesIn = (section: XmlNode, origin: Origin): Draft[] =>
  everyNode(section, ['substanceAdministration']).flatMap(({ node }): Draft[] => {
    const [product] = nodesAt(node, 'consumable/manufacturedProduct')
    const [material] = product
      ? [...nodesAt(product, 'manufacturedMaterial'), ...nodesAt(product, 'manufacturedLabeledDrug')]
      : []
    const coded = conceptIn(material && nodesAt(material, 'code')[0], origin)
    const name = textIn(material, 'name') ?? nationalValue(node, DRUG_NAME)
    const concept = coded ?? (name ? { text: name } : null)
    if (isRefused(node) || !concept) return []
    const start = fhirMoment(
      attributeAt(node, 'effectiveTime/low', 'value') ?? attributeAt(node, 'effectiveTime', 'value'),
      origin.zone,
    )
    const dose = attributeAt(node, 'doseQuantity', 'value')
    const number = dose === null ? null : exactNumber(dose)
    const unit = attributeAt(node, 'doseQuantity', 'unit')
    return [
      {
        type: 'MedicationStatement',
        key: idIn(node) ?? `${keyOf(concept)}|${start ?? ''}`,
        elements: {
          status: attributeAt(node, 'statusCode', 'code') === 'completed' ? 'completed' : 'active',
          medicationCodeableConcept: name && coded && !coded.text ? { ...coded, text: name } : concept,
          subject: subject(origin),
          ...(start ? { effectiveDateTime: start } : {}),
          ...(number === null ? {} : { dosage: [{ doseAndRate: [{ doseQuantity: quantityOf(number, unit) }] }] }),
        },
      },
    ]
  })

/** The value of a data element below an entry. */
const nationalValue = (node: XmlNode, codes: readonly string[]): string | null => {
  const found = everyNode(node, ['observation']).find((one) => codes.includes(codeAt(one.node) ?? ''))
  const [value] = found ? nodesAt(found.node, 'value') : []
  return value ? (textIn(value, '') ?? attributeAt(value, '', 'displayName') ?? attributeAt(value, '', 'value')) : null
}

/** Results: C-CDA names the item by the observation's code; WS/T 500 by the value of a data element, with the result in one below it. */
const resultsIn = (section: XmlNode, category: string, origin: Origin): Draft[] => {
  const all = everyNode(section, ['observation']).map(({ node }) => node)
  const items = all.filter((node) => ITEM_NAME.includes(codeAt(node) ?? ''))
  const inside = new Set(items.flatMap((item) => everyNode(item, ['observation']).map(({ node }) => node)))
  const national = items.flatMap((item) => nationalResult(item, category, origin) ?? [])
  const plain = all
    .filter((node) => !items.includes(node) && !inside.has(node) && !isRefused(node))
    .flatMap((node) => plainResult(node, category, origin) ?? [])
  return [...national, ...plain]
}

const observation = (
  code: Concept,
  key: string,
  category: string,
  when: string | null,
  value: Elements,
  origin: Origin,
): Draft => ({
  type: 'Observation',
  key,
  elements: {
    status: 'final',
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: category }] }],
    code,
    subject: subject(origin),
    ...(when ? { effectiveDateTime: when } : {}),
    performer: [{ reference: `Organization/${origin.org}` }],
    ...value,
  },
})

const nationalResult = (item: XmlNode, category: string, origin: Origin): Draft | null => {
  const [named] = nodesAt(item, 'value')
  const name = named ? (textIn(named, '') ?? attributeAt(named, '', 'displayName')) : null
  if (name === null) return null
  const below = nodesAt(item, 'entryRelationship/observation')
  const result = below.find((one) => ITEM_RESULTS.includes(codeAt(one) ?? ''))
  const unit = below.find((one) => codeAt(one) === ITEM_UNIT)
  const value = valueIn(result && nodesAt(result, 'value')[0], origin, unit ? textIn(nodesAt(unit, 'value')[0], '') : null)
  const when = momentIn(item, origin)
  return Object.keys(value).length === 0
    ? null
    : observation({ text: name }, `${name}|${when ?? ''}`, category, when, value, origin)
}

const plainResult = (node: XmlNode, category: string, origin: Origin): Draft | null => {
  const written = codeAt(node) ?? ''
  const vital = VITALS[written]
  const code = vital
    ? { coding: [{ system: 'http://loinc.org', code: vital[0] }], text: vital[1] }
    : written.startsWith('DE')
      ? null
      : conceptIn(nodesAt(node, 'code')[0], origin)
  const value = valueIn(nodesAt(node, 'value')[0], origin, vital?.[2] ?? null)
  if (!code || Object.keys(value).length === 0) return null
  const when = momentIn(node, origin)
  return observation(code, idIn(node) ?? `${keyOf(code)}|${when ?? ''}`, category, when, value, origin)
}

const proceduresIn = (section: XmlNode, origin: Origin): Draft[] =>
  everyNode(section, ['procedure']).flatMap(({ node }): Draft[] => {
    const code = nodesAt(node, 'code')[0]
    const isElement = attributeAt(code, '', 'code')?.startsWith('DE') ?? false
    const named = nationalValue(node, PROCEDURE_CODE)
    const concept = code && !isElement ? conceptIn(code, origin) : named ? { text: named } : null
    if (isRefused(node) || !concept) return []
    const when = momentIn(node, origin)
    return [
      {
        type: 'Procedure',
        key: idIn(node) ?? `${keyOf(concept)}|${when ?? ''}`,
        elements: { status: 'completed', code: concept, subject: subject(origin), ...(when ? { performedDateTime: when } : {}) },
      },
    ]
  })

const immunizationsIn = (section: XmlNode, origin: Origin): Draft[] =>
  everyNode(section, ['substanceAdministration']).flatMap(({ node }): Draft[] => {
    const [material] = nodesAt(node, 'consumable/manufacturedProduct/manufacturedMaterial')
    const concept = conceptIn(material && nodesAt(material, 'code')[0], origin)
    const when = momentIn(node, origin)
    if (!concept || !when) return []
    const status = attributeAt(node, '', 'negationInd') === 'true' ? 'not-done' : 'completed'
    const lot = textIn(material, 'lotNumberText')
    return [
      {
        type: 'Immunization',
        key: idIn(node) ?? `${keyOf(concept)}|${when}`,
        elements: {
          status,
          vaccineCode: concept,
          patient: subject(origin),
          occurrenceDateTime: when,
          ...(lot ? { lotNumber: lot } : {}),
        },
      },
    ]
  })

/** What the coded entries of a section add to a record; a section that is not known, or has only text, adds nothing but its text. */
export const draftsOfSection = (section: XmlNode, origin: Origin): Draft[] => {
  switch (SECTIONS[codeAt(section) ?? '']) {
    case 'conditions':
      return conditionsIn(section, origin)
    case 'allergies':
      return allergiesIn(section, origin)
    case 'medicines':
      return medicinesIn(section, origin)
    case 'results':
      return resultsIn(section, 'laboratory', origin)
    case 'vitals':
      return resultsIn(section, 'vital-signs', origin)
    case 'procedures':
      return proceduresIn(section, origin)
    case 'immunizations':
      return immunizationsIn(section, origin)
    default:
      return []
  }
}
