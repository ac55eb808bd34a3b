import type { Instant } from '../../kernel/clock.ts'
import type { OrgId, PersonId } from '../../kernel/id.ts'
import { ok, refuseAll } from '../../kernel/result.ts'
import { command, type TraceEvent } from '../../platform/forms/form.ts'
import { findPerson, relationsToPerson } from '../residents/index.ts'
import { recordObservationInput } from './contract.ts'
import { observationOf } from './fhir.ts'
import type { Resource } from './rules/fhir-reading.ts'
import { indexOfResource } from './rules/index-of-resource.ts'
import { faultsOfMeasurement } from './rules/measurement-faults.ts'
import * as store from './store.ts'

export const recordObservation = command({
  name: 'health-record.record-observation',
  by: ['village-doctor@care-team', 'family-doctor@care-team'],
  basis: '国家基本公共卫生服务规范:随访测量记入健康档案',
  does: {
    zh: '记录一次血压、血糖或体重;超出合理范围的值不予保存。',
    en: 'Records a blood pressure, glucose or weight; implausible values are not taken.',
  },
  input: recordObservationInput,
  read: (tx, input) => findPerson(tx, input.person as PersonId),
  relation: (person, act) => relationsToPerson(act.actor, person),
  subject: (person) => ({ person: person.id }),
  decide: (person, input, act) => {
    const faults = faultsOfMeasurement(
      input,
      { ...person, now: act.now, zone: act.zone },
      {
        low: (field) => act.policy('health-record.plausible-low', field),
        high: (field) => act.policy('health-record.plausible-high', field),
        lateEntryDays: act.policy('health-record.late-entry-days'),
      },
    )
    if (faults.length > 0) return refuseAll(faults)
    const id = act.newId()
    const at = (input.measuredAt ?? act.now) as Instant
    const observation = observationOf(input, { id, person: person.id, at, synthetic: person.synthetic })
    const body = JSON.stringify(observation)
    const index = indexOfResource(observation as unknown as Resource, act.zone)
    const fresh: store.NewResource = {
      person: person.id,
      id,
      type: 'Observation',
      sourceId: null,
      body,
      hash: store.hashOf(body),
      index,
    }
    // Announced to the person at once: the first page of the phone asks again when it hears this.
    const told: TraceEvent = {
      type: 'health-record.result-ready',
      case: { kind: 'record', org: act.actor.org ?? ('0' as OrgId), id },
      person: person.id,
      seenBy: act.actor.org ? [act.actor.org] : [],
    }
    return ok({ change: fresh, answer: { observation: id, at }, events: [told] })
  },
  write: async (tx, fresh, act) => void (await store.addResource(tx, fresh, act.now)),
})
