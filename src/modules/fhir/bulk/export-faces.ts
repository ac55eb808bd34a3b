import type { PersonId } from '../../../kernel/id.ts'
import type { FhirAct } from '../server/act.ts'
import type { FaceItem, Faces, ServedFace } from '../server/face.ts'
import type { ExportWish } from './job.ts'
import { personsWithPatient } from './store.ts'

/** A resource as it leaves: its type, text and whom it is about. */
export type Leaving = { readonly type: string; readonly text: string; readonly person: string }

/** What a person is, insured by and cared for: drawn from one row of the index, under the person's number. */
const OF_THE_PERSON = ['Patient', 'Coverage', 'CareTeam', 'RelatedPerson', 'Consent']
/** What happens to a person. */
const OF_THE_WORK = ['Appointment', 'ServiceRequest', 'Task', 'CarePlan', 'EpisodeOfCare', 'Communication']
/** What belongs to nobody. Times that can be booked pass by the thousand: they come only where they are asked for by name. */
const OF_NOBODY = ['Organization', 'Location', 'HealthcareService', 'Practitioner', 'PractitionerRole']
const ONLY_BY_NAME = ['Schedule', 'Slot']
const AT_ONCE = 200

const wanted = ({ types }: ExportWish, all: readonly string[]): string[] =>
  all.filter((type) => types === null || types.includes(type))

const isFresh =
  ({ since }: ExportWish) =>
  ({ lastUpdated }: FaceItem): boolean =>
    since === null || lastUpdated > since

const leaving = (type: string, items: readonly FaceItem[]): Leaving[] =>
  items.map(({ text, person }) => ({ type, text, person: person ?? '0' }))

const about = async (open: FhirAct, face: ServedFace, person: PersonId): Promise<FaceItem[]> => {
  const found: FaceItem[] = []
  let after: string | null = null
  do {
    const mark: string | null = after
    const page: Awaited<ReturnType<ServedFace['search']>> = await face.search(open, [['patient', `Patient/${person}`]], {
      count: AT_ONCE,
      after: mark,
    })
    found.push(...page.items.filter((item) => item.person === person))
    after = page.next
  } while (after !== null)
  return found
}

const oneOf = async (open: FhirAct, face: ServedFace, person: PersonId): Promise<FaceItem[]> => {
  if (face.type !== 'Patient') return about(open, face, person)
  const item = await face.read(open, person)
  return item ? [item] : []
}

/**
 * What the modules know of persons, as far as the open act sees it. Of whom a Patient is stored, that one already stands for the person; the
 * index's own comes beside it only where something refers to it.
 */
export const facesOfPersons = async (
  open: FhirAct,
  faces: Faces,
  wish: ExportWish,
  persons: readonly PersonId[],
): Promise<Leaving[]> => {
  const stored = await personsWithPatient(open.tx, persons)
  const collect = async (types: readonly string[], person: PersonId): Promise<Leaving[]> => {
    const found: Leaving[] = []
    for (const type of wanted(wish, types)) {
      const face = faces.get(type)
      if (face) found.push(...leaving(type, (await oneOf(open, face, person)).filter(isFresh(wish))))
    }
    return found
  }
  const all: Leaving[] = []
  for (const person of persons) {
    const work = await collect(OF_THE_WORK, person)
    if (work.length > 0 || !stored.has(person)) all.push(...(await collect(OF_THE_PERSON, person)))
    all.push(...work)
  }
  return all
}

/** What the modules know beside persons: institutions, services, staff; times where they are named. */
export const facesOfNobody = async (open: FhirAct, faces: Faces, wish: ExportWish): Promise<Leaving[]> => {
  if (!wish.withPublic) return []
  const types = [...wanted(wish, OF_NOBODY), ...(wish.types === null ? [] : wanted(wish, ONLY_BY_NAME))]
  const all: Leaving[] = []
  for (const type of types) {
    const face = faces.get(type)
    for (let after: string | null = null, isMore = face !== undefined; face && isMore;) {
      const mark: string | null = after
      const page: Awaited<ReturnType<ServedFace['search']>> = await face.search(open, [], { count: AT_ONCE, after: mark })
      all.push(...leaving(type, page.items.filter(isFresh(wish))))
      after = page.next
      isMore = after !== null
    }
  }
  return all
}
