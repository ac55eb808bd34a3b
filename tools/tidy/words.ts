import type { RefusalTable } from '../../src/platform/refusals.ts'
import { lineOf, nodesOf, type Finding, type Node, type Parsed } from './source.ts'

const CHINESE = /[\u4e00-\u9fff]/
const placeholdersOf = (sentence: string): string[] => [...sentence.matchAll(/\{(\w+)\}/g)].map((found) => found[1] as string)

/** Refusals that lack a language, or whose two sentences ask for different facts. `{what}` in zh may be `{what_en}` in en. */
export const refusalFindings = (tables: readonly RefusalTable[]): Finding[] =>
  tables.flatMap(Object.entries).flatMap(([code, { zh, en }]) => {
    const found = (says: string): Finding => ({ rule: 'refusal', path: code, line: 1, says })
    const [inZh, inEn] = [placeholdersOf(zh), placeholdersOf(en)]
    return [
      ...(CHINESE.test(zh) ? [] : [found('has no Chinese sentence')]),
      ...(/[A-Za-z]{2}/.test(en) && !CHINESE.test(en) ? [] : [found('has no English sentence')]),
      ...inEn
        .filter((name) => !inZh.includes(name) && !inZh.includes(name.replace(/_en$/, '')))
        .map((name) => found(`{${name}} stands in en only`)),
      ...inZh
        .filter((name) => !inEn.includes(name) && !inEn.includes(`${name}_en`))
        .map((name) => found(`{${name}} stands in zh only`)),
    ]
  })

const textOf = (node: unknown): string | null => {
  const literal = node as Node | undefined
  return literal?.type === 'Literal' && typeof literal['value'] === 'string' ? literal['value'] : null
}

const propertiesOf = (node: unknown): readonly Node[] | null => {
  const object = node as Node | undefined
  if (object?.type !== 'ObjectExpression') return null
  const properties = object['properties'] as Node[]
  return properties.every(({ type }) => type === 'Property') ? properties : null
}

const keyOf = (property: Node): string => String((property['key'] as Node)['name'] ?? (property['key'] as Node)['value'])

/** A refusal as code makes it: its code and the facts given, or null where they cannot be read off. */
const madeAt = (node: Node): { code: string; facts: readonly string[] } | null => {
  const isCall =
    (node.type === 'CallExpression' && (node['callee'] as Node)['name'] === 'refuse') ||
    (node.type === 'NewExpression' && (node['callee'] as Node)['name'] === 'Refused')
  const fields = isCall ? null : propertiesOf(node)
  const code = isCall
    ? (node['arguments'] as Node[])[0]
    : (fields?.find((field) => keyOf(field) === 'code')?.['value'] as Node | undefined)
  const detail = isCall
    ? (node['arguments'] as Node[])[1]
    : (fields?.find((field) => keyOf(field) === 'detail')?.['value'] as Node | undefined)
  const text = textOf(code)
  if (text === null || !/^[a-z-]+\.[a-z0-9-]+$/.test(text)) return null
  if (!detail) return { code: text, facts: [] }
  const facts = propertiesOf(detail)?.map(keyOf)
  return facts ? { code: text, facts } : null
}

/** Refusals made by code that stand in no table, or are made without a fact that their sentences show. */
export const madeRefusalFindings = (files: readonly Parsed[], tables: readonly RefusalTable[]): Finding[] => {
  const texts = new Map(tables.flatMap(Object.entries))
  return files
    .filter(({ path }) => path.startsWith('src/') && !path.endsWith('.test.ts'))
    .flatMap((file) =>
      nodesOf(file).flatMap(({ node }) => {
        const made = madeAt(node)
        if (!made) return []
        const found = (says: string): Finding => ({ rule: 'refusal', path: file.path, line: lineOf(file.text, node.start), says })
        const sentences = texts.get(made.code)
        if (!sentences) return node.type === 'ObjectExpression' ? [] : [found(`${made.code} stands in no table`)]
        const wanted = [...new Set([...placeholdersOf(sentences.zh), ...placeholdersOf(sentences.en)])]
        return wanted.filter((name) => !made.facts.includes(name)).map((name) => found(`${made.code} is made without {${name}}`))
      }),
    )
}

// What screens are shown and what a loader writes is the thing itself in another dress, and needs no word of its own.
const DRESS = /^(Shown|New|Saved)[A-Z]/

const exportedTypes = ({ program }: Parsed): string[] =>
  (program['body'] as Node[]).flatMap((node) => {
    if (node.type !== 'ExportNamedDeclaration') return []
    const declaration = node['declaration'] as Node | null
    if (declaration?.type === 'TSTypeAliasDeclaration') return [String((declaration['id'] as Node)['name'])]
    if (node['exportKind'] !== 'type') return []
    return ((node['specifiers'] ?? []) as Node[]).map((one) => String((one['exported'] as Node)['name']))
  })

/** The names that the glossary's lines give a word in code: `| zh | English \`Name\`, \`Other\` | FHIR | source |`. */
const namesOf = (glossary: string): Set<string> =>
  new Set(
    [...glossary.matchAll(/^\|[^|]+\|([^|]*)\|[^|]*\|[^|]*\|$/gm)].flatMap(([, english]) =>
      [...(english as string).matchAll(/`(\w+)`/g)].map((found) => found[1] as string),
    ),
  )

/** Domain types of a module's language and front door that have no line in the glossary. */
export const glossaryFindings = (files: readonly Parsed[], glossary: string): Finding[] => {
  const known = namesOf(glossary)
  return files
    .filter(({ path }) => {
      const [, module, file] = /^src\/modules\/([^/]+)\/([^/]+)\.ts$/.exec(path) ?? []
      return file !== undefined && (file === 'index' || file === module)
    })
    .flatMap((file) => exportedTypes(file).map((name) => ({ name, path: file.path })))
    .filter(({ name }) => !DRESS.test(name) && !known.has(name))
    .map(({ name, path }) => ({ rule: 'glossary', path, line: 1, says: `${name} has no line in docs/glossary.md` }))
}
