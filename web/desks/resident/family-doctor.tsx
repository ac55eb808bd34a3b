import { useApi } from '../../api/use-api.ts'
import { useActor } from '../../shell/session.tsx'
import { useWordsOf } from '../../words/language.tsx'
import { CallLink } from './call-link.tsx'
import { useInstitution } from './institution.ts'
import { referralWords } from './referral-words.ts'

/** The institution of the resident's family doctor; without a contract, the village clinic. */
export const useFamilyDoctorPlace = () => {
  const { resident } = useActor()
  const { data: person } = useApi('residents.get', { person: resident ?? '' }, { enabled: resident !== null })
  return useInstitution(person?.careOrg ?? person?.clinicOrg).data?.institution ?? null
}

/** One tap calls the family doctor. Shows nothing while the place is not known. */
export const FamilyDoctorCall = () => {
  const words = useWordsOf(referralWords)
  const place = useFamilyDoctorPlace()
  return place === null ? null : <CallLink who={words.familyDoctor} phone={place.phone} />
}
