import type { Words } from '../../kernel/words.ts'
import type { Capability, Channel, GreenNode, Measure, Target } from './green-channel.ts'

/** A treatment that a channel has, best first: until when it helps, and what the receiving door needs for it. */
export type Treatment = {
  readonly capability: Capability
  readonly words: Words
  /** The amount of `green-channel.windows` (minutes from onset); null when there is no window. */
  readonly window: string | null
  /** The target that says how long the centre takes from its door to the treatment. */
  readonly doorTarget: string
  /** The target from the first contact within which this treatment is worth a longer way; null when there is none. */
  readonly contactTarget: string | null
}

export type ChannelShape = {
  readonly words: Words
  /** The condition that the referral carries: what is suspected, not what is proven. */
  readonly condition: { readonly key: string; readonly zh: string; readonly en: string }
  readonly nodes: readonly GreenNode[]
  /** What must come before what in this channel, beyond the table of all. */
  readonly after: Readonly<Partial<Record<GreenNode, readonly GreenNode[]>>>
  readonly targets: readonly Target[]
  readonly treatments: readonly Treatment[]
  /** What a transfer onward is for, when nothing else is said. */
  readonly onwardFor: Capability
}

const target = (
  key: string,
  from: GreenNode,
  to: GreenNode,
  zh: string,
  en: string,
  runs: Target['runs'] = 'always',
  measures: readonly Measure[] = ['limit'],
): Target => ({
  key,
  words: { zh, en },
  from,
  to,
  measures,
  runs,
})

const PRE_HOSPITAL = ['onset', 'call-120', 'first-contact'] as const

const CHEST_PAIN: ChannelShape = {
  words: { zh: '胸痛', en: 'Chest pain' },
  condition: { key: 'acute-chest-pain', zh: '急性胸痛(待查)', en: 'Acute chest pain, to be clarified' },
  nodes: [
    ...PRE_HOSPITAL,
    'ecg-first',
    'ecg-read',
    'door-in',
    'triage',
    'lab',
    'decision',
    'needle',
    'puncture',
    'reperfusion',
    'door-out',
    'handover',
  ],
  after: {},
  targets: [
    target('contact-to-ecg', 'first-contact', 'ecg-first', '首次接触到首份心电图', 'First contact to first ECG', 'always', [
      'mean',
      'reach',
    ]),
    target('ecg-to-read', 'ecg-first', 'ecg-read', '心电图到确诊', 'ECG to reading'),
    target('door-to-troponin', 'door-in', 'lab', '到院到肌钙蛋白结果', 'Door to troponin'),
    target('door-to-needle', 'door-in', 'needle', '到院到溶栓', 'Door to needle', 'lysis'),
    target('decision-to-puncture', 'decision', 'puncture', '决策到导管室穿刺', 'Decision to puncture', 'ppci'),
    target('door-to-balloon', 'door-in', 'reperfusion', '到院到血流恢复', 'Door to balloon', 'ppci', ['mean', 'reach']),
    target('contact-to-device', 'first-contact', 'reperfusion', '首次接触到血流恢复', 'First contact to device', 'ppci'),
    target('door-in-door-out', 'door-in', 'door-out', '入门到出门', 'Door in to door out', 'onward'),
  ],
  treatments: [
    {
      capability: 'ppci',
      words: { zh: '急诊介入', en: 'primary PCI' },
      window: 'ppci',
      doorTarget: 'door-to-balloon',
      contactTarget: 'contact-to-device',
    },
    {
      capability: 'lysis',
      words: { zh: '溶栓', en: 'lysis' },
      window: 'chest-pain-lysis',
      doorTarget: 'door-to-needle',
      contactTarget: null,
    },
    {
      capability: 'ppci',
      words: { zh: '急诊介入', en: 'primary PCI' },
      window: 'ppci',
      doorTarget: 'door-to-balloon',
      contactTarget: null,
    },
  ],
  onwardFor: 'ppci',
}

const STROKE: ChannelShape = {
  words: { zh: '卒中', en: 'Stroke' },
  condition: { key: 'stroke', zh: '急性脑卒中(待查)', en: 'Acute stroke, to be clarified' },
  nodes: [
    ...PRE_HOSPITAL,
    'door-in',
    'triage',
    'ct-start',
    'ct-report',
    'lab',
    'decision',
    'needle',
    'puncture',
    'reperfusion',
    'door-out',
    'handover',
  ],
  // A bleeding must be seen before anything is dissolved.
  after: { needle: ['ct-start'], decision: ['door-in'] },
  targets: [
    target('door-to-ct', 'door-in', 'ct-start', '到院到 CT', 'Door to CT'),
    target('door-to-report', 'door-in', 'ct-report', '到院到 CT 报告', 'Door to CT report'),
    target('door-to-lab', 'door-in', 'lab', '到院到检验结果', 'Door to laboratory result'),
    target('door-to-needle', 'door-in', 'needle', '到院到溶栓(DNT)', 'Door to needle', 'lysis'),
    target('onset-to-needle', 'onset', 'needle', '发病到溶栓(时间窗)', 'Onset to needle (window)', 'lysis'),
    target('door-to-puncture', 'door-in', 'puncture', '到院到穿刺(DPT)', 'Door to puncture', 'thrombectomy'),
    target('door-in-door-out', 'door-in', 'door-out', '入门到出门(DIDO)', 'Door in to door out', 'onward'),
  ],
  treatments: [
    {
      capability: 'lysis',
      words: { zh: '静脉溶栓', en: 'intravenous lysis' },
      window: 'stroke-lysis',
      doorTarget: 'door-to-needle',
      contactTarget: null,
    },
    {
      capability: 'thrombectomy',
      words: { zh: '取栓', en: 'thrombectomy' },
      window: 'thrombectomy-selected',
      doorTarget: 'door-to-puncture',
      contactTarget: null,
    },
  ],
  onwardFor: 'thrombectomy',
}

