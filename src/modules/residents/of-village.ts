import { instant } from '../../kernel/clock.ts'
import type { PersonId } from '../../kernel/id.ts'
import { query } from '../../platform/forms/form.ts'
import { ofVillageInput, type ShownPerson } from './contract.ts'
import { digestOfInstitution, personsToKeep } from './correction-store.ts'
import { shownPerson } from './shown.ts'

/** A person as a device keeps one: numbers masked, with what a search without a network needs. */
export type KeptPerson = ShownPerson & { pinyin: string; initials: string }

export const ofVillage = query({
  name: 'residents.of-village',
  by: ['village-doctor@anyone', 'family-doctor@anyone'],
  basis: '基层首诊:本机构服务的居民;离线诊室只存本机构的居民',
  does: {
    zh: '本机构服务的全部居民,供设备加密留存;只给有变动的,并以摘要核对两边一致。',
    en: 'All persons whom one’s institution serves, for a device to keep sealed; only what changed, with a digest to compare both sides.',
  },
  input: ofVillageInput,
  read: async (tx, input, { actor }) => ({
    rows: await personsToKeep(tx, {
      org: actor.org,
      since: input.since ? instant(input.since) : null,
      after: (input.after ?? null) as PersonId | null,
      limit: input.limit + 1,
    }),
    whole: await digestOfInstitution(tx, actor.org),
  }),
  audits: ({ rows }) => rows.map((row) => ({ person: row.id })),
  answer: ({ rows, whole }, { limit }, { cipher }) => ({
    ...whole,
    persons: rows
      .slice(0, limit)
      .map((row): KeptPerson => ({ ...shownPerson(row, cipher), pinyin: row.pinyin, initials: row.initials })),
    next: rows.length > limit ? (rows[limit - 1]?.id ?? null) : null,
  }),
})
