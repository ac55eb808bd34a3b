/** How long an act may be undone, ms: long enough to read the note and to think again. */
export const undoMs = 8_000
