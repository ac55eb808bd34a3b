import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { api } from '../src/apps/api.ts'
import { ROLES, type Role } from '../src/platform/access.ts'
import type { AnyForm } from '../src/platform/forms/form.ts'

const FILE = join(import.meta.dirname, '..', 'docs', 'access-matrix.md')
const SHORT: Readonly<Record<string, string>> = { anyone: '●', 'care-team': 'care' }

const cell = (form: AnyForm, role: Role): string => {
  const relations = form.by.flatMap((party) => (party.startsWith(`${role}@`) ? [party.slice(role.length + 1)] : []))
  return relations.map((relation) => SHORT[relation] ?? relation).join(' ')
}

/** The page of who may do what: one row a form, one column a role, drawn from the forms themselves. */
export const accessMatrix = (): string => {
  const rows = (Object.values(api) as AnyForm[]).map(
    (form) => `| \`${form.name}\` | ${form.kind} | ${ROLES.map((role) => cell(form, role)).join(' | ')} |`,
  )
  return `# 权限矩阵 · Access matrix

由 \`node tools/access-matrix.ts\` 从各命令、查询的声明生成,请勿手改;\`tests/access/matrix.test.ts\` 逐格实测,\`tests/access/answers.test.ts\` 经 HTTP 比对整个答复。
Drawn from the declarations of all commands and queries by \`node tools/access-matrix.ts\`; do not edit. \`tests/access/matrix.test.ts\` tries every cell,
\`tests/access/answers.test.ts\` compares whole answers over HTTP.

空格 = 不允许;● = 该岗位均可(对象仅限本机构或公共数据);其余为与对象的关系:self 本人,own 本机构,sender 转出方,receiver 接收方,care 家庭医生团队,supervisor 上级。
Empty = never; ● = the role as such (what it meets is its own institution's or public); otherwise how one must stand to the matter.
不允许与不存在的回答完全相同。What one has no part in answers exactly as what does not exist.

| form | kind | ${ROLES.join(' | ')} |
|---|---|${ROLES.map(() => '---').join('|')}|
${rows.join('\n')}
`
}

if (import.meta.main) writeFileSync(FILE, accessMatrix())
