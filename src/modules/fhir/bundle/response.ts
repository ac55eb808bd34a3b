import { STATUS_CODES } from 'node:http'
import { preferenceOf, type FhirRequest, type Shown } from '../server/exchange.ts'

/** The entry that answers a written or read resource, with the resource itself unless less is preferred. */
export const responseEntry = (
  { shown, status }: { shown: Shown; status: number },
  { prefer }: Pick<FhirRequest, 'prefer' | 'base'>,
): string => {
  const response = JSON.stringify({
    status: `${status} ${STATUS_CODES[status]}`,
    location: `${shown.type}/${shown.fhirId}/_history/${shown.version}`,
    etag: `W/"${shown.version}"`,
    lastModified: shown.at,
  })
  const resource = preferenceOf(prefer, 'return') === 'minimal' ? '' : `"resource":${shown.text},`
  return `{${resource}"response":${response}}`
}
