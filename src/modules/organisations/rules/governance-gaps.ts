import type { Day } from '../../../kernel/day.ts'
import type { Words } from '../../../kernel/words.ts'
import {
  BODIES,
  bodyWords,
  centreWords,
  EXPECTED_DOCUMENTS,
  KNOWN_TASKS,
  MANAGEMENT_CENTRES,
  UNIFIED_AREAS,
  unifiedAreaWords,
  type Progress,
} from '../governance.ts'

/** What of a consortium's governance stands on a day, by key. */
export type Standing = {
  readonly unified: ReadonlyMap<string, boolean>
  readonly centres: ReadonlySet<string>
  readonly bodies: ReadonlySet<string>
  readonly documents: ReadonlySet<string>
  readonly tasks: ReadonlySet<string>
}

/** Something that is missing: in which register it would stand, under which key, and what it is called. */
export type Gap = { readonly register: string; readonly key: string; readonly words: Words }

export const documentWords: Readonly<Record<(typeof EXPECTED_DOCUMENTS)[number], Words>> = {
  charter: { zh: '医共体章程', en: 'Charter' },
  'disease-catalogue': { zh: '疾病分级诊疗目录', en: 'Catalogue of tiered care' },
  'referral-rules': { zh: '转诊管理办法', en: 'Referral rules' },
  'quality-rules': { zh: '医疗质量控制管理办法', en: 'Quality rules' },
}

/**
 * What a consortium's governance lacks: an area not under one management or not told of, a centre, a body, a rule document,
 * a known task that nobody has entered.
 * @source 人财物统一管理; 管理“六中心”; 理事会、监事会、章程; 20条重点任务
 */
export const gapsOf = ({ unified, centres, bodies, documents, tasks }: Standing): Gap[] => [
  ...BODIES.filter((body) => !bodies.has(body)).map((key) => ({ register: 'governance-body', key, words: bodyWords[key] })),
  ...EXPECTED_DOCUMENTS.filter((type) => !documents.has(type)).map((key) => ({
    register: 'policy-document',
    key,
    words: documentWords[key],
  })),
  ...UNIFIED_AREAS.filter((area) => unified.get(area) !== true).map((key) => ({
    register: 'unified-management',
    key,
    words: unifiedAreaWords[key],
  })),
  ...MANAGEMENT_CENTRES.filter((centre) => !centres.has(centre)).map((key) => ({
    register: 'management-centre',
    key,
    words: centreWords[key],
  })),
  ...KNOWN_TASKS.filter(({ code }) => !tasks.has(code)).map(({ code, name }) => ({
    register: 'consortium-task',
    key: code,
    words: name,
  })),
]

/** How a task stands on a day: one past its day that is not done is late, whatever was entered. */
export const progressOn = (task: { readonly state: Progress; readonly dueOn: string }, day: Day): Progress =>
  task.state !== 'done' && task.dueOn < day ? 'late' : task.state
