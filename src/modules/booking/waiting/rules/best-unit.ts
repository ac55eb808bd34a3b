import { millisecondsBetween, type Instant } from '../../../../kernel/clock.ts'
import type { Pool } from '../../booking.ts'

type Compared = Pick<Pool, 'org' | 'id' | 'doctorZh' | 'startsAt'>

const isSameDoctor = (lost: Compared, one: Compared): boolean =>
  one.org === lost.org && one.doctorZh !== null && one.doctorZh === lost.doctorZh

const apartMs = (lost: Compared, one: Compared): number =>
  Math.abs(millisecondsBetween(lost.startsAt as Instant, one.startsAt as Instant))

/**
 * In which order other units are offered to somebody whose clinic was stopped: the same doctor, then the same institution, then another
 * that the person can go to; among those the one nearest in time to what was lost. Source: design.
 */
export const compareAsRemedy =
  (lost: Compared) =>
  (one: Compared, other: Compared): number =>
    Number(isSameDoctor(lost, other)) - Number(isSameDoctor(lost, one)) ||
    Number(other.org === lost.org) - Number(one.org === lost.org) ||
    apartMs(lost, one) - apartMs(lost, other) ||
    (one.id < other.id ? -1 : Number(one.id > other.id))
