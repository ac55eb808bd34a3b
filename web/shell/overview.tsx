import { Card } from '../ui/card.tsx'
import { usePick, useWords } from '../words/language.tsx'
import { Page } from './desk-frame.tsx'
import { useActor } from './session.tsx'

/** For roles whose work is done through the open interface: what they can do there. */
export const Overview = () => {
  const words = useWords()
  const pick = usePick()
  const { role, institution } = useActor()
  const can: Partial<Record<string, readonly string[]>> = words.overview.can
  return (
    <main id="content" tabIndex={-1} className="page">
      <Page
        title={words.overview.title}
        lead={`${words.roles[role]}${institution === null ? '' : ` · ${pick(institution.name)}`}`}
      >
        <Card>
          <div className="stack">
            <p>{words.overview.noDesk}</p>
            <ul className="bulleted">
              {(can[role] ?? []).map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
            <p>
              <a className="button primary" href="/api/docs">
                {words.overview.api}
              </a>
            </p>
          </div>
        </Card>
      </Page>
    </main>
  )
}
