import type { Instant } from '../../../kernel/clock.ts'
import { searchParametersOf } from '../../health-record/index.ts'
import type { Faces } from '../server/face.ts'
import { SERVED_TYPES } from './served-types.ts'

const INTERACTIONS = ['read', 'vread', 'update', 'patch', 'delete', 'history-instance', 'history-type', 'create', 'search-type']
const COMMON = [
  { name: '_id', type: 'token' },
  { name: '_lastUpdated', type: 'date' },
]

const includesOf = (type: string): string[] =>
  [...searchParametersOf(type).values()].filter((one) => one.type === 'reference').map(({ name }) => `${type}:${name}`)

const resourceOf = (type: string, faces: Faces, revincludes: ReadonlyMap<string, readonly string[]>): object => {
  const face = faces.get(type)
  const parameters = [...searchParametersOf(type).values()].filter((one) => one.type !== 'special')
  const revinclude = revincludes.get(type) ?? []
  const operations =
    type === 'Patient' ? [operation('everything', 'Patient-everything'), operation('match', 'Patient-match')] : []
  return {
    type,
    interaction: INTERACTIONS.map((code) => ({ code })),
    versioning: 'versioned',
    readHistory: true,
    updateCreate: true,
    conditionalCreate: true,
    conditionalRead: 'not-match',
    conditionalUpdate: true,
    conditionalDelete: 'single',
    referencePolicy: ['literal', 'logical', 'resolves'],
    ...(face
      ? { documentation: '除存储的资源外,还提供本区域业务数据。 Besides what is stored, the region’s own data are served.' }
      : {}),
    searchInclude: includesOf(type),
    ...(revinclude.length > 0 ? { searchRevInclude: revinclude } : {}),
    searchParam: [...COMMON, ...parameters.map(({ name, type: of, url }) => ({ name, definition: url, type: of }))],
    operation: [operation('validate', 'Resource-validate'), ...operations],
  }
}

const operation = (name: string, definition: string) => ({
  name,
  definition: `http://hl7.org/fhir/OperationDefinition/${definition}`,
})

/** The operations of the Bulk Data guide. */
const bulk = (definition: string) => ({
  name: 'export',
  definition: `http://hl7.org/fhir/uv/bulkdata/OperationDefinition/${definition}`,
})

const revincludes = (): ReadonlyMap<string, readonly string[]> => {
  const all = new Map<string, string[]>()
  for (const type of SERVED_TYPES)
    for (const { name, type: of, targets } of searchParametersOf(type).values())
      if (of === 'reference') for (const target of targets) all.set(target, [...(all.get(target) ?? []), `${type}:${name}`])
  return all
}

/** What this server really offers, drawn from the same tables by which it answers. */
export const capabilityStatement = (base: string, faces: Faces, facts: { version: string; at: Instant }): string =>
  JSON.stringify({
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: facts.at,
    kind: 'instance',
    software: { name: 'Jieli 接力', version: facts.version },
    implementation: { description: '区域共享健康档案 Shared health record of the region', url: base },
    fhirVersion: '4.0.1',
    format: ['json', 'xml', 'application/fhir+json', 'application/fhir+xml'],
    patchFormat: ['application/json-patch+json'],
    rest: [
      {
        mode: 'server',
        security: {
          cors: true,
          service: [
            { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/restful-security-service', code: 'SMART-on-FHIR' }] },
          ],
          extension: [
            {
              url: 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris',
              extension: [
                { url: 'authorize', valueUri: `${base.replace(/\/fhir\/R4$/, '')}/oauth/authorize` },
                { url: 'token', valueUri: `${base.replace(/\/fhir\/R4$/, '')}/oauth/token` },
              ],
            },
          ],
        },
        resource: SERVED_TYPES.map((type) => resourceOf(type, faces, SERVED_REVINCLUDES())),
        interaction: [{ code: 'transaction' }, { code: 'batch' }],
        operation: [bulk('export'), bulk('patient-export'), bulk('group-export')],
      },
    ],
  })

let known: ReadonlyMap<string, readonly string[]> | null = null
const SERVED_REVINCLUDES = (): ReadonlyMap<string, readonly string[]> => (known ??= revincludes())
