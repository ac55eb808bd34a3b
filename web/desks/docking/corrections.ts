/** The codes that may be corrected for the platform, in the order of the form. */
export const correctionFields = ['specialty', 'conditionCode', 'senderCode', 'receiverCode'] as const
export type CorrectionField = (typeof correctionFields)[number]
export type CorrectionDraft = Partial<Record<CorrectionField, string>>

// The same forms as the server asks for, so that a slip of the hand is told before it is sent.
const forms: Record<CorrectionField, RegExp> = {
  specialty: /^[0-9A-Za-z.]{2,20}$/,
  conditionCode: /^[A-Z][0-9A-Za-z.]{1,19}$/,
  senderCode: /^[0-9A-Z]{9,30}$/,
  receiverCode: /^[0-9A-Z]{9,30}$/,
}

/** What of a draft is filled in, and which of it cannot be a code. */
export const correctionsIn = (draft: CorrectionDraft): { given: CorrectionDraft; wrong: CorrectionField[] } => {
  const filled = correctionFields.flatMap((field) => {
    const value = draft[field]?.trim() ?? ''
    return value === '' ? [] : [[field, value] as const]
  })
  return {
    given: Object.fromEntries(filled),
    wrong: filled.filter(([field, value]) => !forms[field].test(value)).map(([field]) => field),
  }
}
