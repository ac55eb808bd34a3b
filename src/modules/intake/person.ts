import type { PersonId } from '../../kernel/id.ts'
import type { Act } from '../../platform/forms/form.ts'
import type { Tx } from '../../platform/database/pool.ts'
import { pinyinOf } from '../../platform/pinyin.ts'
import { claimPersons, knownPersons } from '../health-record/index.ts'
import {
  findPerson,
  holdNumber,
  matchPersons,
  nextPersonId,
  personByNumber,
  readIdNumber,
  savePerson,
  type NewPerson,
  type Person,
} from '../residents/index.ts'
import type { ContentFault, ReadPerson } from './draft.ts'

/** Who a message is about, as far as the index of persons can tell. */
export type FoundPerson = {
  readonly id: PersonId
  /** Null for somebody who is new here. */
  readonly known: Person | null
  /** Numbers of the source that are not tied to anybody yet. */
  readonly unclaimed: readonly string[]
  /** Other persons that numbers of the same message were tied to before. */
  readonly others: readonly PersonId[]
  /** Made a moment ago by an earlier line of the same table. */
  readonly isEarlier?: boolean
}

const soundNumber = (read: ReadPerson): string | null => {
  const checked = read.idNumber === null ? null : readIdNumber(read.idNumber)
  return checked?.ok ? checked.value.number : null
}

/**
 * Finds the person of a message: by a number of the source that was tied before, by the identity number, by a match that is
 * certain; else a new one is made. Name and birthday alone never join two people.
 */
export const findPersonOf = async (tx: Tx, source: string, read: ReadPerson, act: Act): Promise<FoundPerson> => {
  const claims = await knownPersons(tx, source, read.ids)
  const unclaimed = read.ids.filter((id) => !claims.has(id))
  const [first, ...rest] = read.ids.flatMap((id) => claims.get(id) ?? [])
  const number = soundNumber(read)
  const id =
    first ??
    (number ? await personByNumber(tx, { type: '01', number }, act.cipher) : null) ??
    (await certainMatch(tx, read, number, act))
  const known = id === null ? null : await findPerson(tx, id)
  const others = [...new Set(rest)].filter((other) => other !== first)
  return { id: known?.id ?? (await nextPersonId(tx)), known, unclaimed, others }
}

const certainMatch = async (tx: Tx, read: ReadPerson, number: string | null, act: Act): Promise<PersonId | null> => {
  const [best] = await matchPersons(
    tx,
    {
      name: { ...(read.zh ? { zh: read.zh } : {}), ...(read.en ? { en: read.en } : {}) },
      sex: read.sex,
      ...(read.bornOn ? { bornOn: read.bornOn } : {}),
      ...(number ? { numbers: [{ type: '01', number }] } : {}),
      ...(read.phone ? { phone: read.phone } : {}),
      ...(read.address ? { address: read.address } : {}),
    },
    { policy: act.policy, cipher: act.cipher },
  )
  return best?.grade === 'certain' ? best.person : null
}

/** Another birthday is another person, whatever number they share. */
export const differenceOf = (read: ReadPerson, known: Person | null): ContentFault | null =>
  known && read.bornOn && known.bornOn && read.bornOn !== known.bornOn ? { fault: 'person-differs', place: 'PID^1^7' } : null

/** Puts a new person into the index, ties the numbers of the source, and holds the identity number. */
export const savePersonOf = async (tx: Tx, source: string, read: ReadPerson, found: FoundPerson, act: Act): Promise<void> => {
  if (found.isEarlier) return
  const number = soundNumber(read)
  if (!found.known) await savePerson(tx, newPersonOf(read, found.id, number, act), act.cipher, act.newId())
  else if (number && (await personByNumber(tx, { type: '01', number }, act.cipher)) === null)
    await holdNumber(tx, found.id, { type: '01', number }, act.cipher, { id: act.newId(), at: act.now })
  if (found.unclaimed.length > 0)
    await claimPersons(
      tx,
      source,
      found.unclaimed.map((sourceId) => ({ sourceId, person: found.id })),
    )
}

const newPersonOf = (read: ReadPerson, id: PersonId, number: string | null, act: Act): NewPerson => ({
  id,
  zh: read.zh ?? read.en ?? '',
  en: read.zh === read.en ? null : read.en,
  ...pinyinOf(read.zh ?? read.en ?? '', true),
  sex: read.sex,
  bornOn: read.bornOn,
  village: null,
  address: read.address,
  insurance: 'none',
  careOrg: null,
  clinicOrg: null,
  phone: read.phone,
  identifier: number ? { type: '01', number } : null,
  synthetic: false,
  createdAt: act.now,
})
