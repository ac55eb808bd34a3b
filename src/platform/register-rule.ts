import type { Asked } from '../shapes/register.ts'
import type { Tx } from './database/pool.ts'
import type { Act } from './forms/form.ts'
import type { Judge, RegisterDeclaration } from './register-declaration.ts'

/** The judge of a register without a rule of its own: everything is in order. */
export const NO_FAULT = (): readonly [] => []

/** The judge of a register's texts, its facts read in the transaction of the texts. */
export const judgeOf = async <Body>(
  { rule }: { readonly rule?: RegisterDeclaration<string, string, never>['rule'] },
  tx: Tx,
  asked: readonly Asked<Body>[],
  act: Act,
): Promise<Judge<Body>> => (rule ? ((await rule.read(tx, asked as never, act)) as Judge<Body>) : NO_FAULT)
