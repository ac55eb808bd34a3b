import { around, lineOf, nodesOf, type Finding, type Node, type Parsed, type Placed } from './source.ts'

/** Above these a file or function is named in the report; above the second it fails. */
export const LINES = { fileWarn: 300, fileFail: 400, functionWarn: 60, functionFail: 80 } as const

/** What a rule lets through, and why. */
type Allowed = Readonly<Record<string, string>>

const DATES_ALLOWED: Allowed = {
  'src/kernel/clock.ts': 'the one place',
  'src/kernel/day.ts': 'turns a zoned moment that it was given into its UTC text',
  'src/platform/database/pool.ts': 'turns PostgreSQL’s text of a moment into ours',
  'src/modules/health-record/rules/fhir-reading.ts': 'turns a FHIR moment into its UTC text',
  'src/apps/server.ts': 'tells clients the database’s time, from the difference that it measures',
}
const SQL_ALLOWED: Allowed = {
  'src/modules/referral/worklist.ts': 'the store of the worklist: reads only',
  'src/modules/security/sessions.ts': 'real time for lockouts, in the transaction that signs in',
}
const NUMBERS_ALLOWED: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  'src/modules/health-record/rules/build-package.ts': { 5: 'as many ids as the document has fixed parts' },
  'src/modules/health-record/rules/exact-json.ts': { 15: 'digits that a double keeps; the constant’s name says it' },
  'src/modules/navigation/rules/distance.ts': { 180: 'degrees of a half turn; the constant’s name says it' },
  'src/modules/organisations/rules/may-lead.ts': { 9: 'the code of “no grade” in WS 218' },
  'src/modules/referral/rules/slip-number.ts': { 10: 'digits of a slip number; the constant’s name says it' },
  'src/modules/residents/rules/id-number.ts': { 11: 'the modulus of the check character, GB 11643-1999' },
}
const SMALL = new Set([0, 1, 2])
const FUNCTIONS = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']

const isTest = (path: string): boolean => path.endsWith('.test.ts')
const isRule = (path: string): boolean => /^src\/modules\/[^/]+\/rules\//.test(path) && !isTest(path)

const nameOf = (node: unknown): string => String((node as Node | undefined)?.['name'] ?? '')

/** A constant in capitals whose line above is a comment: the number has a name and a reason. */
const isExplainedConstant = (text: string, placed: Placed): boolean => {
  const declarator = around(placed, 'VariableDeclarator')
  const declaration = around(placed, 'VariableDeclaration')
  if (!declarator || !declaration || !/^[A-Z][A-Z0-9_]*$/.test(nameOf(declarator['id']))) return false
  const before = text.slice(0, text.lastIndexOf('\n', declaration.start)).split('\n').at(-1)?.trim() ?? ''
  return before.startsWith('//') || before.endsWith('*/')
}

/** Hours of a day, minutes, milliseconds, degrees of a half turn: multiplied or divided by, they turn one unit into another. */
const UNITS = new Set([24, 60, 1_000, 60_000, 3_600_000, 180])
/** Places within a text of a fixed form, an identity number for instance, are its form and not policy. */
const PLACES_IN_TEXT = new Set(['slice', 'at', 'charAt', 'padStart', 'padEnd', 'split', 'toString', 'join'])

const isFormOrUnit = (placed: Placed): boolean => {
  const { node } = placed
  const parent = placed.parent?.node
  if (placed.parent && parent?.type === 'UnaryExpression') return isFormOrUnit(placed.parent)
  if (parent?.type === 'MemberExpression') return parent['property'] === node
  if (parent?.type === 'CallExpression') return PLACES_IN_TEXT.has(nameOf((parent['callee'] as Node)['property']))
  const number = Number(node['value'] ?? (node['argument'] as Node | undefined)?.['value'])
  return parent?.type === 'BinaryExpression' && ['*', '/'].includes(String(parent['operator'])) && UNITS.has(number)
}

