import { pinyin } from 'pinyin-pro'
import type { Random } from './random.ts'

/** Surnames with their rough share in Hunan, per thousand. */
const SURNAMES: readonly (readonly [zh: string, weight: number])[] = `
  李 80, 刘 75, 陈 66, 王 56, 张 55, 周 50, 黄 37, 杨 36, 罗 33, 唐 28, 彭 28, 吴 26, 谭 23, 曾 23,
  邓 22, 何 22, 胡 22, 肖 22, 谢 18, 蒋 16, 向 15, 田 13, 龙 13, 朱 13, 欧阳 7, 贺 11, 袁 11, 廖 11,
  易 11, 赵 11, 刁 2, 石 10, 伍 10, 夏 9, 尹 9, 文 9, 戴 8, 毛 8, 邹 8, 熊 8, 覃 8, 段 7, 姚 7, 付 6,
  滕 6, 麻 5, 司马 1, 上官 1, 诸葛 1, 皇甫 1, 司徒 1, 单 1, 仇 1, 区 1`
  .split(',')
  .map((entry) => entry.trim().split(' '))
  .map(([zh = '', weight]) => [zh, Number(weight)] as const)

const SURNAME_WEIGHTS = SURNAMES.reduce((sum, [, weight]) => sum + weight, 0)

type Sex = 'male' | 'female'

/** First and second characters that a generation liked: born before 1970, before 2000, and after. */
const GIVEN: Record<Sex, readonly (readonly [first: string, second: string])[]> = {
  male: [
    ['国建志光德文金正新明长玉家世福春立永大运', '华生明军平清祥才林元初贵兴初良国云山成安'],
    ['志建伟文海晓永立小国俊宏春宇学明少新超正', '军强勇辉斌华波鹏锋平林飞亮刚伟龙涛明杰成'],
    ['子浩宇俊梓嘉奕博思泽铭天家皓一文景睿晨逸', '轩涵宇然睿豪辰泽铭阳博航熙昊杰远恒霖言舟'],
  ],
  female: [
    ['秀桂玉金春冬凤腊美月淑素兰菊翠银福爱运满', '英兰珍莲娥香梅云秀华芳莲枝姣清元媛满妹贞'],
    ['丽小红艳晓海春燕雪美慧文冬玉金秀静彩佳琼', '芳娟霞丽平琴英燕梅红玲华敏兰萍芬蓉辉群艳'],
    ['子梓欣雨诗思一语佳嘉可若紫心依芷钰沐晨筱', '涵萱怡琪妍彤瑶悦宁萌茜琳馨玥汐诺然晴菲桐'],
  ],
}

/** Characters outside everyday fonts and, for 𠮷, outside the first Unicode plane: names that old systems lose. */
const RARE = ['䶮', '㼆', '𠮷', '喆', '淼', '玥', '堃', '犇'] as const

/** A surname by its share in the province. */
export const surname = (random: Random): string => {
  let left = random.next() * SURNAME_WEIGHTS
  return (SURNAMES.find(([, weight]) => (left -= weight) < 0) ?? SURNAMES[0])?.[0] as string
}

/** A given name of the generation and sex; one in 150 has a rare character. */
export const givenName = (random: Random, sex: Sex, bornOn: string): string => {
  const year = Number(bornOn.slice(0, 4))
  const [first, second] = GIVEN[sex][year < 1970 ? 0 : year < 2000 ? 1 : 2] as readonly [string, string]
  if (random.chance(1 / 150)) return random.chance(0.5) ? random.pick(RARE) : random.pick([...first]) + random.pick(RARE)
  return random.chance(0.12) ? random.pick([...second]) : random.pick([...first]) + random.pick([...second])
}

/** The name in letters, surname first, as a passport writes it; null when a character has no known reading. */
export const nameInLetters = (surname: string, given: string): string | null => {
  const syllables = pinyin(surname + given, { toneType: 'none', type: 'array', surname: 'head', v: true })
  const cut = [...surname].length
  const letters = [syllables.slice(0, cut).join(''), syllables.slice(cut).join('')]
  if (letters.some((part) => !/^[a-z]+$/.test(part))) return null
  return letters.map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join(' ')
}

/** Invented foreigners who live in the county. */
export const FOREIGNERS: readonly { zh: string; en: string; sex: Sex }[] = [
  { zh: '艾米莉·布朗', en: 'Emily Brown', sex: 'female' },
  { zh: '约翰·史密斯', en: 'John Smith', sex: 'male' },
  { zh: '阮氏明', en: 'Nguyen Thi Minh', sex: 'female' },
  { zh: '金秀妍', en: 'Kim Su-yeon', sex: 'female' },
  { zh: '穆罕默德·阿里·汗', en: 'Muhammad Ali Khan', sex: 'male' },
  { zh: '安娜·伊万诺娃', en: 'Anna Ivanova', sex: 'female' },
  { zh: '奥马尔·迪亚洛', en: 'Omar Diallo', sex: 'male' },
]
