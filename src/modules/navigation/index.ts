/** Everything that can be asked of navigation. */
export const navigationForms = {} as const
export const navigationRefusals = {} as const
