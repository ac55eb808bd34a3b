import { useWordsOf } from '../../words/language.tsx'

type Named = Readonly<Record<string, string>>

const zh: Named = {
  'low-income': '低保对象', destitute: '特困人员', 'returned-to-poverty': '返贫致贫人口', 'low-income-margin': '低保边缘家庭', aided: '医疗救助对象',
  signed: '签约居民', 'insured-ten-years': '连续参保满十年', 'insured-five-years': '连续参保满五年', 'expenditure-poor': '因病致贫重病患者', orphan: '孤儿',
  'civil-section': '公务员（科级）', 'civil-department': '公务员（厅级）', 'civil-county': '公务员（处级）', 'worker-in-need': '困难职工',
  'temporary-aided': '临时救助对象', 'special-care': '优抚对象', 'severely-disabled': '重度残疾人', 'severe-disability': '重度残疾人',
  'retrenched-1960s': '六十年代精简职工', pregnant: '孕产妇', monitored: '防止返贫监测对象', 'child-in-need': '困境儿童',
  childbirth: '生育', 'vaginal-delivery': '顺产', 'difficult-delivery': '难产', 'caesarean-other': '剖宫产（其他）', 'caesarean-indicated': '剖宫产（有指征）',
  'abortion-in-hospital': '住院终止妊娠', 'mental-illness': '重性精神病', epilepsy: '癫痫', 'cancer-radiotherapy': '肿瘤放疗', 'cancer-chemotherapy': '肿瘤化疗',
  'type-1-diabetes': '1 型糖尿病', 'type-2-diabetes': '2 型糖尿病', 'transplant-rejection': '器官移植抗排异', transplant: '器官移植', lupus: '系统性红斑狼疮',
  leukaemia: '白血病', hypertension: '高血压', diabetes: '糖尿病', dialysis: '透析', 'cancer-surgery': '肿瘤手术', 'aplastic-anaemia': '再生障碍性贫血', aids: '艾滋病',
} // prettier-ignore

const en: Named = {
  'low-income': 'Low income', destitute: 'Destitute', 'returned-to-poverty': 'Returned to poverty', 'low-income-margin': 'Margin of low income', aided: 'Receives medical aid',
  signed: 'Signed with a family doctor', 'insured-ten-years': 'Insured ten years on end', 'insured-five-years': 'Insured five years on end', 'expenditure-poor': 'Poor through illness',
  'civil-section': 'Civil servant (section)', 'civil-department': 'Civil servant (department)', 'civil-county': 'Civil servant (county)', 'retrenched-1960s': 'Retrenched in the 1960s',
} // prettier-ignore

const words = { zh, en }
/** A name of the books in words; an unnamed one with its hyphens taken out. */
export const useBookName = (): ((name: string) => string) => {
  const names = useWordsOf(words)
  return (name) => names[name] ?? name.replaceAll('-', ' ')
}
