import type { Act } from '../../platform/forms/form.ts'
import { CHANNEL_SHAPES } from './channels.ts'
import type { Channel, Ecg, Onset, Vitals } from './green-channel.ts'
import { writtenMoment } from './rules/written-moment.ts'

const ONSET_ZH = { known: '发病', 'last-seen-well': '最后正常' } as const

const onsetText = (onset: Onset, zone: string): string =>
  onset.kind === 'unknown' ? '发病时间不明' : `${ONSET_ZH[onset.kind]} ${writtenMoment(onset.at, zone)}`

const vitalsText = ({ systolic, diastolic, heartRate, oxygen, glucose, coma }: Vitals): string => {
  const parts = [
    systolic || diastolic ? `血压 ${systolic ?? '—'}/${diastolic ?? '—'} mmHg` : '',
    heartRate ? `心率 ${heartRate} 次/分` : '',
    oxygen ? `血氧 ${oxygen}%` : '',
    glucose ? `血糖 ${glucose} mmol/L` : '',
    coma ? `GCS ${coma} 分` : '',
  ]
  return parts.filter((part) => part !== '').join(',')
}

const ecgText = (ecg: Ecg | null): string => {
  if (!ecg) return ''
  const parts = [
    ecg.stElevation ? 'ST 段抬高' : '',
    ecg.rate ? `心率 ${ecg.rate} 次/分` : '',
    ecg.finding ?? '',
    ecg.reference ? `图 ${ecg.reference}` : '',
  ]
  const said = parts.filter((part) => part !== '').join(',')
  return said === '' ? '' : `心电图:${said}`
}

/** The letter that goes ahead with the record: what is suspected, since when, and the figures; completed afterwards. */
export const letterOf = (told: { channel: Channel; onset: Onset; vitals: Vitals; ecg: Ecg | null }, act: Act) => ({
  impression: CHANNEL_SHAPES[told.channel].condition.zh,
  reason: [
    `${CHANNEL_SHAPES[told.channel].words.zh}绿色通道`,
    onsetText(told.onset, act.zone),
    vitalsText(told.vitals),
    ecgText(told.ecg),
  ]
    .filter((part) => part !== '')
    .join(';'),
  pastHistory: '',
  treatment: '',
})
