const zh = {
  supplyDays: '够用几天（选填）',
  medicineWrong: (others: string) => `${others}够用天数填 1 至 366 的整数，或不填。`,
  diagnoses: '诊断（选填）',
  diagnosesHint: '填诊断代码，多个用空格隔开，如 J06.9 I10。不填就不核对限诊断的规则。',
  checking: '正在核对审核规则…',
  clean: '按审核规则核对过，没有发现问题。',
  unchecked: (codes: string) => `目录里没有 ${codes}，这些没有核对。`,
  failed: '暂时没有核对成；开出账单时还会核对。',
  effects: { stop: '不能开出', reason: '须写理由', note: '只作提示' } as Readonly<Record<string, string>>,
  next: {
    stop: '请改正或去掉这一行。认为规则有误的，请联系医保经办机构。',
    reason: '请改正这一行，或写明理由后继续；理由会交医保经办机构。',
    note: '可以继续。',
  } as Readonly<Record<string, string>>,
  noteTitle: '审核规则提示',
  later: {
    stop: '收费时不能开出账单，请先换项目或核对。认为规则有误的，请联系医保经办机构。',
    reason: '收费时须写明理由，理由会交医保经办机构。请先看能否用已有结果。',
    note: '可以继续。',
  } as Readonly<Record<string, string>>,
  clause: (basis: string, grade: string) => `依据：${basis}（${grade}）`,
  evidence: (text: string) => `证据：${text}`,
  reason: (rule: string) => `继续的理由：${rule}`,
  reasonMissing: '请写明理由（至少 2 个字）。',
  stopped: '有不能开出的项目，请先改正或去掉。',
}

const en: typeof zh = {
  supplyDays: 'Lasts for days (optional)',
  medicineWrong: (others: string) => `${others} Days: a whole number from 1 to 366, or nothing.`,
  diagnoses: 'Diagnoses (optional)',
  diagnosesHint: 'ICD-10, with spaces between, such as J06.9 I10. Without any, rules about diagnoses are not asked.',
  checking: 'Asking the audit rules…',
  clean: 'The audit rules were asked and object to nothing.',
  unchecked: (codes: string) => `Not in the catalogue, so not asked: ${codes}.`,
  failed: 'The rules could not be asked; they will be when the bill is opened.',
  effects: { stop: 'Cannot be billed', reason: 'Needs a reason', note: 'For your attention' },
  next: {
    stop: 'Correct this line or leave it out. If the rule is wrong, ask the insurer.',
    reason: 'Correct this line, or say why you go on; the insurer will read it.',
    note: 'You may go on.',
  },
  noteTitle: 'What the audit rules say',
  later: {
    stop: 'This cannot be billed. Choose something else, or check it; if the rule is wrong, ask the insurer.',
    reason: 'Billing will ask for a reason, which the insurer reads. See first whether an earlier result will do.',
    note: 'You may go on.',
  },
  clause: (basis: string, grade: string) => `Clause: ${basis} (${grade})`,
  evidence: (text: string) => `Evidence: ${text}`,
  reason: (rule: string) => `Why you go on: ${rule}`,
  reasonMissing: 'Say why, in at least 2 characters.',
  stopped: 'Something here cannot be billed. Correct it or leave it out.',
}

/** The words of audit rules beside the lines of an order. */
export const orderWords = { zh, en }
