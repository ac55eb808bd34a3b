/** Why the embedded database cannot run; the app turns each code into a sentence. */
export const EMBEDDED_REFUSALS = [
  'binaries-missing',
  'folder-held',
  'folder-unusable',
  'user-missing',
  'server-did-not-start',
] as const
export type EmbeddedRefusalCode = (typeof EMBEDDED_REFUSALS)[number]

/** The embedded database cannot run for a reason that the operator can remove; `detail` is a path, a process id or the server's last words. */
export class EmbeddedRefusal extends Error {
  readonly code: EmbeddedRefusalCode
  readonly detail: string
  constructor(code: EmbeddedRefusalCode, detail: string) {
    super(`${code}: ${detail}`)
    this.code = code
    this.detail = detail
  }
}
