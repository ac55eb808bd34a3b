import type { Appointment, Resource as FhirResource, Task } from '@medplum/fhirtypes'
import { newId } from '../../../kernel/id.ts'
import { Refused } from '../../../platform/forms/form.ts'
import { run } from '../../../platform/forms/run.ts'
import type { House } from '../../../platform/house.ts'
import { checkInput } from '../../../platform/http/input.ts'
import type { Resource } from '../../health-record/index.ts'
import { mayFhir } from '../../smart/index.ts'
import { openFhirAct } from '../server/act.ts'
import { admit } from '../server/caller.ts'
import { isNamed, versionOf, type FhirAnswer, type FhirRequest } from '../server/exchange.ts'
import type { FaceItem, Faces } from '../server/face.ts'
import { FhirRefusal } from '../server/refusal.ts'
import { checkValid } from '../server/write.ts'
import { keyedId, readKeyedId } from './keyed-id.ts'
import { ownedAmong, readOnly } from './owned.ts'

/** A form that a write stands for, with its input. */
type Meant = { readonly form: string; readonly input: object }

const idIn = (reference: string | undefined, type: string): string | null =>
  new RegExp(`(?:^|/)${type}/([A-Za-z0-9.-]{1,64})$`).exec(reference ?? '')?.[1] ?? null

const patientOf = ({ participant }: Appointment): string | null =>
  participant.map(({ actor }) => idIn(actor?.reference, 'Patient')).find((id) => id !== null) ?? null

/** A new booking: an Appointment that names one of our slots. Null for any other, which is kept as it is. */
const bookingMeant = (resource: FhirResource): (Meant & { readonly org: string }) | null => {
  if (resource.resourceType !== 'Appointment') return null
  const key = readKeyedId(idIn(resource.slot?.[0]?.reference, 'Slot') ?? '')
  if (!key) return null
  const patient = patientOf(resource)
  return { form: 'booking.book', org: key.org, input: { org: key.org, pool: key.id, ...(patient ? { person: patient } : {}) } }
}

const saidIn = ({ statusReason, note }: Task): string =>
  statusReason?.text ?? statusReason?.coding?.[0]?.display ?? note?.[0]?.text ?? ''

/** A move of a referral: a Task whose status is the next one. */
const moveMeant = (resource: Task, now: Task): Meant | null => {
  const id = { referral: resource.id as string }
  switch (resource.status) {
    case 'accepted':
      return { form: 'referral.accept', input: id }
    case 'rejected':
      return {
        form: 'referral.reject',
        input: { ...id, why: resource.statusReason?.coding?.[0]?.code ?? '', wayOn: saidIn(resource) },
      }
    case 'cancelled':
      return { form: 'referral.cancel', input: { ...id, reason: saidIn(resource) } }
    case 'in-progress':
      return { form: now.status === 'in-progress' ? 'referral.begin' : 'referral.arrive', input: id }
    default:
      return null
  }
}

const changeMeant = (resource: FhirResource, now: FhirResource): Meant | null => {
  if (resource.resourceType === 'Task' && now.resourceType === 'Task') return moveMeant(resource, now)
  const key = readKeyedId(resource.id ?? '')
  if (resource.resourceType !== 'Appointment' || resource.status !== 'cancelled' || !key) return null
  return { form: 'booking.cancel', input: { org: key.org, booking: key.id, reason: resource.cancelationReason?.text ?? '取消' } }
}

/** Carries out the form that a write stands for, with its own rights, audit and trace. */
const carryOut = async (house: House, request: FhirRequest, { form: name, input }: Meant): Promise<Record<string, unknown>> => {
  const form = house.forms.get(name)
  if (!form) throw new Error(`There is no form ${name}`)
  const checked = checkInput(form.input, input)
  if (!checked.ok)
    throw new FhirRefusal('fhir.body-unreadable', { why: `${name}: ${checked.fields.map(({ path }) => path).join(', ')}` })
  const outcome = await run(house, form, checked.value, { actor: request.caller.actor, request: request.id, key: newId() })
  if (!outcome.ok) {
    const [first] = outcome.refusals
    throw new Refused(first?.code ?? 'platform.bug', first?.detail)
  }
  return JSON.parse(outcome.value.text) as Record<string, unknown>
}

