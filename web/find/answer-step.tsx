import { useState } from 'react'
import { Link } from 'wouter'
import { FamilyDoctorCall } from '../desks/resident/family-doctor.tsx'
import type { CostAsk } from '../desks/cost/use-costs.ts'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Chip, type ChipTone } from '../ui/chip.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorNote } from '../ui/error-note.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { usePick, useWordsOf } from '../words/language.tsx'
import { findWords } from './find-words.ts'
import { PlacesFound } from './places-found.tsx'
import type { Triage } from './use-find.ts'
import { preferences, useFoundPlaces, type PlacesAsked, type Preference } from './use-places.ts'

const PERCENT = 100
const tones: Record<Triage['urgency'], ChipTone> = { emergency: 'danger', urgent: 'warning', soon: 'calm', 'self-care': 'good' }
const asRanked = { emergency: 'emergency', urgent: 'urgent', soon: 'soon', 'self-care': 'routine' } as const

/** The green channel of the first sign that has one, while it is an emergency. */
const channelOf = ({ dangerSigns, urgency }: Triage): PlacesAsked['emergency'] => {
  const channel = urgency === 'emergency' ? dangerSigns.find((sign) => sign.channel !== 'other')?.channel : undefined
  return channel === 'other' ? undefined : channel
}

type Props = {
  triage: Triage
  chosen: string | null
  isSignedIn: boolean
  /** Whose costs are told beside the places: the resident's own, when asking for oneself. */
  payer: string | null
  onChoose: (code: string) => void
}

/** Which department, how soon, and where: after the danger advice, which stands above. */
export const AnswerStep = ({ triage, chosen, isSignedIn, payer, onChoose }: Props) => {
  const words = useWordsOf(findWords)
  const [first] = triage.departments
  if (first === undefined)
    return (
      <EmptyState
        kind="none"
        title={words.nothingMedical}
        why={words.nothingMedicalWhy}
        action={isSignedIn ? <FamilyDoctorCall /> : undefined}
      />
    )
  const department = triage.departments.find(({ code }) => code === chosen) ?? first
  const isEmergency = triage.urgency === 'emergency'
  return (
    <>
      {!isEmergency && <Department triage={triage} department={department} onChoose={onChoose} />}
      <section className="stack">
        <h2>{isEmergency ? words.nearestCentre : words.places}</h2>
        {!isSignedIn && <SignInFirst />}
        {/* Without knowing where somebody is, a list of visits would only hold up who is in danger. */}
        {(isSignedIn || !isEmergency) && (
          <Places
            specialty={department.code}
            emergency={channelOf(triage)}
            urgency={asRanked[triage.urgency]}
            isSignedIn={isSignedIn}
            ask={payer !== null && !isEmergency ? { person: payer, specialty: department.code } : null}
          />
        )}
      </section>
      {isEmergency && <Department triage={triage} department={department} onChoose={onChoose} />}
    </>
  )
}

type DepartmentProps = { triage: Triage; department: Triage['departments'][number]; onChoose: (code: string) => void }

const Department = ({ triage, department, onChoose }: DepartmentProps) => {
  const words = useWordsOf(findWords)
  const pick = usePick()
  const { advice, conditions, dangerSigns, departments, reasons, urgency } = triage
  return (
    <Card title={words.departments} aside={<Chip tone={tones[urgency]}>{words.urgency[urgency]}</Chip>}>
      <div className="stack">
        <p className="big-line">{pick(department.name)}</p>
        <p className="soft small">{words.sure(Math.round(department.confidence * PERCENT))}</p>
        {/* With a danger sign the same advice stands above already. */}
        {dangerSigns.length === 0 && <p>{pick(advice)}</p>}
        <p className="field-hint">{words.noDiagnosis}</p>
        {departments.length > 1 && <p className="soft small">{words.otherDepartments}</p>}
        {departments.length > 1 && (
          <fieldset className="state-choice" aria-label={words.otherDepartments}>
            {departments
              .filter(({ code }) => code !== department.code)
              .slice(0, 3)
              .map(({ code, name }) => (
                <Button key={code} small onClick={() => onChoose(code)}>
                  {pick(name)}
                </Button>
              ))}
          </fieldset>
        )}
        {reasons.length > 0 && (
          <details>
            <summary className="find-summary">{words.reasons}</summary>
            <ul className="plain-points">
              {reasons.map((reason) => (
                <li key={reason.zh}>{pick(reason)}</li>
              ))}
              {conditions.length > 0 && (
                <li>
                  {words.perhaps}：{conditions.slice(0, 3).map(pick).join('、')}
                </li>
              )}
            </ul>
          </details>
        )}
      </div>
    </Card>
  )
}

const SignInFirst = () => {
  const words = useWordsOf(findWords)
  return (
    <div className="stack tight">
      <p className="soft">{words.signInFirst}</p>
      <Link className="button plain" to="/me/find?step=places">
        {words.signIn}
      </Link>
    </div>
  )
}

const Places = ({ ask, ...asked }: Omit<PlacesAsked, 'prefer'> & { ask: CostAsk }) => {
  const words = useWordsOf(findWords)
  const [prefer, setPrefer] = useState<Preference>('fit')
  const { found, error, retry } = useFoundPlaces({ ...asked, prefer })
  const mayPrefer = asked.isSignedIn && asked.urgency !== 'emergency'
  return (
    <>
      {mayPrefer && (
        <fieldset className="state-choice" aria-label={words.prefer}>
          {preferences.map((one) => (
            <Button
              key={one}
              small
              tone={one === prefer ? 'primary' : 'plain'}
              aria-pressed={one === prefer}
              onClick={() => setPrefer(one)}
            >
              {words.preferences[one]}
            </Button>
          ))}
        </fieldset>
      )}
      {found !== undefined && <PlacesFound found={found} ask={ask} />}
      {found === undefined && (error === null ? <Skeleton lines={6} /> : <ErrorNote error={error} onRetry={retry} />)}
    </>
  )
}
