import type { z } from 'zod'
import { ok, refuseAll } from '../kernel/result.ts'
import type { Version } from '../shapes/register.ts'
import { command } from './forms/form.ts'
import { refusalTexts } from './refusals.ts'
import type { Imported, Inputs, RegisterDeclaration } from './register-declaration.ts'
import { planImport, readRows, triedRows } from './register-import.ts'
import { ownerOf, relationsToOwner, saveSteps } from './register-owner.ts'
import { registerRefusals } from './register-refusals.ts'
import { lockVersions, type Of } from './register-store.ts'
import { judgeOf } from './register-rule.ts'

/** The import of a register's kind: all rows or none; a dry run says row by row what would be done. */
export const importOf = <Schema extends z.ZodObject>(
  declared: RegisterDeclaration<string, string, Schema>,
  input: Inputs<z.ZodObject>['import'],
  name: string,
) => {
  const { module, kind, words, by, basis, fourEyes, schema, rule } = declared
  const texts = refusalTexts([registerRefusals(name, words, basis), rule?.refusals ?? {}])
  return command({
    name: `${module}.import-${kind}`,
    by,
    basis,
    does: {
      zh: `从 JSON 行或 CSV 导入${words.zh};重复导入不产生变化,可先试导入。`,
      en: `Imports ${words.en}s from JSON rows or CSV; doing it twice changes nothing, and it may be tried first.`,
    },
    input,
    read: async (tx, asked, act) => {
      const of: Of = { org: ownerOf(act.actor), kind: name }
      const read = readRows(asked, schema, declared.keyOf as (body: never) => string, name)
      const known = new Map<string, Version<unknown>[]>()
      for (const key of [...new Set(read.rows.map((row) => row.entry))].toSorted())
        known.set(key, await lockVersions(tx, of, key))
      return { of, read, known, judge: await judgeOf<unknown>(declared as never, tx, read.rows, act) }
    },
    relation: ({ of }, act) => relationsToOwner(act.actor, of.org),
    decide: ({ of, read, known, judge }, asked) => {
      const plan = planImport(read.rows, known, { fourEyes, name, judge })
      const faults = [...read.faults, ...plan.faults]
      const counts = { added: plan.steps.length, unchanged: plan.unchanged.length }
      if (asked.dryRun) {
        const answer: Imported = { ...counts, tried: triedRows(plan, faults, texts) }
        return ok({ change: { of, steps: [] }, answer })
      }
      if (faults.length > 0) return refuseAll(faults.map(({ refusal }) => refusal))
      return ok({ change: { of, steps: plan.steps }, answer: counts as Imported })
    },
    write: (tx, { of, steps }, act) => saveSteps(tx, of, steps, { at: act.now, by: act.actor.account }, name),
  })
}