/** A finding for each node that a rule finds fault with. */
const findingsIn = (file: Parsed, rule: string, fault: (placed: Placed) => string | null): Finding[] =>
  nodesOf(file).flatMap((placed) => {
    const says = fault(placed)
    return says ? [{ rule, path: file.path, line: lineOf(file.text, placed.node.start), says }] : []
  })

const numberFindings = (file: Parsed): Finding[] =>
  findingsIn(file, 'number', (placed) => {
    const { type, value } = placed.node
    if (type !== 'Literal' || typeof value !== 'number' || SMALL.has(value) || isFormOrUnit(placed)) return null
    if (isExplainedConstant(file.text, placed) || NUMBERS_ALLOWED[file.path]?.[value]) return null
    return `${value} belongs in the rulebook, or in a constant in capitals with its source above`
  })

const dateFindings = (file: Parsed): Finding[] =>
  findingsIn(file, 'clock', ({ node }) => {
    const isNew = node.type === 'NewExpression' && nameOf(node['callee']) === 'Date'
    const isNow = node.type === 'MemberExpression' && nameOf(node['object']) === 'Date' && nameOf(node['property']) === 'now'
    return isNew || isNow ? 'asks or makes a Date outside kernel/clock.ts' : null
  })

const sqlFindings = (file: Parsed): Finding[] =>
  findingsIn(file, 'sql', ({ node }) =>
    node.type === 'TaggedTemplateExpression' && nameOf(node['tag']) === 'sql' ? 'SQL outside a store' : null,
  )

/** Sizes: `isOver` says whether it fails or is only reported. */
export const sizeFindings = (files: readonly Parsed[]): (Finding & { isOver: boolean })[] =>
  files
    .filter(({ path }) => path.startsWith('src/') && !isTest(path))
    .flatMap((file) => {
      const { path, text } = file
      const lines = text.trimEnd().split('\n').length
      const whole =
        lines > LINES.fileWarn ? [{ rule: 'size', path, line: 1, says: `${lines} lines`, isOver: lines > LINES.fileFail }] : []
      const heightOf = (node: Node): number =>
        FUNCTIONS.includes(node.type) ? lineOf(text.slice(node.start, node.end), Infinity) : 0
      const functions = findingsIn(file, 'size', ({ node }) =>
        heightOf(node) > LINES.functionWarn ? `a function of ${heightOf(node)} lines` : null,
      )
      return [...whole, ...functions.map((one) => ({ ...one, isOver: Number(/\d+/.exec(one.says)) > LINES.functionFail }))]
    })

/** Numbers in rules, clocks, SQL outside stores and default exports. */
export const styleFindings = (files: readonly Parsed[]): Finding[] =>
  files.flatMap((file) => {
    const { path } = file
    const isModuleCode = path.startsWith('src/modules/') && !isTest(path)
    return [
      ...(isRule(path) ? numberFindings(file) : []),
      ...(path.startsWith('src/') && !isTest(path) && !(path in DATES_ALLOWED) ? dateFindings(file) : []),
      ...(isModuleCode && !path.endsWith('store.ts') && !(path in SQL_ALLOWED) ? sqlFindings(file) : []),
      ...(file.hasDefaultExport && !/vite\.config\.ts$|\.d\.ts$/.test(path)
        ? [{ rule: 'default-export', path, line: 1, says: 'has a default export' }]
        : []),
    ]
  })

/** What is let through though no such file stands any more: a list that only grows hides things. */
export const staleAllowances = (paths: readonly string[]): Finding[] =>
  [...Object.keys(DATES_ALLOWED), ...Object.keys(SQL_ALLOWED), ...Object.keys(NUMBERS_ALLOWED)]
    .filter((path) => !paths.includes(path))
    .map((path) => ({ rule: 'allowance', path, line: 1, says: 'is let through but does not exist' }))
