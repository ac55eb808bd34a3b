import type { Words } from '../../words/language.tsx'
import { en } from './en.ts'
import { zh } from './zh.ts'

/** Words of the messages of a case. */
export const threadWords: Words<typeof zh> = { zh, en }

const kilobyte = 1000

/** The size of a file: `312 kB`. */
export const sizeWords = (bytes: number): string => `${String(Math.max(1, Math.round(bytes / kilobyte)))} kB`
