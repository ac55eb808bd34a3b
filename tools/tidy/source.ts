import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from 'oxc-parser'

/** One file as tidy sees it. `path` is from the root of the repository, with forward slashes. */
export type Source = { readonly path: string; readonly text: string }

/** What is wrong, where, by which rule. */
export type Finding = { readonly rule: string; readonly path: string; readonly line: number; readonly says: string }

/** A node of the syntax tree, as far as the rules look at one. */
export type Node = { readonly type: string; readonly start: number; readonly end: number; readonly [field: string]: unknown }

export type Import = { readonly from: string; readonly line: number; readonly isType: boolean }
export type Parsed = Source & { readonly program: Node; readonly imports: readonly Import[]; readonly hasDefaultExport: boolean }

/** Every TypeScript file of the server and the web desks. */
export const readSources = (root: string): Source[] =>
  globSync('{src,web}/**/*.{ts,tsx}', { cwd: root, exclude: (name) => name === 'dist' || name === 'node_modules' })
    .map((path) => path.replaceAll('\\', '/'))
    .toSorted()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))

export const lineOf = (text: string, offset: number): number => text.slice(0, offset).split('\n').length

const parsed = new WeakMap<Source, Parsed>()

/** Reads imports and syntax; a file that cannot be parsed is a failure, never an empty file. */
export const parse = (source: Source): Parsed => {
  const known = parsed.get(source) ?? parseAnew(source)
  parsed.set(source, known)
  return known
}

const parseAnew = (source: Source): Parsed => {
  const { path, text } = source
  const { module, program, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`)
  const statics = module.staticImports.map(({ moduleRequest, entries, start }) => ({
    from: moduleRequest.value,
    line: lineOf(text, start),
    isType: entries.length > 0 && entries.every(({ isType }) => isType),
  }))
  const exported = module.staticExports.flatMap(({ entries, start }) =>
    entries.flatMap(({ moduleRequest, isType }) =>
      moduleRequest ? [{ from: moduleRequest.value, line: lineOf(text, start), isType }] : [],
    ),
  )
  const dynamic = module.dynamicImports.map(({ moduleRequest, start }) => ({
    from: text.slice(moduleRequest.start, moduleRequest.end).replaceAll(/^['"`]|['"`]$/g, ''),
    line: lineOf(text, start),
    isType: false,
  }))
  const hasDefaultExport = module.staticExports.some(({ entries }) =>
    entries.some(({ exportName }) => exportName.kind === 'Default' || exportName.name === 'default'),
  )
  return { ...source, program: program as unknown as Node, imports: [...statics, ...exported, ...dynamic], hasDefaultExport }
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'

/** A node with what it stands in. */
export type Placed = { readonly node: Node; readonly parent: Placed | null }

const gather = (node: Node, parent: Placed | null, all: Placed[]): void => {
  const placed = { node, parent }
  all.push(placed)
  for (const key in node) {
    const value = node[key]
    for (const one of Array.isArray(value) ? value : [value]) if (isNode(one)) gather(one, placed, all)
  }
}

const gathered = new WeakMap<Node, readonly Placed[]>()

/** Every node of a file, read once. */
export const nodesOf = ({ program }: Parsed): readonly Placed[] => {
  const known = gathered.get(program)
  if (known) return known
  const all: Placed[] = []
  gather(program, null, all)
  gathered.set(program, all)
  return all
}

/** The nearest node of a type around one, or null. */
export const around = (placed: Placed, type: string): Node | null => {
  for (let at = placed.parent; at; at = at.parent) if (at.node.type === type) return at.node
  return null
}
