import { compareTimes, has, hasChoice, list } from './invariants-general.ts'
import { isFields, type Fields, type Holds } from './walking.ts'

const codings = (concept: unknown): Fields[] => (isFields(concept) ? list(concept['coding']) : [])
const isCoded = (concept: unknown, system: string, ...codes: readonly string[]): boolean =>
  codings(concept).some((coding) => coding['system'] === system && codes.includes(coding['code'] as string))

const ALLERGY = 'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification'
const CLINICAL_STATUS = 'http://terminology.hl7.org/CodeSystem/condition-clinical'
const VERIFICATION = 'http://terminology.hl7.org/CodeSystem/condition-ver-status'

const anyOf =
  (...names: readonly string[]): Holds =>
  (element) =>
    names.some((name) => has(element, name))
const notBoth =
  (one: string, other: string): Holds =>
  (element) =>
    !has(element, one) || !has(element, other)

const sameCoding = (one: Fields, other: Fields): boolean =>
  one['code'] === other['code'] &&
  one['system'] === other['system'] &&
  one['version'] === other['version'] &&
  one['display'] === other['display']

const isNotRepeated: Holds = (observation) => {
  const own = codings(observation['code'])
  return (
    !hasChoice(observation, 'value') ||
    !list(observation['component']).some(({ code }) => codings(code).some((one) => own.some((other) => sameCoding(one, other))))
  )
}

const inTime: Holds = ({ whenPrepared, whenHandedOver }) => (compareTimes(whenPrepared, whenHandedOver) ?? 0) <= 0

const isUsed: Holds = (element) => element['use'] !== 'home'

const entries = (bundle: Fields): Fields[] => list(bundle['entry'])
const isDistinct = (values: readonly unknown[]): boolean => new Set(values).size === values.length

const eachHas =
  (name: string, types: readonly string[]): Holds =>
  (bundle) =>
    entries(bundle).every((entry) => has(entry, name) === types.includes(bundle['type'] as string))

const versionOf = ({ fullUrl, resource }: Fields): string => {
  const meta = isFields(resource) && isFields(resource['meta']) ? resource['meta'] : {}
  return JSON.stringify([fullUrl, meta['versionId']])
}

const firstIs =
  (bundleType: string, type: string): Holds =>
  (bundle) => {
    const first = entries(bundle)[0]?.['resource']
    return bundle['type'] !== bundleType || (isFields(first) && first['resourceType'] === type)
  }

const BUNDLE: Readonly<Record<string, Holds>> = {
  'bdl-1': (bundle) => !has(bundle, 'total') || ['searchset', 'history'].includes(bundle['type'] as string),
  'bdl-2': (bundle) => bundle['type'] === 'searchset' || !entries(bundle).some((entry) => has(entry, 'search')),
  'bdl-3': eachHas('request', ['batch', 'transaction', 'history']),
  'bdl-4': eachHas('response', ['batch-response', 'transaction-response', 'history']),
  'bdl-5': anyOf('resource', 'request', 'response'),
  'bdl-7': (bundle) =>
    bundle['type'] === 'history' ||
    isDistinct(
      entries(bundle)
        .filter((entry) => has(entry, 'fullUrl'))
        .map(versionOf),
    ),
  'bdl-8': ({ fullUrl }) => typeof fullUrl !== 'string' || !fullUrl.includes('/_history/'),
  'bdl-9': ({ type, identifier }) =>
    type !== 'document' || (isFields(identifier) && has(identifier, 'system') && has(identifier, 'value')),
  'bdl-10': (bundle) => bundle['type'] !== 'document' || bundle['timestamp'] !== undefined,
  'bdl-11': firstIs('document', 'Composition'),
  'bdl-12': firstIs('message', 'MessageHeader'),
}

/** All values of a key within the nested lists of another: linkIds of questions, codes of concepts. */
const nested = (element: Fields, within: string, key: string): unknown[] =>
  list(element[within]).flatMap((one) => [one[key], ...nested(one, within, key)])

const CONDITION: Readonly<Record<string, Holds>> = {
  'con-1': anyOf('summary', 'assessment'),
  'con-2': anyOf('code', 'detail'),
  'con-4': (condition) =>
    !hasChoice(condition, 'abatement') ||
    isCoded(condition['clinicalStatus'], CLINICAL_STATUS, 'resolved', 'remission', 'inactive'),
  'con-5': (condition) =>
    !isCoded(condition['verificationStatus'], VERIFICATION, 'entered-in-error') || !has(condition, 'clinicalStatus'),
  'ait-1': (allergy) => isCoded(allergy['verificationStatus'], ALLERGY, 'entered-in-error') || has(allergy, 'clinicalStatus'),
  'ait-2': (allergy) => !isCoded(allergy['verificationStatus'], ALLERGY, 'entered-in-error') || !has(allergy, 'clinicalStatus'),
}

/** Constraints of the resources that a record is made of. Source: hl7.org/fhir/R4, the definitions of each type. */
export const CLINICAL: Readonly<Record<string, Holds>> = {
  ...BUNDLE,
  ...CONDITION,
  'obs-3': anyOf('low', 'high', 'text'),
  'obs-6': (observation) => !has(observation, 'dataAbsentReason') || !hasChoice(observation, 'value'),
  'obs-7': isNotRepeated,
  'app-1': anyOf('type', 'actor'),
  'app-2': (appointment) => has(appointment, 'start') === has(appointment, 'end'),
  'app-3': (appointment) =>
    (has(appointment, 'start') && has(appointment, 'end')) ||
    ['proposed', 'cancelled', 'waitlist'].includes(appointment['status'] as string),
  'app-4': (appointment) =>
    !has(appointment, 'cancelationReason') || ['noshow', 'cancelled'].includes(appointment['status'] as string),
  'sev-1': notBoth('name', 'query'),
  'cpl-3': notBoth('detail', 'reference'),
  'cmp-1': anyOf('text', 'entry', 'section'),
  'cmp-2': notBoth('emptyReason', 'entry'),
  'ppc-1': anyOf('policy', 'policyRule'),
  // The definitions write `something` for the system, so that these bind nobody.
  'ppc-2': () => true,
  'ppc-3': () => true,
  'ppc-4': () => true,
  'ppc-5': () => true,
  'fhs-1': (history) => !hasChoice(history, 'age') || !hasChoice(history, 'born'),
  'fhs-2': (history) => hasChoice(history, 'age') || !has(history, 'estimatedAge'),
  'gol-1': (target) => !hasChoice(target, 'detail') || has(target, 'measure'),
  'grp-1': (group) => !has(group, 'member') || group['actual'] === true,
  'imm-1': anyOf('documentType', 'reference'),
  'lst-1': notBoth('emptyReason', 'entry'),
  'lst-2': (one) => one['mode'] === 'changes' || !list(one['entry']).some((entry) => has(entry, 'deleted')),
  'lst-3': (one) => one['mode'] === 'working' || !list(one['entry']).some((entry) => has(entry, 'date')),
  'mad-1': (dosage) => has(dosage, 'dose') || hasChoice(dosage, 'rate'),
  'mdd-1': inTime,
  'org-1': anyOf('identifier', 'name'),
  'org-2': isUsed,
  'org-3': isUsed,
  'pat-1': anyOf('name', 'telecom', 'address', 'organization'),
  'prr-1': (request) => !has(request, 'orderDetail') || has(request, 'code'),
  'que-2': (questionnaire) => isDistinct(nested(questionnaire, 'item', 'linkId')),
  'csd-1': (system) => isDistinct(nested(system, 'concept', 'code')),
  'qrs-1': notBoth('answer', 'item'),
}
