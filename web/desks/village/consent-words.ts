import type { TemplateNeed } from '../../../src/modules/referral/contract.ts'
import type { Words } from '../../words/language.tsx'

const zh = {
  comma: '、',
  missing: '档案里没有，请补测或写明：',
  needs: {
    pressure: '血压',
    glucose: '空腹血糖',
    hba1c: '糖化血红蛋白',
    pulse: '心率',
    oxygen: '血氧饱和度',
    temperature: '体温',
    drugs: '目前用药',
    problems: '既往诊断',
    allergies: '过敏史',
  } satisfies Record<TemplateNeed, string>,
  papers: '随单资料和病人要带的东西',
  attach: '随单资料：',
  bring: '请病人带：',
  risks: '请逐条告知风险，会印在知情同意书上：',
  refuse: '患者或家属不同意',
  refuseTitle: '登记不同意转诊',
  refuseWhat: '不会向任何医院发送资料。原因留痕，家庭医生会收到再次告知的任务；病情危急请先拨打 120。',
  refuseWhy: '不同意的原因',
  refuseWhyMissing: '请选择原因。',
  refuseNote: '补充说明（选填）',
  refuseDone: '已登记不同意转诊，没有发送任何资料。',
  form: '打印知情同意书',
}

/** Words about consent, its risks and its refusal, and about templates. */
export const consentWords: Words<typeof zh> = {
  zh,
  en: {
    comma: ', ',
    missing: 'Not in the record; measure it or write it down:',
    needs: {
      pressure: 'blood pressure',
      glucose: 'fasting glucose',
      hba1c: 'HbA1c',
      pulse: 'heart rate',
      oxygen: 'oxygen saturation',
      temperature: 'temperature',
      drugs: 'drugs in use',
      problems: 'diagnoses',
      allergies: 'allergies',
    },
    papers: 'What goes along, and what the patient brings',
    attach: 'Goes along:',
    bring: 'The patient brings:',
    risks: 'Tell each risk; they are printed on the consent form:',
    refuse: 'Patient or family does not agree',
    refuseTitle: 'Record that there is no consent',
    refuseWhat:
      'Nothing is sent to any hospital. The reason stays on record and the family doctor gets a task to talk once more. In danger call 120 first.',
    refuseWhy: 'Why not',
    refuseWhyMissing: 'Choose the reason.',
    refuseNote: 'Note (optional)',
    refuseDone: 'Recorded that there is no consent; nothing was sent.',
    form: 'Print the consent form',
  },
}
