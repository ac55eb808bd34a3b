/** How long a test waits for a page, a statement or an answer before it calls it lost, in milliseconds: nothing takes so long on an idle machine. */
export const PATIENCE_MS = 120_000
