import type { Words } from '../../kernel/words.ts'
import { EMERGENCY_CODE } from './join.ts'
import type { DangerRow } from './knowledge.ts'
import type { Reading } from './read-text.ts'
import type { Score } from './score.ts'
import type { Term, Terms } from './terms.ts'

/** At most so many words are told for one department, and so many that were denied. */
const TOLD_MOST = 4
const DENIED_TOLD_MOST = 3
/** Less than this is not worth telling. */
const POINTS_LEAST = 0.3

const quoted = (terms: readonly Term[]): Words => ({
  zh: terms.map(({ zh }) => `“${zh}”`).join(''),
  en: terms.map(({ en }) => `“${en}”`).join(', '),
})

const reasonFor = (known: Terms, score: Score, department: number, isEmergency: boolean): Words => {
  const { code, name } = known.departments[department] as { code: string; name: Words }
  if (isEmergency && code === EMERGENCY_CODE)
    return { zh: `${name.zh}:有不能等的危险信号`, en: `${name.en}: there is a sign of danger that cannot wait` }
  const told = score.contributions
    .filter((one) => one.department === department && one.points >= POINTS_LEAST)
    .sort((one, other) => other.points - one.points)
    .slice(0, TOLD_MOST)
    .map(({ term }) => known.terms[term] as Term)
  if (told.length === 0)
    return {
      zh: `${name.zh}:整段描述与应看该科的表述相近`,
      en: `${name.en}: the description as a whole resembles those that belong there`,
    }
  const words = quoted(told)
  return { zh: `${name.zh}:提到${words.zh}`, en: `${name.en}: mentions ${words.en}` }
}

/** Why, in both languages: danger signs, who is ill, what points to each department, what was denied and does not count. */
export const reasonsFor = (
  known: Terms,
  reading: Reading,
  dangers: readonly DangerRow[],
  score: Score,
  departments: readonly number[],
): Words[] => {
  const reasons: Words[] = dangers.map(({ zh, en }) => ({ zh: `危险信号:${zh}`, en: `Danger sign: ${en}` }))
  const { person } = reading
  if (person.isChild) reasons.push({ zh: '患者是儿童', en: 'The patient is a child' })
  if (person.isPregnant) reasons.push({ zh: '患者怀孕', en: 'The patient is pregnant' })
  reasons.push(...departments.map((one) => reasonFor(known, score, one, dangers[0]?.urgency === 'emergency')))
  const denied = reading.found
    .filter((one) => one.denied && !one.inside)
    .slice(0, DENIED_TOLD_MOST)
    .map(({ term }) => known.terms[term] as Term)
  if (denied.length > 0) {
    const words = quoted(denied)
    reasons.push({ zh: `已说明没有${words.zh},不计入`, en: `Denied and not counted: ${words.en}` })
  }
  return reasons
}
