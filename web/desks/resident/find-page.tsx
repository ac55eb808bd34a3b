import { FindSteps } from '../../find/find-page.tsx'
import { findWords } from '../../find/find-words.ts'
import { Page } from '../../shell/desk-frame.tsx'
import { useWordsOf } from '../../words/language.tsx'

/** From what troubles to the right place, for who is signed in: sorted from where they live, booked in the next step. */
export const FindPage = () => {
  const words = useWordsOf(findWords)
  return (
    <Page title={words.title} lead={words.lead}>
      <FindSteps />
    </Page>
  )
}
