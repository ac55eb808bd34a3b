import type { Words } from '../kernel/words.ts'
import type { RefusalText } from './refusals.ts'

/** Why a register may refuse; each register says it about its own kind. */
export const REGISTER_REASONS = [
  'period-taken',
  'changed-meanwhile',
  'not-in-force',
  'ends-before-begin',
  'key-differs',
  'nothing-proposed',
  'approver-is-proposer',
  'row-unreadable',
] as const
export type RegisterReason = (typeof REGISTER_REASONS)[number]

/** The closed list of one register, `organisations.policy-document-period-taken` and so on. */
export type RegisterRefusals<Name extends string> = { readonly [Reason in RegisterReason as `${Name}-${Reason}`]: RefusalText }

const textsFor = ({ zh, en }: Words): Readonly<Record<RegisterReason, Omit<RefusalText, 'basis'>>> => ({
  'period-taken': {
    kind: 'conflict',
    zh: `该${zh}的第 {version} 版自 {from} 起有效,与所填期间重叠。请改用更正,或更改期间。`,
    en: `Version {version} of this ${en}, in force from {from}, lies in that period. Correct it instead, or choose another period.`,
  },
  'changed-meanwhile': {
    kind: 'conflict',
    zh: `该${zh}刚被他人修改,本次未保存。请刷新后重试。`,
    en: `Somebody has just changed this ${en}; nothing was saved. Refresh and try again.`,
  },
  'not-in-force': {
    kind: 'conflict',
    zh: `{day} 没有有效的该${zh}。请更改日期,或新建。`,
    en: `No version of this ${en} is in force on {day}. Choose another day, or propose a new one.`,
  },
  'ends-before-begin': {
    kind: 'invalid',
    zh: `终止日应晚于生效日。请更改日期。`,
    en: `The end must come after the beginning. Change one of the days.`,
  },
  'key-differs': {
    kind: 'invalid',
    zh: `更正的内容属于另一${zh}({key})。请核对编号,或新建。`,
    en: `This text belongs to another ${en} ({key}). Check its key, or propose a new one.`,
  },
  'nothing-proposed': {
    kind: 'conflict',
    zh: `该${zh}的第 {version} 版不在待审状态。请刷新后查看最新状态。`,
    en: `Version {version} of this ${en} does not wait for approval. Refresh to see how it stands.`,
  },
  'approver-is-proposer': {
    kind: 'forbidden',
    zh: `提出者不能审批自己提出的${zh}。请由另一位有权限的同事审批。`,
    en: `Whoever proposed this ${en} may not approve it. Ask a colleague who may.`,
  },
  'row-unreadable': {
    kind: 'invalid',
    zh: `第 {row} 行“{column}”不符合要求({why}),没有导入任何一行。请更正后重新导入。`,
    en: `Row {row}, “{column}”: {why_en}. No row was imported. Correct it and import again.`,
  },
})

/** The refusals of a register by its full name, in the words of its kind. */
export const registerRefusals = <Name extends string>(name: Name, words: Words, basis: string): RegisterRefusals<Name> => {
  const texts = textsFor(words)
  return Object.fromEntries(
    REGISTER_REASONS.map((reason) => [`${name}-${reason}`, { ...texts[reason], basis }]),
  ) as RegisterRefusals<Name>
}