/** An app needs the scope; with one of a patient only, the write must be about that patient. */
const admitApp = (
  { caller: { scopes, patient } }: FhirRequest,
  interaction: string,
  type: string,
  about: string | null,
): void => {
  if (!scopes) return
  const may = mayFhir(scopes, interaction, type)
  if (!may || (may === 'patient' && (!patient || (about !== null && about !== patient))))
    throw new FhirRefusal('fhir.role-may-not')
}

const readBack = async (house: House, faces: Faces, request: FhirRequest, type: string, id: string): Promise<FaceItem | null> =>
  openFhirAct(
    house,
    { caller: request.caller, request: request.id },
    [],
    async (open) => (await faces.get(type)?.read(open, id)) ?? null,
  )

const answer = (item: FaceItem | null, status: number, location?: string): FhirAnswer =>
  item
    ? {
        status,
        text: item.text,
        etag: `W/"${item.versionId}"`,
        ...(location ? { location: `${location}/_history/${item.versionId}` } : {}),
      }
    : { status, text: null }

/** A create that a form stands behind; null when the resource is simply to be kept. */
export const createOnFace = async (
  house: House,
  faces: Faces,
  request: FhirRequest,
  resource: FhirResource,
): Promise<FhirAnswer | null> => {
  const meant = faces.has(resource.resourceType) ? bookingMeant(resource) : null
  if (!meant) return null
  admitApp(request, 'create', 'Appointment', patientOf(resource as Appointment))
  const { booking } = await carryOut(house, request, meant)
  const id = keyedId(meant.org, String(booking))
  return answer(await readBack(house, faces, request, 'Appointment', id), 201, `${request.base}/Appointment/${id}`)
}

/** A change of one resource: what it is to become; `brought` is a whole resource that was put, null for a patch and a deletion. */
type Change = {
  readonly type: string
  readonly id: string
  readonly change: ((now: string) => FhirResource) | null
  readonly brought: Resource | null
}

/** Nothing is put in front of a module's own row; who may not see that row hears no more than that there is nothing to update. */
const refuseHidden = ({ caller }: FhirRequest, type: string, brought: Resource): never => {
  admit(caller, 'update', type)
  checkValid(brought)
  throw new FhirRefusal('fhir.not-found')
}

/**
 * A change of what a module owns: carried out by the form that it stands for, or refused with the name of the form to use. Null when the id
 * is none of the modules', and for whoever may not see what it names: that answers as for what does not exist.
 */
export const changeOnFace = async (house: House, faces: Faces, request: FhirRequest, at: Change): Promise<FhirAnswer | null> => {
  const { type, id, change, brought } = at
  if ((await ownedAmong(house, faces, [{ type, fhirId: id }])).size === 0) return null
  const now = await readBack(house, faces, request, type, id)
  if (!now) return brought ? refuseHidden(request, type, brought) : null
  admitApp(request, change === null ? 'delete' : 'update', type, now.person)
  const ifMatch = versionOf(request.ifMatch)
  if (ifMatch !== null && !isNamed(ifMatch, now.versionId)) throw new FhirRefusal('fhir.version-changed')
  const meant = change && changeMeant(change(now.text), JSON.parse(now.text) as FhirResource)
  if (!meant) throw readOnly(type)
  await carryOut(house, request, meant)
  return answer(await readBack(house, faces, request, type, id), 200)
}

/** Refuses changes of what modules own where no form can be carried out: within a transaction, or under a condition. */
export const refuseOwned = async (
  house: House,
  faces: Faces,
  request: FhirRequest,
  changes: readonly Pick<Change, 'type' | 'id' | 'brought'>[],
): Promise<void> => {
  const owned = await ownedAmong(
    house,
    faces,
    changes.map(({ type, id }) => ({ type, fhirId: id })),
  )
  for (const { type, id, brought } of changes) {
    if (!owned.has(`${type}/${id}`)) continue
    const now = await readBack(house, faces, request, type, id)
    if (now) {
      admitApp(request, brought ? 'update' : 'delete', type, now.person)
      throw readOnly(type)
    }
    if (brought) refuseHidden(request, type, brought)
  }
}