const TRAUMA: ChannelShape = {
  words: { zh: '创伤', en: 'Trauma' },
  condition: { key: 'severe-trauma', zh: '严重创伤(待评估)', en: 'Severe trauma, to be assessed' },
  nodes: [
    ...PRE_HOSPITAL,
    'door-in',
    'triage',
    'team-in-place',
    'fast-scan',
    'ct-start',
    'ct-report',
    'lab',
    'blood',
    'decision',
    'operation',
    'operation-end',
    'door-out',
    'handover',
  ],
  after: {},
  targets: [
    target('door-to-team', 'door-in', 'team-in-place', '到院到团队到位', 'Door to team in place'),
    target('door-to-fast', 'door-in', 'fast-scan', '到院到 FAST 超声', 'Door to FAST'),
    target('door-to-ct', 'door-in', 'ct-start', '到院到 CT', 'Door to CT'),
    target('door-to-blood', 'door-in', 'blood', '到院到紧急用血', 'Door to blood', 'damage-control'),
    target('door-to-operation', 'door-in', 'operation', '到院到手术', 'Door to operation', 'damage-control'),
    target('operation-length', 'operation', 'operation-end', '损伤控制手术用时', 'Length of the operation'),
    target('door-in-door-out', 'door-in', 'door-out', '入门到出门', 'Door in to door out', 'onward'),
  ],
  treatments: [
    {
      capability: 'damage-control',
      words: { zh: '损伤控制手术', en: 'damage-control surgery' },
      window: null,
      doorTarget: 'door-to-operation',
      contactTarget: null,
    },
  ],
  onwardFor: 'damage-control',
}

const MATERNAL: ChannelShape = {
  words: { zh: '危重孕产妇', en: 'Critical maternal' },
  condition: { key: 'critical-maternal', zh: '危重孕产妇', en: 'Critically ill mother' },
  nodes: [
    ...PRE_HOSPITAL,
    'door-in',
    'triage',
    'team-in-place',
    'lab',
    'blood',
    'decision',
    'delivery',
    'operation',
    'door-out',
    'handover',
  ],
  after: {},
  targets: [
    target('door-to-team', 'door-in', 'team-in-place', '到院到团队到位', 'Door to team in place'),
    target('decision-to-delivery', 'decision', 'delivery', '决策到胎儿娩出', 'Decision to delivery', 'critical-obstetrics'),
    target('door-in-door-out', 'door-in', 'door-out', '入门到出门', 'Door in to door out', 'onward'),
  ],
  treatments: [
    {
      capability: 'critical-obstetrics',
      words: { zh: '危重孕产妇救治', en: 'critical obstetric care' },
      window: null,
      doorTarget: 'door-to-team',
      contactTarget: null,
    },
  ],
  onwardFor: 'critical-obstetrics',
}

const NEWBORN: ChannelShape = {
  words: { zh: '危重新生儿', en: 'Critical newborn' },
  condition: { key: 'critical-newborn', zh: '危重新生儿', en: 'Critically ill newborn' },
  nodes: [...PRE_HOSPITAL, 'team-out', 'stabilised', 'door-in', 'triage', 'team-in-place', 'lab', 'door-out', 'handover'],
  after: {},
  targets: [
    target('call-to-team', 'call-120', 'team-out', '呼叫到转运队出发', 'Call to the team leaving'),
    target('door-to-team', 'door-in', 'team-in-place', '到院到团队到位', 'Door to team in place'),
    target('door-in-door-out', 'door-in', 'door-out', '入门到出门', 'Door in to door out', 'onward'),
  ],
  treatments: [
    {
      capability: 'critical-newborn',
      words: { zh: '危重新生儿救治', en: 'critical newborn care' },
      window: null,
      doorTarget: 'door-to-team',
      contactTarget: null,
    },
  ],
  onwardFor: 'critical-newborn',
}

/** The five channels: what each measures, what it treats, and in which order moments come. Minutes stand in the rulebook. */
export const CHANNEL_SHAPES: Readonly<Record<Channel, ChannelShape>> = {
  'chest-pain': CHEST_PAIN,
  stroke: STROKE,
  trauma: TRAUMA,
  maternal: MATERNAL,
  newborn: NEWBORN,
}
