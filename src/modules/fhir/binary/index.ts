import { formatOfBody } from '../formats/index.ts'

/** Whether a body is the bytes of a Binary themselves, not a resource that holds them. */
export const isRawBinary = (path: string, contentType: string | undefined): boolean =>
  /^\/fhir\/R4\/Binary(?:\/[^/?]+)?(?:\?|$)/.test(path) && contentType !== undefined && formatOfBody(contentType) === null

const SECURITY_CONTEXT = /^[A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64}$/

/**
 * Bytes as the Binary resource that is kept: `X-Security-Context` names the resource by which it may be read, for instance
 * `Patient/17`. Source: hl7.org/fhir/R4/binary.html, "Serving Binary Resources using the RESTful API".
 */
export const wrapBinary = (bytes: Buffer, contentType: string, securityContext: string | undefined, id: string | null): string =>
  JSON.stringify({
    resourceType: 'Binary',
    ...(id && { id }),
    contentType: contentType.trim(),
    ...(securityContext && SECURITY_CONTEXT.test(securityContext) && { securityContext: { reference: securityContext } }),
    ...(bytes.length > 0 && { data: bytes.toString('base64') }),
  })

/** The bytes of a Binary and what they are. */
export type RawBinary = { readonly contentType: string; readonly bytes: Buffer }

const ASKS_FOR_RESOURCE = /fhir\+(?:json|xml)|^application\/(?:json|xml)\b|text\/(?:json|xml)/

/** The bytes of a Binary for whoever does not ask for the resource itself; null when the resource is wanted. */
export const rawOfBinary = (text: string, accept: string | undefined): RawBinary | null => {
  if (accept === undefined || ASKS_FOR_RESOURCE.test(accept.trim())) return null
  const { resourceType, contentType, data } = JSON.parse(text) as { resourceType: string; contentType?: string; data?: string }
  if (resourceType !== 'Binary' || !contentType) return null
  return { contentType, bytes: Buffer.from(data ?? '', 'base64') }
}
