import type { Knowledge, TrainingText } from '../knowledge.ts'
import { withoutRooms } from '../terms.ts'
import { seeded } from './train.ts'

// Texts made of the structured knowledge: a name or saying of it, put into sentences as people ask.

const OF_DISEASE = [
  '{who}得了{it}怎么治疗', '{it}能治好吗', '{who}{it}{dur}了,吃什么药好', '{it}要注意什么', '{hi}{who}查出来{it},严重吗', '{it}需要手术吗',
  '{who}有{it},可以吃{food}吗', '{it}会遗传吗', '{it}怎么引起的', '检查报告说{it},要不要紧', '{hi}{who}患{it}{dur},最近又犯了,怎么办', '{it}会不会传染',
  '{it}平时饮食要注意哪些', '{who}去医院看了说是{it},开了药吃了没效果', '{it}的症状有哪些', '{it}复查要做什么检查', '{it}看哪个科', '{it}做手术要多少钱',
  '{who}{it}好几年了反反复复,有没有办法断根', '{it}能不能运动', '{it}做完手术{dur}了恢复得怎么样才算正常', '{it}最好的治疗方法是什么', '怀疑是{it}', '{it}早期有什么表现',
] // prettier-ignore
const OF_DRUG = [
  '{it}能长期吃吗', '{who}一直在吃{it},可以停药吗', '{it}有什么副作用', '{hi}吃了{it}{dur}没效果怎么办', '{it}饭前吃还是饭后吃', '医生开了{it},有必要吃吗',
  '{it}和别的药能一起吃吗', '{it}吃多久', '忘记吃{it}了怎么办', '{who}吃{it}后有点不舒服', '{it}多少钱', '{it}可以换别的药吗',
  '{it}的结果怎么看', '需要做{it}吗',
] // prettier-ignore
const OF_TROUBLE = [
  '{who}{it}{dur}了', '{it}是怎么回事', '{hi}{who}最近{it},怎么办', '{who}{it},还有点{more}', '{it}{dur},吃了药不见好', '{it}挂什么科', '{it}怎么治',
  '{it},{more},这是什么病', '总是{it},要做什么检查', '{who}这几天{it},没有{other}', '{it}是什么原因引起的', '{hi}{who}{dur}前开始{it},{more},去医院看过没查出什么',
  '{who}晚上{it}睡不好', '{it}严重吗要不要紧', '{it}吃什么药好得快', '{more}也{it}', '{it}', '{who}{it}',
] // prettier-ignore

const GREETINGS = ['', '', '', '您好医生,', '医生你好,', '你好,请问', '请问', '大夫,', '想咨询一下,', '急,']
const DURATIONS = [
  '三天',
  '一周',
  '两个多月',
  '半年',
  '好几天',
  '一年多',
  '2天',
  '10天',
  '三年',
  '一个月',
  '几个小时',
  '昨天',
  '半个月',
]
const FOODS = ['鸡蛋', '海鲜', '牛肉', '辣椒', '水果', '党参', '蜂蜜', '喝酒', '喝茶', '豆制品']
const ADULTS = [
  '',
  '',
  '',
  '我',
  '我',
  '本人男{age}岁,',
  '女{age}岁,',
  '我妈妈',
  '我爸{age}岁,',
  '我老公',
  '老婆',
  '我奶奶{age}岁',
  '一个朋友',
  '患者男,{age}岁,',
  '家里老人',
]
const WOMEN = ['', '', '我', '我', '女{age}岁,', '我老婆', '我{age}岁,', '本人女,', '我女朋友', '我妈']
const MEN = ['', '', '我', '我', '男{age}岁,', '我老公', '本人男{age}岁,', '我男朋友', '我今年{age},']
const CHILDREN = [
  '宝宝',
  '孩子',
  '我儿子{small}岁,',
  '我女儿{small}岁',
  '小孩{small}岁,',
  '宝宝{month}个月,',
  '我家宝宝',
  '娃',
  '小朋友{small}岁半,',
  '婴儿',
]

type Random = () => number
const pick = <T>(list: readonly T[], random: Random): T => list[Math.floor(random() * list.length)] as T
const between = (least: number, most: number, random: Random): string => String(least + Math.floor(random() * (most - least + 1)))

const whoFor = (department: string, random: Random): string => {
  const list = /^0[789]/.test(department)
    ? CHILDREN
    : /^0(501|502|503|6)/.test(department)
      ? WOMEN
      : department === '0404'
        ? MEN
        : ADULTS
  return pick(list, random)
    .replace('{age}', between(department === '0310' ? 70 : 18, department === '0502' ? 38 : 78, random))
    .replace('{small}', between(1, 12, random))
    .replace('{month}', between(1, 20, random))
}

