import { Link } from 'wouter'
import { Page } from '../../shell/desk-frame.tsx'
import { useWordsOf } from '../../words/language.tsx'
import { PersonFinder } from './person-finder.tsx'
import { caseWords, villageWords } from './words.ts'

/** The residents of this institution, and anyone in the region by the whole number. */
export const ResidentsPage = () => {
  const words = useWordsOf(villageWords)
  const register = (
    <Link className="button plain" to="/village/register">
      {words.find.register}
    </Link>
  )
  return (
    <Page title={words.residents} acts={register}>
      <PersonFinder to={(person) => `/village/residents/${person.id}`} />
    </Page>
  )
}

/** The first step of a referral: who. */
export const ReferWhoPage = () => {
  const words = useWordsOf(caseWords)
  return (
    <Page title={words.refer.title} lead={words.refer.who}>
      <PersonFinder to={(person) => `/village/refer/${person.id}`} />
    </Page>
  )
}

/** The first steps of an emergency: what, then who. */
export { RushStartPage as RushWhoPage } from './rush-page.tsx'
