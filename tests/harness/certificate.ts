import { generateKeyPairSync, sign } from 'node:crypto'

/** A key and its certificate, both PEM. */
export type Certificate = { readonly key: string; readonly cert: string }

const LONG_FORM = 0x80
const tagged = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts)
  const bytes = Buffer.from(body.length.toString(16).padStart(4, '0'), 'hex')
  const length = body.length < LONG_FORM ? Buffer.from([body.length]) : Buffer.concat([Buffer.from([LONG_FORM + 2]), bytes])
  return Buffer.concat([Buffer.from([tag]), length, body])
}
const sequence = (...parts: readonly Buffer[]): Buffer => tagged(0x30, ...parts)
const hex = (tag: number, text: string): Buffer => tagged(tag, Buffer.from(text, 'hex'))
const ECDSA_WITH_SHA256 = sequence(hex(0x06, '2a8648ce3d040302'))
const nameOf = (name: string): Buffer =>
  sequence(tagged(0x31, sequence(hex(0x06, '550403'), tagged(0x0c, Buffer.from(name, 'utf8')))))

/** Somebody's own certificate, signed by itself, good until 2049: for a test of TLS, made anew each time (X.509 v3, RFC 5280). */
export const ownCertificate = (name: string): Certificate => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const validity = sequence(...['200101000000Z', '491231235959Z'].map((time) => tagged(0x17, Buffer.from(time, 'latin1'))))
  const content = sequence(
    tagged(0xa0, hex(0x02, '02')),
    hex(0x02, '01'),
    ECDSA_WITH_SHA256,
    nameOf(name),
    validity,
    nameOf(name),
    publicKey.export({ type: 'spki', format: 'der' }),
  )
  const signature = tagged(0x03, Buffer.from([0]), sign('sha256', content, privateKey))
  const lines =
    sequence(content, ECDSA_WITH_SHA256, signature)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    cert: ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n'),
  }
}
