import { useSearchParams } from 'wouter'
import { Page } from '../../shell/desk-frame.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { SettleView } from './settle/settle-view.tsx'
import { useSettleWords } from './settle/settle-words.ts'
import { SettledList } from './settled-page.tsx'
import { useSettledWords } from './words.ts'

const views = ['list', 'settle'] as const
type View = (typeof views)[number]

/** What the institution settled, and where it settles the next bill. */
export const DeskSettledPage = () => {
  const words = useSettledWords()
  const own = useSettleWords()
  const [search, setSearch] = useSearchParams()
  const shown = views.find((view) => view === search.get('view')) ?? 'list'
  const show = (view: View) => setSearch(view === 'list' ? {} : { view })
  return (
    <Page title={words.title} lead={shown === 'list' ? words.lead : own.lead}>
      <Tabs label={own.views} tabs={views.map((key) => ({ key, label: own.tabs[key] }))} shown={shown} onShow={show}>
        {shown === 'list' && <SettledList />}
        {shown === 'settle' && <SettleView onLook={() => show('list')} />}
      </Tabs>
    </Page>
  )
}
