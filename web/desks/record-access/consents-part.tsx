import { useState } from 'react'
import type { ShownConsent } from '../../../src/modules/record-access/contract.ts'
import { useApi, useCommand } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { List, PlainRow } from '../../ui/list.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { formatInstant } from '../../ui/time-format.ts'
import { useToast } from '../../ui/toast.tsx'
import { usePick } from '../../words/language.tsx'
import { ConsentForm } from './consent-form.tsx'
import { useConsentWords } from './consent-words.ts'
import { ScanButton } from './scan-button.tsx'
import { useAccessWords } from './words.ts'

const YEAR_DAYS = 365

/**
 * What a person has consented to, as it was shown then; any may be withdrawn. The person gives one for treatment by one press, or
 * one with its purpose, institution, scope and period; staff record one that was signed on paper.
 */
export const ConsentsPart = ({ person, isStaff = false }: { person: string; isStaff?: boolean }) => {
  const { consents: words } = useAccessWords()
  const { form, staff } = useConsentWords()
  const toast = useToast()
  const give = useCommand('record-access.give-consent')
  const [opens, setOpens] = useState(false)
  const { data, error, isPending, refetch } = useApi('record-access.consents', { person }, { follows: ['record-access'] })
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (isPending) return <Skeleton lines={4} />
  const hasGiven = data.consents.some((one) => one.inForce && one.purpose === 'treatment' && one.to === null)
  const onGive = () =>
    give.mutate({ person, purpose: 'treatment', days: YEAR_DAYS }, { onSuccess: () => toast({ text: words.given }) })
  return (
    <div className="stack">
      <p className="soft">{isStaff ? staff.consentsLead : words.lead}</p>
      {!hasGiven && !isStaff && (
        <Button wide tone="primary" busy={give.isPending} onClick={onGive}>
          {words.give}
        </Button>
      )}
      <Button wide onClick={() => setOpens(true)}>
        {isStaff ? form.paper : form.open}
      </Button>
      {give.error !== null && <ErrorNote error={give.error} />}
      {data.consents.length === 0 ? (
        <EmptyState kind="none" title={isStaff ? words.noneOfPerson : words.none} why={isStaff ? staff.noneWhy : words.noneWhy} />
      ) : (
        <List label={words.part}>
          {data.consents.map((consent) => (
            <ConsentRow key={consent.id} person={person} consent={consent} />
          ))}
        </List>
      )}
      {opens && <ConsentForm person={person} isPaper={isStaff} onClose={() => setOpens(false)} />}
    </div>
  )
}

const ConsentRow = ({ person, consent }: { person: string; consent: ShownConsent }) => {
  const { consents: words } = useAccessWords()
  const pick = usePick()
  const toast = useToast()
  const withdraw = useCommand('record-access.withdraw-consent')
  const onWithdraw = () => withdraw.mutate({ person, consent: consent.id }, { onSuccess: () => toast({ text: words.withdrawn }) })
  return (
    <PlainRow
      title={pick(consent.shown)}
      lines={
        <>
          {formatInstant(consent.givenAt)} · {words.givenBy[consent.givenBy]}
          {consent.givenBy === 'paper' && ' '}
          {consent.givenBy === 'paper' && <ScanButton person={person} consent={consent.id} />}
          {withdraw.error !== null && <ErrorNote error={withdraw.error} />}
        </>
      }
      aside={
        consent.inForce ? (
          <Button busy={withdraw.isPending} onClick={onWithdraw}>
            {words.withdraw}
          </Button>
        ) : (
          <Chip tone="quiet">{words.ended}</Chip>
        )
      }
    />
  )
}
