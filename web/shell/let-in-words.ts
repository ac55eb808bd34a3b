import { useWordsOf, type Words } from '../words/language.tsx'

const zh = {
  title: '允许应用接入健康档案？',
  asks: (app: string, where: string) => `“${app}”申请以下权限。只勾选您愿意给的；以后可在“${where}”里随时收回。`,
  where: { resident: '我的 · 我允许的应用', others: '设置 · 我允许的应用' },
  rights: '权限',
  changes: '可改动',
  goesTo: '允许后将回到',
  lasts: '有效期',
  hours: (hours: number) => (hours >= 48 ? `${Math.round(hours / 24)} 天` : `${hours} 小时`),
  about: '关于谁',
  self: '您本人',
  startedFor: '工作台当前打开的居民',
  choose: '选择居民',
  chooseHint: '输入姓名、拼音首字母或完整证件号，至少 2 个字。',
  chosen: '已选',
  change: '更换',
  noneFound: '没有找到这位居民。请核对后再输入。',
  mustChoose: '请先选择居民。',
  mustKeep: '请至少保留一项查看或办理的权限，或选择“不允许”。',
  allow: '允许',
  refuse: '不允许',
  going: '正在回到应用…',
  notGood: '这个授权请求不完整或已失效。请回到应用重新开始。',
}

const en: typeof zh = {
  title: 'Let an app at the health record?',
  asks: (app, where) =>
    `“${app}” asks for these rights. Keep only those that you want to give; you can take them back at any time under “${where}”.`,
  where: { resident: 'Me · Apps I let in', others: 'Settings · Apps I let in' },
  rights: 'Rights',
  changes: 'may change',
  goesTo: 'Afterwards you go back to',
  lasts: 'Lasts',
  hours: (hours) => (hours >= 48 ? `${Math.round(hours / 24)} days` : `${hours} h`),
  about: 'About',
  self: 'Yourself',
  startedFor: 'The person open at the desk',
  choose: 'Choose the person',
  chooseHint: 'Name, initials or the whole identity number, at least 2 characters.',
  chosen: 'Chosen',
  change: 'Change',
  noneFound: 'Nobody fits. Check what you typed.',
  mustChoose: 'Choose the person first.',
  mustKeep: 'Keep at least one right to see or do something, or choose “Refuse”.',
  allow: 'Allow',
  refuse: 'Refuse',
  going: 'Going back to the app…',
  notGood: 'This request is incomplete or over. Go back to the app and begin again.',
}

const letInWords: Words<typeof zh> = { zh, en }

/** Words of the page on which a person lets an app in. */
export const useLetInWords = (): typeof zh => useWordsOf(letInWords)
