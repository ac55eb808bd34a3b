import { Redirect, Route, Switch } from 'wouter'
import { DeskFrame, Page, type Place } from '../../shell/desk-frame.tsx'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useWordsOf } from '../../words/language.tsx'
import { residentWords } from './words.ts'

/** The resident's pages: my referral, what to bring, help. */
export const Desk = () => {
  const words = useWordsOf(residentWords)
  const places: Place[] = [
    { to: '/me/referral', label: words.referral, icon: 'baton' },
    { to: '/me/bring', label: words.bring, icon: 'record' },
    { to: '/me/help', label: words.help, icon: 'phone' },
  ]
  return (
    <DeskFrame places={places}>
      <Switch>
        <Route path="/me/referral">
          <Page title={words.referral}>
            <EmptyState kind="none" title={words.none} why={words.why} />
          </Page>
        </Route>
        <Route path="/me/bring">
          <Page title={words.bring}>
            <EmptyState kind="none" title={words.none} why={words.bringWhy} />
          </Page>
        </Route>
        <Route path="/me/help" component={Help} />
        <Redirect to="/me/referral" replace />
      </Switch>
    </DeskFrame>
  )
}

const Help = () => {
  const words = useWordsOf(residentWords)
  return (
    <Page title={words.help}>
      <Card>
        <div className="stack">
          <p>{words.helpText}</p>
          <p>
            <a className="button danger" href="tel:120">
              <Icon name="phone" />
              <span>{words.call}</span>
            </a>
          </p>
        </div>
      </Card>
    </Page>
  )
}
