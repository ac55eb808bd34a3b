import type { RejectReason } from '../../../src/modules/referral/referral.ts'
import type { Words } from '../../words/language.tsx'

/** What a reason of return means, and the way on that it begins with; whoever returns a case changes it to what is true. */
export type ReturnAdvice = { means: string; wayOn: string }

/** Advice for each coded reason: when it is right, and where the patient goes then. */
export const returnAdvice: Words<Record<RejectReason, ReturnAdvice>> = {
  zh: {
    'no-capacity': {
      means: '能治，但近期没有床位或号源。优先考虑改转或候诊队列。',
      wayOn: '请改转同级或医共体内有号源的机构；如愿等候，请与我科电话约定时间后重新提交。',
    },
    'beyond-capability': {
      means: '病情超出本院能力，需要更高一级医院。',
      wayOn: '请直接转上级医院相应专科；转运前请电话联系，急危重症走绿色通道。',
    },
    'wrong-specialty': {
      means: '应由另一个科目诊治。本院有该科目时请用“改转”。',
      wayOn: '请改选正确的科目后重新提交，可仍转本院。',
    },
    'not-indicated': {
      means: '按现有资料基层可以继续管理。',
      wayOn: '请在基层按原方案继续治疗，两周内复查；如出现转诊指征，请补充后重新提交。',
    },
    'information-missing': {
      means: '缺少判断所需的资料。只缺一两项时请先用“索要补充资料”，不必退回。',
      wayOn: '请补充检查结果、用药和既往史后重新提交；检查可在就近机构完成。',
    },
    'patient-unfit-for-transport': {
      means: '现在转运有危险，应先就地救治。',
      wayOn: '请先就地稳定生命体征，拨打 120 或请我院远程会诊；稳定后重新提交。',
    },
  },
  en: {
    'no-capacity': {
      means: 'Could be treated here, but there is no bed or slot soon. Consider redirecting or a queue first.',
      wayOn:
        'Please send to another institution of the consortium that has a free unit; if the patient can wait, call us to agree on a time and send again.',
    },
    'beyond-capability': {
      means: 'More than this hospital can do; a higher one is needed.',
      wayOn:
        'Please refer to the specialty at a higher hospital; call before the transport, and use the green channel in an emergency.',
    },
    'wrong-specialty': {
      means: 'Another specialty should treat this. Redirect instead if this hospital has it.',
      wayOn: 'Please choose the right specialty and send again; this hospital may stay the receiver.',
    },
    'not-indicated': {
      means: 'From what was sent, primary care can go on.',
      wayOn: 'Please go on in primary care as before and check again within two weeks; send again if a reason to refer appears.',
    },
    'information-missing': {
      means: 'Too little is known to decide. Ask for more instead if only one or two parts lack.',
      wayOn: 'Please add findings, medication and past history and send again; tests may be done nearby.',
    },
    'patient-unfit-for-transport': {
      means: 'Transport is dangerous now; treat on the spot first.',
      wayOn: 'Please stabilise the patient on the spot, call 120 or ask us for a remote consultation; send again when stable.',
    },
  },
}

/** The way on after a reason was chosen: the reason's own advice, unless somebody has written something else. */
export const wayOnFor = (why: RejectReason, typed: string, advice: Record<RejectReason, ReturnAdvice>): string => {
  const isOwnText = typed.trim() !== '' && !Object.values(advice).some(({ wayOn }) => wayOn === typed)
  return isOwnText ? typed : advice[why].wayOn
}
