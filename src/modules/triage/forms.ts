import { ok } from '../../kernel/result.ts'
import type { Party } from '../../platform/access.ts'
import { carriedCommand } from '../../platform/forms/form.ts'
import type { House } from '../../platform/house.ts'
import { adviceFor } from './advice.ts'
import { assessInput, type ShownTriage } from './contract.ts'
import { openTriage } from './open-triage.ts'
import { secondOpinion, type OpinionSettings, type SecondOpinion } from './second-opinion.ts'
import type { TriageAbout } from './triage.ts'

const everyone: readonly Party[] = [
  'resident@anyone',
  'village-doctor@anyone',
  'family-doctor@anyone',
  'referral-desk@anyone',
  'ward@anyone',
  'consortium-manager@anyone',
  'insurer@anyone',
  'health-bureau@anyone',
  'administrator@anyone',
]

const opinionOf = new WeakMap<House, SecondOpinion>()

/** Lets a larger model be heard in this house; the answer counts what became of its opinions. */
export const hearSecondOpinion = (house: House, settings: OpinionSettings): SecondOpinion => {
  const opinion = secondOpinion(settings)
  opinionOf.set(house, opinion)
  return opinion
}

/** Whoever is not signed in is answered by the house's own triage alone: the text leaves the house only for those it knows. */
export const assessAlone = (text: string, about: TriageAbout): ShownTriage => ({
  ...openTriage()(text, about),
  secondOpinion: 'off',
})

const assessIn = async (house: House, text: string, about: TriageAbout): Promise<ShownTriage> => {
  const own = assessAlone(text, about)
  const opinion = opinionOf.get(house)
  if (!opinion) return own
  const { triage, heard } = await opinion.hear(text, own)
  // A raised urgency brings its own advice; the danger signs keep theirs.
  const advice = triage.urgency === own.urgency || own.dangerSigns.length > 0 ? own.advice : adviceFor(triage.urgency, [], false)
  return { ...triage, advice, secondOpinion: heard ? 'heard' : 'not-heard' }
}

/** A write in form only, because a text does not belong into an address: nothing is written, and nothing of the text is kept or logged. */
export const assess = carriedCommand({
  name: 'triage.assess',
  by: everyone,
  basis: '智能导医分诊',
  does: {
    zh: '按本人描述推荐科室、急缓和追问;不是诊断,不保存描述。',
    en: 'Departments, urgency and questions for a complaint in a person’s own words; no diagnosis, and the text is not kept.',
  },
  input: assessInput,
  wish: ({ text, ...about }) => ok({ text, about }),
  carriedBy:
    (house) =>
    async ({ text, about }) =>
      ok({ text: JSON.stringify(await assessIn(house, text, about)), replayed: false }),
}).answering<ShownTriage>()
