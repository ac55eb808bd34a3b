import type { TestContext } from 'node:test'
import type { ShownReferral } from '../../src/modules/referral/index.ts'

/** Prints the trace of a case, one line a step, so that a reader of the test's output can follow the journey. */
export const printTrace = (t: TestContext, { slipNo, trace }: Pick<ShownReferral, 'slipNo' | 'trace'>): void => {
  t.diagnostic(`trace of ${slipNo}`)
  for (const { seq, at, type, role, institution, actor, reason } of trace)
    t.diagnostic(`${String(seq).padStart(2)}  ${at}  ${type.padEnd(28)} ${role.padEnd(15)} ${institution?.zh ?? '—'} ${actor?.zh ?? ''}${reason ? ` · ${reason}` : ''}`)
}
