import type { OrgId } from '../../../kernel/id.ts'
import { ok, refuse } from '../../../kernel/result.ts'
import { command } from '../../../platform/forms/form.ts'
import { findInstitution } from '../../organisations/index.ts'
import { finishTaskInput, followUpInput, handBackInput, referralInput } from '../contract.ts'
import { lockForMove, relationOfMove, subjectOfMove } from '../facts.ts'
import { isPrimaryCare } from '../rules/may-refer.ts'
import * as store from '../store.ts'
import { occurred, takeSteps, taskFor } from '../step.ts'

const PRIMARY = ['family-doctor@care-team', 'village-doctor@care-team', 'family-doctor@receiver', 'village-doctor@receiver'] as const

export const handBack = command({
  name: 'referral.hand-back',
  by: ['referral-desk@receiver', 'ward@receiver'],
  basis: '国家基本公共卫生服务规范(第三版) 双向转诊(回转)单; S3 符合下转标准的患者有序转诊到成员单位',
  does: { zh: '回转基层:诊断、检查、治疗经过、用药和随访方案随单送达。', en: 'Hands back to primary care with diagnosis, findings, treatment, medication and plan.' },
  input: handBackInput,
  read: async (tx, input) => {
    const move = await lockForMove(tx, input)
    if (!move) return null
    const to = input.to ?? move.referral.careOrg
    return { ...move, care: to ? await findInstitution(tx, to as OrgId) : null, wishes: Boolean(to) }
  },
  relation: relationOfMove,
  subject: subjectOfMove,
  decide: ({ referral, care, wishes }, input, act) => {
    if (!wishes) return refuse('referral.no-primary-care')
    if (!care || !isPrimaryCare(care.tier)) return refuse('referral.return-not-primary')
    const { diagnosis, inpatientNumber, findings, treatment, plan, medication } = input
    const returned = { diagnosis, inpatientNumber, findings, treatment, plan, medication, doctor: act.actor.name }
    return takeSteps(referral, { ...referral, careOrg: care.id }, [{ move: 'hand-back', patch: { returned } }], act, { sealsPackage: true })
  },
  write: store.saveChange,
})

export const receive = command({
  name: 'referral.receive',
  by: PRIMARY,
  basis: 'S4 做好接续服务; 交接须经接收方确认',
  does: { zh: '基层确认接回(或接收下转);随访任务随即开始计时。', en: 'Primary care confirms that it has the person back; the follow-up begins to run.' },
  input: referralInput,
  read: lockForMove,
  relation: relationOfMove,
  subject: subjectOfMove,
  decide: ({ referral }, _input, act) => {
    if (referral.state !== 'handed-back' && referral.direction !== 'down') return refuse('referral.not-down')
    // One who was referred down is cared for from now on by the institution that took them.
    const fresh = referral.state === 'handed-back' ? referral : { ...referral, careOrg: referral.receiver }
    return takeSteps(referral, fresh, [{ move: 'receive' }], act, { opensTasks: taskFor('follow-up', fresh, act), endsTasks: ['arrival', 'discharge'] })
  },
  write: store.saveChange,
})

export const followUp = command({
  name: 'referral.follow-up',
  by: PRIMARY,
  basis: '国家基本公共卫生服务规范(第三版):2周内主动随访',
  does: { zh: '记录接回后的随访。', en: 'Records the follow-up after the hand back.' },
  input: followUpInput,
  read: lockForMove,
  relation: relationOfMove,
  subject: subjectOfMove,
  decide: ({ referral }, input, act) => {
    const at = occurred(input.occurredAt, act)
    if (!at.ok) return at
    const followed = { on: at.value ?? act.now, way: input.way, outcome: input.outcome, note: input.note }
    const step = { move: 'follow-up' as const, patch: { followUp: followed }, occurredAt: at.value, data: { outcome: input.outcome, way: input.way } }
    return takeSteps(referral, referral, [step], act, { endsTasks: ['follow-up'] })
  },
  write: store.saveChange,
})

export const close = command({
  name: 'referral.close',
  by: [...PRIMARY, 'system@anyone'],
  basis: '随访完成后结案',
  does: { zh: '结案。', en: 'Closes the case.' },
  input: referralInput,
  read: lockForMove,
  relation: relationOfMove,
  subject: subjectOfMove,
  decide: ({ referral }, _input, act) => takeSteps(referral, referral, [{ move: 'close', patch: { endedWhy: 'followed up' } }], act),
  write: store.saveChange,
})

export const finishTask = command({
  name: 'referral.finish-task',
  by: ['family-doctor@own', 'village-doctor@own'],
  basis: 'S4 跟踪转诊患者治疗过程',
  does: { zh: '完成一项跟踪任务并记录。', en: 'Finishes a task with a note.' },
  input: finishTaskInput,
  read: (tx, input) => store.lockTask(tx, input.task),
  relation: (task, { actor }) => (task.org === actor.org ? ['own'] : []),
  subject: (task) => ({ person: task.person, case: task.referral }),
  decide: (task, input) => {
    if (task.doneAt) return refuse('referral.task-done')
    const event = {
      type: 'referral.task-finished',
      case: { kind: 'referral', org: task.caseOrg, id: task.referral },
      person: task.person,
      seenBy: [task.org, task.caseOrg],
      reason: input.note,
      data: { task: task.kind },
    }
    const waits = [{ case: { kind: 'referral-task', org: task.org, id: task.id }, open: [] }]
    return ok({ change: { task, note: input.note }, answer: { task: task.id }, events: [event], waits })
  },
  write: async (tx, { task, note }, act) => void (await store.saveTaskDone(tx, task, note, act)),
})
