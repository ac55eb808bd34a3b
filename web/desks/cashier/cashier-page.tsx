import { useSearchParams } from 'wouter'
import { Page } from '../../shell/desk-frame.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { useWordsOf } from '../../words/language.tsx'
import { BillsView } from './bills-view.tsx'
import { BooksView } from './books-view.tsx'
import './cashier.css'
import { OpenView } from './open-view.tsx'
import { ReleasedView } from './released-view.tsx'
import { cashierWords } from './words.ts'

const views = ['bills', 'open', 'released', 'books'] as const
type View = (typeof views)[number]

/** Where bills are opened, paid at the window, carried out, and their books compared. */
export const CashierPage = () => {
  const words = useWordsOf(cashierWords)
  const [search, setSearch] = useSearchParams()
  const shown = views.find((view) => view === search.get('view')) ?? 'bills'
  const show = (view: View, more: Record<string, string> = {}) => setSearch(view === 'bills' ? more : { view, ...more })
  const bill = search.get('bill')
  return (
    <Page title={words.title} lead={words.lead}>
      <Tabs
        label={words.views}
        tabs={views.map((key) => ({ key, label: words.tabs[key] }))}
        shown={shown}
        onShow={(view) => show(view)}
      >
        {shown === 'bills' && <BillsView bill={bill} onOpen={(id) => show('bills', { bill: id })} />}
        {shown === 'open' && <OpenView onOpened={(id) => show('bills', { bill: id })} />}
        {shown === 'released' && <ReleasedView />}
        {shown === 'books' && <BooksView />}
      </Tabs>
    </Page>
  )
}
