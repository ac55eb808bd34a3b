import type { Issue } from './issues.ts'

/** An OperationOutcome as JSON text: every issue with its FHIRPath, in both languages. */
export const operationOutcome = (issues: readonly Issue[]): string =>
  JSON.stringify({
    resourceType: 'OperationOutcome',
    issue: issues.length > 0 ? issues.map(shown) : [shown(FINE)],
  })

const FINE: Issue = {
  severity: 'information',
  code: 'informational',
  path: '',
  zh: '没有发现问题。',
  en: 'Nothing was found to be wrong.',
}

const shown = ({ severity, code, path, zh, en }: Issue): object => ({
  severity,
  code,
  details: { text: `${zh} ${en}` },
  diagnostics: path ? `${path}: ${en}` : en,
  ...(path && { expression: [path] }),
})
