import { useState } from 'react'
import type { ShownReferral } from '../../../src/modules/referral/contract.ts'
import { showable } from '../../api/api-error.ts'
import { fetchQuery } from '../../api/client.ts'
import { serverNow } from '../../api/server-clock.ts'
import { useCommand } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { useToast } from '../../ui/toast.tsx'
import { usePick, useWordsOf } from '../../words/language.tsx'
import { calendarFile } from './calendar-file.ts'
import { CallLink } from './call-link.tsx'
import { CancelDialog } from './cancel-dialog.tsx'
import { addressOf, specialtyOf, useInstitution } from './institution.ts'
import { ReadAloud } from './read-aloud.tsx'
import { referralWords } from './referral-words.ts'
import { bytesOf, saveFile } from './save-file.ts'
import { isAhead, isEnded } from './steps.ts'
import { residentWords } from './words.ts'

type Acts = { referral: ShownReferral; say: (instant: string) => string }

/** What the resident can do about a referral: call, hear it, keep it, give it up. */
export const ReferralActs = ({ referral, say }: Acts) => {
  const words = useWordsOf(referralWords)
  const text = useSpoken({ referral, say })
  const { care, moves, receiver, returned } = referral
  const mayCancel = moves.includes('cancel')
  return (
    <div className="act-list not-printed">
      {!isEnded(referral) && <CallLink who={words.toHospital} phone={receiver.phone} isFirst />}
      {care !== null && <CallLink who={words.familyDoctor} phone={care.phone} isFirst={isEnded(referral)} />}
      <ReadAloud text={text} />
      {referral.state === 'scheduled' && <AddToCalendar referral={referral} />}
      <SaveSlip referral={referral.id} kind="referral" label={words.saveSlip} />
      {returned !== null && <SaveSlip referral={referral.id} kind="return" label={words.saveReturnSlip} />}
      {mayCancel && <CancelReferral referral={referral} />}
    </div>
  )
}

const useSpoken = ({ referral, say }: Acts): string => {
  const shared = useWordsOf(residentWords)
  const words = useWordsOf(referralWords)
  const pick = usePick()
  const { data } = useInstitution(referral.receiver.id)
  const { aloud } = words
  const { appointment, receiver, specialty, state } = referral
  const department = data === undefined ? null : specialtyOf(data, specialty)
  const sentences = [aloud.sentence(words.state[state])]
  if (isAhead(referral)) {
    sentences.push(aloud.place(pick(receiver.name)))
    if (department !== null) sentences.push(aloud.department(pick(department)))
    if (appointment?.doctor) sentences.push(aloud.doctor(pick(appointment.doctor)))
    sentences.push(appointment === null ? aloud.sentence(words.notYet) : aloud.when(words.arriveBy(say(appointment.startsAt))))
    sentences.push(aloud.bring(aloud.things(shared.bringThings.map(([thing]) => thing))))
  }
  return sentences.join('')
}

const AddToCalendar = ({ referral }: { referral: ShownReferral }) => {
  const shared = useWordsOf(residentWords)
  const words = useWordsOf(referralWords)
  const pick = usePick()
  const { data } = useInstitution(referral.receiver.id)
  const { appointment, id, receiver, slipNo } = referral
  if (appointment === null) return null
  const add = () => {
    const room = appointment.place ? ` ${pick(appointment.place)}` : ''
    const where = `${pick(receiver.name)}${room}${data === undefined ? '' : ` ${addressOf(data)}`}`
    const title = words.calendarTitle(pick(receiver.name))
    const notes = `${words.slipNo} ${slipNo}\n${shared.bring}: ${words.aloud.things(shared.bringThings.map(([thing]) => thing))}`
    const { startsAt, endsAt } = appointment
    saveFile(`${slipNo}.ics`, calendarFile({ id, title, where, notes, startsAt, endsAt, madeAt: serverNow() }), 'text/calendar')
  }
  return (
    <Button wide icon="calendar" onClick={add}>
      {shared.addToCalendar}
    </Button>
  )
}

const SaveSlip = ({ referral, kind, label }: { referral: string; kind: 'referral' | 'return'; label: string }) => {
  const pick = usePick()
  const toast = useToast()
  const [busy, setBusy] = useState(false)
  const save = async () => {
    setBusy(true)
    try {
      const { fileName, pdf } = await fetchQuery('referral.slip', { referral, kind })
      saveFile(fileName, bytesOf(pdf), 'application/pdf')
    } catch (thrown) {
      toast({ text: pick(showable(thrown).body), tone: 'danger' })
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button wide icon="record" busy={busy} onClick={() => void save()}>
      {label}
    </Button>
  )
}

const CancelReferral = ({ referral: { id, receiver } }: { referral: ShownReferral }) => {
  const words = useWordsOf(referralWords)
  const toast = useToast()
  const [open, setOpen] = useState(false)
  const cancel = useCommand('referral.cancel')
  return (
    <>
      <Button wide tone="danger" onClick={() => setOpen(true)}>
        {words.cancel}
      </Button>
      <CancelDialog
        words={words.cancelling}
        open={open}
        busy={cancel.isPending}
        error={cancel.error}
        before={
          receiver.phone !== null && (
            <div className="stack tight">
              <p className="soft">{words.cancelling.callInstead}</p>
              <CallLink who={words.toHospital} phone={receiver.phone} />
            </div>
          )
        }
        onCancel={(reason) =>
          cancel.mutate(
            { referral: id, reason },
            {
              onSuccess: () => {
                setOpen(false)
                toast({ text: words.cancelling.done })
              },
            },
          )
        }
        onClose={() => setOpen(false)}
      />
    </>
  )
}
