import type { ChipTone } from '../../ui/chip.tsx'

/** How strongly a kind of hit is shown. */
export const KIND_TONES: Readonly<Record<string, ChipTone>> = { breach: 'danger', suspicion: 'warning', clue: 'quiet' }
