import { z } from 'zod'

/** A text of so many characters at most. */
export const text = (most: number) => z.string().max(most)

/** An answer of which nothing is read. */
export const nothing = z.object({}).loose()
