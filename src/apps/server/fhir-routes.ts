import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Config } from '../../platform/config.ts'
import type { House } from '../../platform/house.ts'
import { baseUrlOf } from '../../platform/http/base-url.ts'
import { comesFromElsewhere } from '../../platform/http/headers.ts'
import type { RateLimits } from '../../platform/http/rate-limit.ts'
import { addAdviceRoutes, addFhirRoutes, addHookRoutes, type Faces } from '../../modules/fhir/index.ts'
import { appOrigins } from '../../modules/smart/index.ts'
import type { Authentication } from './authenticate.ts'

const ROOT = join(import.meta.dirname, '..', '..', '..')

/** What stands around the FHIR server in this house. */
export type FhirPlace = {
  readonly house: House
  readonly config: Pick<Config, 'publicUrl' | 'port' | 'privateNetworks'>
  readonly who: Authentication
  readonly limits: RateLimits | null
  readonly faces: Faces
}

/** Adds /fhir/R4 and the services of decision support: the same callers, limits and refusals of other sites' pages as the rest of the house. */
export const addFhir = (app: FastifyInstance, { house, config, who, limits, faces }: FhirPlace): Promise<void> => {
  addHookRoutes(app, { house, baseUrl: (request) => baseUrlOf(request, config), hold: ({ ip }) => limits?.byAddress(ip) ?? null })
  addAdviceRoutes(app, {
    house,
    faces,
    baseUrl: (request) => baseUrlOf(request, config),
    mayBePrivate: config.privateNetworks,
    actor: (request) => who.authenticate(request),
    hold: (request, actor) => {
      if (comesFromElsewhere(request)) return { code: 'platform.other-site' }
      return limits?.byAddress(request.ip) ?? limits?.byAct('fhir', actor) ?? null
    },
  })
  return addFhirRoutes(app, {
    house,
    faces,
    version: (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }).version,
    mayAskFrom: appOrigins(house),
    caller: (request) => who.fhirCaller(request),
    baseUrl: (request) => baseUrlOf(request, config),
    hold: (request, caller) => {
      // A page of another site may ask by a token of its own, never by the session of whoever looks at it.
      if (caller && !request.headers.authorization && comesFromElsewhere(request)) return { code: 'platform.other-site' }
      return limits?.byAddress(request.ip) ?? (caller?.actor.session ? (limits?.byAct('fhir', caller.actor) ?? null) : null)
    },
  })
}
