import { useWordsOf, type Words } from '../words/language.tsx'

const zh = {
  title: '我允许的应用',
  none: '您没有允许任何第三方应用查看资料。',
  since: (from: string, until: string) => `${from} 允许，${until} 到期`,
  end: '收回',
  sure: (app: string) => `收回给“${app}”的授权？`,
  consequence: '它立即不能再读取您的资料；已读走的内容不会因此删除。以后可重新允许。',
  done: (app: string) => `已收回，“${app}”不能再读取您的资料。`,
}

const en: typeof zh = {
  title: 'Apps I let in',
  none: 'You have let no app see your data.',
  since: (from, until) => `Let in ${from}, until ${until}`,
  end: 'Take back',
  sure: (app) => `Take back what “${app}” was allowed?`,
  consequence:
    'It can read your data no longer, at once; what it has read already is not deleted by this. You may let it in again.',
  done: (app) => `Taken back: “${app}” can read your data no longer.`,
}

const myAppsWords: Words<typeof zh> = { zh, en }

/** Words of the apps that one has let in. */
export const useMyAppsWords = (): typeof zh => useWordsOf(myAppsWords)
