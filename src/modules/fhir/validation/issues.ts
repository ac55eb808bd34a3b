/** One thing that validation found. */
export type Issue = {
  readonly severity: 'error' | 'warning' | 'information'
  /** FHIR issue-type: structure, required, value, invariant, code-invalid, not-found … */
  readonly code: string
  /** FHIRPath of the element, for instance `Patient.name[0].family`. */
  readonly path: string
  readonly zh: string
  readonly en: string
}

const ISSUES_MOST = 100

/** Collects what a walk finds; after a hundred it stops listening, so that a hostile body cannot fill the memory. */
export class Findings {
  readonly issues: Issue[] = []

  add(severity: Issue['severity'], code: string, path: string, zh: string, en: string): void {
    if (this.issues.length < ISSUES_MOST) this.issues.push({ severity, code, path, zh, en })
  }

  error(code: string, path: string, zh: string, en: string): void {
    this.add('error', code, path, zh, en)
  }

  warning(code: string, path: string, zh: string, en: string): void {
    this.add('warning', code, path, zh, en)
  }

  get isFull(): boolean {
    return this.issues.length >= ISSUES_MOST
  }
}

/** A value as a message may show it: never the value itself, only what kind of thing it is. */
export const kindOfValue = (value: unknown): { zh: string; en: string } => {
  if (value === null) return { zh: 'null', en: 'null' }
  if (Array.isArray(value)) return { zh: '数组', en: 'an array' }
  switch (typeof value) {
    case 'object':
      return { zh: '对象', en: 'an object' }
    case 'string':
      return { zh: '文本', en: 'a text' }
    case 'number':
      return { zh: '数字', en: 'a number' }
    default:
      return { zh: '布尔值', en: 'a boolean' }
  }
}
