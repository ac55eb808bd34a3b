import type { RefusalTable } from '../../platform/refusals.ts'

const DESIGN = '交接须确认对方接得住 (设计值)'

export const continuityOwnRefusals = {
  'continuity.criterion-unknown': {
    kind: 'invalid',
    zh: '没有这一条下转标准。请刷新页面后重选。',
    en: 'There is no such criterion. Reload the page and choose again.',
    basis: null,
  },
  'continuity.receiver-not-primary': {
    kind: 'invalid',
    zh: '只能询问乡镇、社区或村级机构能否接收。请另选机构。',
    en: 'Only a township, community or village institution is asked. Choose another.',
    basis: '县域方案:下转基层接续',
  },
  'continuity.asked-already': {
    kind: 'conflict',
    zh: '已就这位患者询问过该机构,正在等待答复。请先查看已有的询问。',
    en: 'This institution has been asked about this person and has not answered yet. Look at that question first.',
    basis: null,
  },
  'continuity.answered-already': {
    kind: 'conflict',
    zh: '这次询问已经答复。如情况有变,请医院重新询问。',
    en: 'This question has been answered. If things have changed, the hospital asks anew.',
    basis: null,
  },
  'continuity.item-unknown': {
    kind: 'invalid',
    zh: '答复中有一项不在询问之列。请刷新后重填。',
    en: 'One answer is about something that was not asked. Reload and answer again.',
    basis: null,
  },
  'continuity.item-unanswered': {
    kind: 'invalid',
    zh: '“{item}”还没有答复。请选择有或没有。',
    en: '“{item_en}” is not answered. Say whether it is there.',
    basis: null,
  },
  'continuity.supplier-missing': {
    kind: 'invalid',
    zh: '“{item}”缺少:请选择由谁补上,或选择无法解决。',
    en: '“{item_en}” is missing: say who brings it, or that nobody can.',
    basis: DESIGN,
  },
  'continuity.supply-day-missing': {
    kind: 'invalid',
    zh: '“{item}”缺少:请填写哪天之前补上。',
    en: '“{item_en}” is missing: say by which day it comes.',
    basis: DESIGN,
  },
  'continuity.supply-day-past': {
    kind: 'invalid',
    zh: '“{item}”的补齐日期已过。请填写今天或以后的日期。',
    en: 'The day by which “{item_en}” comes is over. Give today or a later day.',
    basis: null,
  },
  'continuity.not-asked': {
    kind: 'conflict',
    zh: '还没有询问接收机构能否接得住。请先询问;确需不等答复,请写明原因。',
    en: 'The receiving institution has not been asked whether it is ready. Ask first; if it cannot wait, say why.',
    basis: DESIGN,
  },
  'continuity.not-answered': {
    kind: 'conflict',
    zh: '接收机构还没有答复。请等待答复;确需不等,请写明原因。',
    en: 'The receiving institution has not answered yet. Wait for it; if it cannot wait, say why.',
    basis: DESIGN,
  },
  'continuity.place-not-ready': {
    kind: 'conflict',
    zh: '接收机构答复有物品或人员无法解决。请先协调或另选机构;确需转回,请写明原因。',
    en: 'The receiving institution lacks something that nobody brings. Arrange it or choose another place; if the person must go, say why.',
    basis: DESIGN,
  },
  'continuity.answer-of-another': {
    kind: 'invalid',
    zh: '这份答复不是针对这位患者和这家接收机构的。请重新选择。',
    en: 'This answer is not about this person and this receiving institution. Choose again.',
    basis: null,
  },
  'continuity.step-in-past': {
    kind: 'invalid',
    zh: '计划步骤的日期 {day} 已过。请改为今天或以后。',
    en: 'A step stands on {day}, which is over. Choose today or a later day.',
    basis: null,
  },
  'continuity.step-unknown': {
    kind: 'invalid',
    zh: '计划中没有这一步,可能已被修改。请刷新后再试。',
    en: 'The plan has no such step; it may have been changed. Reload and try again.',
    basis: null,
  },
  'continuity.step-ticked': {
    kind: 'conflict',
    zh: '“{step}”基层已有记录,不能删除。可以另加一步。',
    en: 'Primary care has recorded “{step_en}”, so it cannot be taken out. Add another step instead.',
    basis: null,
  },
  'continuity.reason-missing': {
    kind: 'invalid',
    zh: '修改计划须写明原因。请填写原因。',
    en: 'A change of the plan needs a reason. Give it.',
    basis: null,
  },
  'continuity.why-missing': {
    kind: 'invalid',
    zh: '未完成须写明原因。请填写原因。',
    en: 'Say why it was not done.',
    basis: null,
  },
  'continuity.step-done': {
    kind: 'conflict',
    zh: '这一步已记为完成,无需重复。',
    en: 'This step is recorded as done already.',
    basis: null,
  },
  'continuity.plan-ended': {
    kind: 'conflict',
    zh: '这份计划已结束,不能再记录。如有需要请联系制定计划的医院。',
    en: 'This plan has ended and takes no more records. If needed, ask the hospital that made it.',
    basis: null,
  },
  'continuity.occurred-in-future': {
    kind: 'invalid',
    zh: '完成时间晚于现在。请核对时间。',
    en: 'The time of doing is later than now. Check it.',
    basis: null,
  },
  'continuity.not-at-home': {
    kind: 'conflict',
    zh: '这一步要由医生来做,不能自己打勾。请按日期到村卫生室或卫生院。',
    en: 'A doctor does this step; you cannot tick it yourself. Go to the clinic on the day.',
    basis: null,
  },
  'continuity.reported-today': {
    kind: 'conflict',
    zh: '今天已经报过了,明天再报。',
    en: 'You have reported this today already; report again tomorrow.',
    basis: null,
  },
  'continuity.no-plan-yet': {
    kind: 'conflict',
    zh: '患者还没有转回基层,不能单独建计划。请在回转时一并填写。',
    en: 'The person has not gone home yet. Make the plan together with the hand back.',
    basis: null,
  },
} as const satisfies RefusalTable
