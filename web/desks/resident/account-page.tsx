import { useState } from 'react'
import { showable } from '../../api/api-error.ts'
import { useApi } from '../../api/use-api.ts'
import { Page } from '../../shell/desk-frame.tsx'
import { useActor, useSession } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Card, Facts } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { MyApps } from '../../shell/my-apps.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useToast } from '../../ui/toast.tsx'
import { usePick, useWordsOf } from '../../words/language.tsx'
import { Emergency } from './call-link.tsx'
import { ChangePassword } from './change-password.tsx'
import { FamilyDoctorCall, useFamilyDoctorPlace } from './family-doctor.tsx'
import { residentWords } from './words.ts'

/** My data, my family doctor, my password, signing out, and the number for emergencies. */
export const AccountPage = () => {
  const { places } = useWordsOf(residentWords)
  return (
    <Page title={places.account}>
      <MyData />
      <FamilyDoctor />
      <MyApps />
      <ChangePassword />
      <Leave />
      <Card>
        <Emergency />
      </Card>
    </Page>
  )
}

const MyData = () => {
  const shared = useWordsOf(residentWords)
  const { account: words } = shared
  const pick = usePick()
  const { resident } = useActor()
  const { data, error, isPending, refetch } = useApi('residents.get', { person: resident ?? '' }, { enabled: resident !== null })
  return (
    <Card title={words.data} aside={data?.synthetic === true ? <Chip tone="quiet">{shared.synthetic}</Chip> : undefined}>
      {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {isPending && error === null && <Skeleton lines={4} />}
      {data !== undefined && (
        <div className="stack">
          <Facts
            facts={[
              [words.name, pick(data.name)],
              [words.sex, words.sexes[data.sex]],
              [words.bornOn, data.bornOn ?? words.missing],
              [words.idNumber, data.idNumber ?? words.missing],
              [words.phone, data.phone ?? words.missing],
              [words.address, data.address ?? words.missing],
              [words.insurance, words.insurances[data.insurance]],
            ]}
          />
          <p className="soft small">{words.wrong}</p>
        </div>
      )}
    </Card>
  )
}

const FamilyDoctor = () => {
  const { account: words } = useWordsOf(residentWords)
  const pick = usePick()
  const place = useFamilyDoctorPlace()
  return (
    <Card title={words.family}>
      <div className="stack">
        <p className="big-line">{place === null ? words.noFamily : pick(place.name)}</p>
        <FamilyDoctorCall />
      </div>
    </Card>
  )
}

const Leave = () => {
  const { account: words } = useWordsOf(residentWords)
  const pick = usePick()
  const toast = useToast()
  const { signOut } = useSession()
  const [busy, setBusy] = useState(false)
  const leave = async (everywhere: boolean) => {
    setBusy(true)
    try {
      await signOut(everywhere)
    } catch (thrown) {
      toast({ text: pick(showable(thrown).body), tone: 'danger' })
      setBusy(false)
    }
  }
  return (
    <Card title={words.leave}>
      <div className="stack">
        <Button wide busy={busy} onClick={() => void leave(false)}>
          {words.leaveHere}
        </Button>
        <p className="soft small">{words.leaveEverywhereWhy}</p>
        <Button wide tone="danger" busy={busy} onClick={() => void leave(true)}>
          {words.leaveEverywhere}
        </Button>
      </div>
    </Card>
  )
}