/** One of the departments, each as often as the square of its weight. */
const departmentBy = (weights: Readonly<Record<string, number>>, random: Random): string | null => {
  const entries = Object.entries(withoutRooms(weights)).filter(([, weight]) => weight > 1)
  const sum = entries.reduce((total, [, weight]) => total + weight * weight, 0)
  let left = random() * sum
  for (const [code, weight] of entries) {
    left -= weight * weight
    if (left <= 0) return code
  }
  return null
}

type Subject = {
  readonly saying: string
  readonly weights: Readonly<Record<string, number>>
  readonly sentences: readonly string[]
  readonly times: number
}

/** Denials must be of something that is no trouble of the same text. */
const OTHERS = ['发烧', '呕吐', '外伤', '过敏史', '家族史', '头晕', '咳嗽']

const subjectsOf = ({ symptoms, names, conditions }: Knowledge): Subject[] => [
  ...names.flatMap(({ kind, departments, says }) =>
    says.map((saying) => ({
      saying,
      weights: departments,
      sentences: kind === 'drug' ? OF_DRUG : OF_DISEASE,
      times: kind === 'drug' ? 2 : 3,
    })),
  ),
  ...conditions.flatMap(({ zh, aliases, specialty, also }) =>
    [zh, ...aliases].map((saying) => ({
      saying,
      weights: { ...Object.fromEntries(also.map((code) => [code, 2])), [specialty]: 5 },
      sentences: OF_DISEASE,
      times: 2,
    })),
  ),
  ...symptoms.flatMap(({ kind, zh, says, departments }) =>
    ['modifier', 'population', 'nothing', 'part'].includes(kind)
      ? []
      : [zh, ...says].map((saying) => ({
          saying,
          weights: departments,
          sentences: kind === 'drug' || kind === 'test' ? OF_DRUG : kind === 'disease' ? OF_DISEASE : OF_TROUBLE,
          times: 2,
        })),
  ),
]

const ADULT_ILLNESS = /^(03|02|16)/
/** Of what adults' physicians treat, so often the text is made to be of a child, and then it is for paediatrics. */
const CHILDREN_SHARE = 0.12

/** So often a text is a title and a story: two sentences about the same. */
const STORIES_SHARE = 0.3
const STORY_AFTER = [' ', '。', ',', '?', ' ', '?我']

/** Makes texts of the structured knowledge; the seed decides which. */
export const generateTexts = (knowledge: Knowledge, seed: number): TrainingText[] => {
  const random = seeded(seed)
  const subjects = subjectsOf(knowledge)
  const troubles = new Map<string, string[]>()
  for (const { saying, weights, sentences } of subjects)
    if (sentences === OF_TROUBLE)
      for (const [code, weight] of Object.entries(weights))
        if (weight >= 4) troubles.set(code, [...(troubles.get(code) ?? []), saying])
  const texts: TrainingText[] = []
  for (const { saying, weights, sentences, times } of subjects)
    for (let time = 0; time < times; time += 1) {
      const own = departmentBy(weights, random)
      if (own === null) continue
      const department = ADULT_ILLNESS.test(own) && random() < CHILDREN_SHARE ? '0700' : own
      const more = pick(troubles.get(own) ?? ['不舒服'], random)
      const story = random() < STORIES_SHARE ? pick(STORY_AFTER, random) + pick(sentences, random) : ''
      const text = `${pick(sentences, random)}${story}`
        .replaceAll('{hi}', () => pick(GREETINGS, random))
        .replaceAll('{who}', () => whoFor(department, random))
        .replaceAll('{it}', () => whole(saying, random))
        .replaceAll('{more}', () => whole(more, random))
        .replaceAll('{dur}', () => pick(DURATIONS, random))
        .replaceAll('{food}', () => pick(FOODS, random))
        .replaceAll('{other}', () => pick(OTHERS, random))
      texts.push({
        text: department === '0700' && own !== department && !CHILD_WORD.test(text) ? `宝宝${text}` : text,
        department,
      })
    }
  return texts
}

const CHILD_WORD = /(宝宝|孩子|儿子|女儿|小孩|娃|小朋友|婴儿)/
const BETWEEN = ['', '有点', '老是', '这里', '一阵阵', '突然', '特别']
/** `胸口~痛` as somebody says it. */
const whole = (saying: string, random: Random): string => saying.replace('~', () => pick(BETWEEN, random))
