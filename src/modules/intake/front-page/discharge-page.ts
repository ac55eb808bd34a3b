import { dayOf, daysBetween } from '../../../kernel/day.ts'
import type { OrgId, PersonId } from '../../../kernel/id.ts'
import { ageAtAdmission, type ReceivedPage } from '../../fund/index.ts'
import type { FrontPage } from './read.ts'

// 离院方式 of who died. @source 病案首页 of 2011 (from memory: 卫医政发〔2011〕84号)
const DIED = '5'

/** A front page as payment by disease takes it. A stay of less than a day counts as one. */
export const dischargePageOf = (org: OrgId, one: FrontPage, person: PersonId, zone: string): ReceivedPage => {
  const { sex, bornOn } = one.person
  const admittedOn = dayOf(one.admittedAt, zone)
  const dischargedOn = dayOf(one.dischargedAt, zone)
  return {
    org,
    record: `${one.recordNo}-${one.stayNo}`,
    person,
    dischargedOn,
    page: {
      diagnosis: one.main.code,
      zh: one.main.name ?? one.main.code,
      procedures: one.operations.map(({ code, level }) => ({ code, level })),
      days: Math.max(1, daysBetween(admittedOn, dischargedOn)),
      totalFen: one.totalFen,
      age: bornOn === null ? null : ageAtAdmission(bornOn, admittedOn),
      sex: sex === 'male' || sex === 'female' ? sex : null,
      died: one.wayOut === DIED,
    },
  }
}
