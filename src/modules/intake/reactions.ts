import type { Reaction } from '../../platform/forms/form.ts'

/** What was kept is taken, also when the process that kept it was killed before. */
export const intakeReactions: readonly Reaction[] = [
  { consumer: 'intake.take', on: 'intake.kept', command: 'intake.take', input: ({ org, caseId }) => ({ org, id: caseId }) },
]
