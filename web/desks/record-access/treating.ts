/** Roles that treat people: only they open a record in an emergency or its sensitive parts. */
export const TREATING: readonly string[] = ['village-doctor', 'family-doctor', 'referral-desk', 'ward']
