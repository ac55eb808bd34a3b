import { useState } from 'react'
import { useApi } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { usePick } from '../../words/language.tsx'
import { openApp } from '../advice/open-app.ts'
import { useAppsWords } from './words.ts'

/** Apps that can be started for the person at hand; nothing where none is registered. */
export const AppsOf = ({ person }: { person: string }) => {
  const words = useAppsWords()
  const pick = usePick()
  const { data } = useApi('smart.launchable', {})
  const [fault, setFault] = useState<unknown>(null)
  if (data === undefined || data.apps.length === 0) return null
  return (
    <Card title={words.here}>
      <div className="stack tight">
        <p className="soft small">{words.hereLead}</p>
        <div className="along">
          {data.apps.map((app) => (
            <Button key={app.id} onClick={() => void openApp(app.id, person).catch(setFault)}>
              {pick(app)}
            </Button>
          ))}
        </div>
        {fault !== null && <ErrorNote error={fault} />}
      </div>
    </Card>
  )
}
