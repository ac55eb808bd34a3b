import type { Words } from '../../kernel/words.ts'
import type { GreenNode, GreenSide } from './green-channel.ts'

/** A moment of a rescue: its words, who writes it down, and what it cannot precede. */
export type NodeShape = { readonly words: Words; readonly sides: readonly GreenSide[]; readonly after: readonly GreenNode[] }

const BOTH = ['sender', 'receiver'] as const
const RECEIVER = ['receiver'] as const

/**
 * The table of moments. `after` lists only what is certain in every channel: nobody is scanned before the door.
 * Source: the stamps named by the five centres' standards; the order is ours.
 */
export const NODE_SHAPES: Readonly<Record<GreenNode, NodeShape>> = {
  onset: { words: { zh: '发病', en: 'Onset' }, sides: BOTH, after: [] },
  'call-120': { words: { zh: '呼叫 120', en: 'Call to 120' }, sides: BOTH, after: ['onset'] },
  'first-contact': { words: { zh: '首次医疗接触', en: 'First medical contact' }, sides: BOTH, after: ['onset'] },
  'team-out': { words: { zh: '转运队出发', en: 'Transport team leaves' }, sides: BOTH, after: ['call-120'] },
  'ecg-first': { words: { zh: '首份心电图', en: 'First ECG' }, sides: BOTH, after: ['onset'] },
  'ecg-read': { words: { zh: '心电图确诊', en: 'ECG read' }, sides: BOTH, after: ['ecg-first'] },
  stabilised: { words: { zh: '转运前稳定评估', en: 'Checked stable to travel' }, sides: BOTH, after: ['onset'] },
  'door-in': {
    words: { zh: '到院大门', en: 'Hospital door' },
    sides: RECEIVER,
    after: ['first-contact', 'call-120', 'team-out', 'stabilised'],
  },
  triage: { words: { zh: '分诊', en: 'Triage' }, sides: RECEIVER, after: ['door-in'] },
  'team-in-place': { words: { zh: '救治团队到位', en: 'Team in place' }, sides: RECEIVER, after: ['onset'] },
  'fast-scan': { words: { zh: 'FAST 超声', en: 'FAST ultrasound' }, sides: RECEIVER, after: ['first-contact'] },
  'ct-start': { words: { zh: '开始 CT', en: 'CT begins' }, sides: RECEIVER, after: ['door-in'] },
  'ct-report': { words: { zh: 'CT 报告', en: 'CT report' }, sides: RECEIVER, after: ['ct-start'] },
  lab: { words: { zh: '检验结果', en: 'Laboratory result' }, sides: BOTH, after: ['first-contact'] },
  blood: { words: { zh: '紧急用血', en: 'Emergency blood' }, sides: RECEIVER, after: ['door-in'] },
  decision: { words: { zh: '治疗决策', en: 'Decision to treat' }, sides: RECEIVER, after: ['first-contact'] },
  needle: { words: { zh: '开始溶栓', en: 'Lysis begins' }, sides: RECEIVER, after: ['first-contact', 'decision'] },
  puncture: { words: { zh: '动脉穿刺', en: 'Arterial puncture' }, sides: RECEIVER, after: ['door-in', 'decision'] },
  reperfusion: { words: { zh: '血流恢复', en: 'Reperfusion' }, sides: RECEIVER, after: ['needle', 'puncture'] },
  operation: { words: { zh: '手术开始', en: 'Operation begins' }, sides: RECEIVER, after: ['door-in', 'decision'] },
  'operation-end': { words: { zh: '手术结束', en: 'Operation ends' }, sides: RECEIVER, after: ['operation'] },
  delivery: { words: { zh: '胎儿娩出', en: 'Delivery' }, sides: RECEIVER, after: ['decision'] },
  'door-out': {
    words: { zh: '离院转出', en: 'Leaves for the next hospital' },
    sides: RECEIVER,
    after: ['door-in', 'triage', 'ct-start'],
  },
  handover: { words: { zh: '交接完成', en: 'Handed over' }, sides: RECEIVER, after: ['door-in', 'door-out'] },
}
