import { z } from 'zod'
import type { Instant } from '../../../kernel/clock.ts'
import { newId, type OrgId } from '../../../kernel/id.ts'
import type { Cipher } from '../../../platform/cipher.ts'

const PURPOSE = 'navigation list'

const listOf = z.strictObject({
  id: z.uuid(),
  county: z.string().regex(/^\d{6}$/),
  specialty: z.string(),
  condition: z.string().nullable(),
  urgency: z.string(),
  offered: z.array(z.string().regex(/^\d{1,18}$/)),
})

/** What a list of places was: enough to note later what was chosen from it, and no person. */
export type OfferedList = {
  readonly id: string
  readonly at: Instant
  readonly county: string
  readonly specialty: string
  readonly condition: string | null
  readonly urgency: string
  readonly offered: readonly OrgId[]
}

const sealOf = (text: string, cipher: Cipher): string => cipher.blindIndex(PURPOSE, text).toString('base64url')

/** A list as a text that the asker keeps and nobody can change: nothing is written for a search that leads to no choice. */
export const sealedList = (list: Omit<OfferedList, 'id' | 'at'>, cipher: Cipher): string => {
  const text = Buffer.from(JSON.stringify({ ...list, id: newId() })).toString('base64url')
  return `${text}.${sealOf(text, cipher)}`
}

/** The list of a sealed text; null when this house did not make it. */
export const openedList = (sealed: string, cipher: Cipher): Omit<OfferedList, 'at'> | null => {
  const [text = '', seal = ''] = sealed.split('.')
  if (seal === '' || sealOf(text, cipher) !== seal) return null
  const read = listOf.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
  return read.success ? { ...read.data, offered: read.data.offered as OrgId[] } : null
}
