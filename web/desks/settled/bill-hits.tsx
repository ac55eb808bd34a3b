import { useState } from 'react'
import { useApi } from '../../api/use-api.ts'
import { useActor } from '../../shell/session.tsx'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { List, PressRow } from '../../ui/list.tsx'
import { usePick, useWordsOf } from '../../words/language.tsx'
import { HitCard } from '../audit/hit-card.tsx'
import { KIND_TONES } from '../audit/kind-tones.ts'
import { auditWords } from '../audit/words.ts'
import { useSettledWords } from './words.ts'

const ROLES = ['insurer', 'referral-desk', 'ward', 'village-doctor', 'family-doctor', 'pharmacist']

/** What the audit rules found in a settled bill; an institution sees what it was told of. Nothing where nothing was found. */
export const BillHits = ({ org, bill }: { org: string; bill: string }) => {
  const words = useSettledWords()
  const audit = useWordsOf(auditWords)
  const pick = usePick()
  const { role } = useActor()
  const [open, setOpen] = useState<string | null>(null)
  const { data } = useApi('audit-rules.hits', { org, stay: bill }, { enabled: ROLES.includes(role) })
  if (data === undefined || data.hits.length === 0) return null
  return (
    <Card title={words.hits}>
      <div className="stack">
        <List label={words.hits}>
          {data.hits.map((hit) => (
            <PressRow
              key={hit.id}
              title={pick(hit.ruleWords)}
              lines={[pick(hit.words), words.yuan(hit.amountFen)].join(' · ')}
              aside={<Chip tone={KIND_TONES[hit.kind] ?? 'quiet'}>{audit.kinds[hit.kind] ?? hit.kind}</Chip>}
              onPress={() => setOpen(open === hit.id ? null : hit.id)}
            />
          ))}
        </List>
        {open !== null && <HitCard org={org} id={open} />}
      </div>
    </Card>
  )
}
