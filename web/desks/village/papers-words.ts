import { useWordsOf, type Words } from '../../words/language.tsx'

const zh = {
  title: '证件和卡号',
  none: '没有登记证件。领到证件后请补登。',
  ended: (day: string, why: string) => `${day} 停用：${why}`,
  since: (day: string) => `${day} 起`,
  issue: '补登或更换证件',
  issueTitle: '补登或更换证件',
  issueWhy: '新身份证号会代替原来的身份证号，原号码留在历史中；护照等其他证件可以并存。',
  number: '新的证件号码',
  numberMissing: '请填写证件号码。',
  numberWrong: '身份证号不对，请核对 18 位号码。',
  newName: '正式姓名（新生儿取名后填写，可不填）',
  reason: '原因',
  reasonHint: '例如：已上户口；身份证号更正；换领护照。',
  reasonMissing: '请写明原因，至少 2 个字。',
  issued: '已登记证件',
  newborn: '登记新生儿',
  newbornTitle: '登记新生儿（暂无证件）',
  newbornWhy: '以母亲、胎次、出生日期建立临时身份；领到证件后在孩子的页面补登。',
  bornOn: '出生日期',
  bornMissing: '请填写出生日期。',
  order: '第几胎（双胞胎按先后）',
  sex: '性别',
  sexMissing: '请选择性别。',
  childName: '姓名（没取名可不填）',
  born: '已登记新生儿',
}

const en: typeof zh = {
  title: 'Papers and card numbers',
  none: 'No paper is registered. Record it once it is issued.',
  ended: (day, why) => `ended ${day}: ${why}`,
  since: (day) => `since ${day}`,
  issue: 'Record or replace a paper',
  issueTitle: 'Record or replace a paper',
  issueWhy:
    'A new identity number replaces the old one, which stays in the history; passports and other papers stand beside each other.',
  number: 'New number',
  numberMissing: 'Enter the number.',
  numberWrong: 'The identity number is wrong; check its 18 characters.',
  newName: 'Registered name (of a newborn that was named; may stay empty)',
  reason: 'Why',
  reasonHint: 'Such as: entered in the household book; number corrected; passport renewed.',
  reasonMissing: 'Say why, at least 2 characters.',
  issued: 'Recorded',
  newborn: 'Register a newborn',
  newbornTitle: 'Register a newborn (without papers)',
  newbornWhy:
    'Mother, birth order and birth date make a temporary identity; papers are recorded on the child’s page once issued.',
  bornOn: 'Born on',
  bornMissing: 'Enter the birth date.',
  order: 'Birth order (of twins, who came first)',
  sex: 'Sex',
  sexMissing: 'Choose the sex.',
  childName: 'Name (may stay empty)',
  born: 'The newborn is registered',
}

const words: Words<typeof zh> = { zh, en }
/** Words of papers, changed numbers and newborns. */
export const usePapersWords = (): typeof zh => useWordsOf(words)
