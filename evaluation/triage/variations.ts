/** Numbers from 0 up to 1, from a seed. */
export type Random = { readonly below: (limit: number) => number; readonly one: <T>(of: readonly T[]) => T }

/** The same text, said otherwise. `name` is printed with what it broke. */
export type Variation = { readonly name: string; readonly of: (text: string, random: Random) => string }

// Simplified and traditional characters that occur in complaints; the texts of the set and common words were gone through.
const SIMPLIFIED =
  '头颈肿发烧压说话脸体检医药疼点个们这里边么样来时间开关门问题还没过对经应该让从将会样声气种类状态现实严重轻恶烂湿疮脓肤脚腿红黄绿蓝银铁针剂输节静脉动心脏肾脑肝胆肠胀胃闷热凉冷汗喷鼻涕喉咙乱晕转摇摆麻软无劲带孕产妇胎婴儿妈爸爷奶孙老师学岁数钱币车祸伤断骨质缝创击电触呛噎卡鱼虫蛇农毒饮杀丧绝忧郁惊恐怀双单侧两边后点钟刚才总觉饭馒鸡猫园网线结难紧张听见视觉闪亮镜伞业务买卖书写读记忆认识别问诊断证据'
const TRADITIONAL =
  '頭頸腫發燒壓說話臉體檢醫藥疼點個們這裡邊麼樣來時間開關門問題還沒過對經應該讓從將會樣聲氣種類狀態現實嚴重輕惡爛濕瘡膿膚腳腿紅黃綠藍銀鐵針劑輸節靜脈動心臟腎腦肝膽腸脹胃悶熱涼冷汗噴鼻涕喉嚨亂暈轉搖擺麻軟無勁帶孕產婦胎嬰兒媽爸爺奶孫老師學歲數錢幣車禍傷斷骨質縫創擊電觸嗆噎卡魚蟲蛇農毒飲殺喪絕憂鬱驚恐懷雙單側兩邊後點鐘剛才總覺飯饅雞貓園網線結難緊張聽見視覺閃亮鏡傘業務買賣書寫讀記憶認識別問診斷證據'
/** Both rows of the table above, letter by letter. */
export const LETTERS = { simplified: [...SIMPLIFIED], traditional: [...TRADITIONAL] }
const TO_TRADITIONAL = new Map(LETTERS.simplified.map((letter, at) => [letter, LETTERS.traditional[at] ?? letter]))

// What fingers and input methods confuse in words that say nothing of the illness.
const SLIPS = new Map(
  '的得 地的 在再 再在 他她 她他 它他 那哪 哪那 做作 作做 象像 像象 已以 坐座 吗嘛 吧把'
    .split(' ')
    .map((pair) => [pair[0], pair[1]] as const),
)
const GREETINGS = ['您好,', '医生在吗?想问一下,', '大夫你好,打扰了,', '急急急!', '你好,替家里人问一下:', '请问,']
const THANKS = [',谢谢医生', ',麻烦快点回复', '。在线等,谢谢!', ',怎么办', ',该挂哪个科?', '😭😭']
const ASIDES = [
  '我们家住在河西,坐公交要半个钟头。',
  '今天外面下雨。',
  '社保是在外地交的。',
  '平时家里就我们两个人。',
  '刚才打电话一直占线。',
  '邻居让我到这里来问。',
]
const OTHERWISE_WELL = [',没有咳嗽', ',没有皮疹', ',平时没有药物过敏', ',没有做过检查', ',没吃过什么药', ',家里没有遗传病']

const fullWidth = (text: string): string =>
  text.replaceAll(/[!-~]/g, (letter) => String.fromCodePoint((letter.codePointAt(0) as number) + 0xfee0))
const clausesOf = (text: string): string[] => text.split(/[,,。]/).filter((clause) => clause !== '')

const turned = (text: string, random: Random): string => {
  const clauses = clausesOf(text)
  const from = random.below(clauses.length)
  return [...clauses.slice(from), ...clauses.slice(0, from)].join(',')
}
const doubled = (text: string, random: Random): string => {
  const letters = [...text]
  const at = random.below(letters.length)
  return letters.toSpliced(at, 0, letters[at] as string).join('')
}

/** Ways to say the same: none of them may make an emergency look milder. */
export const SAME_MEANING: readonly Variation[] = [
  { name: 'greeting', of: (text, random) => random.one(GREETINGS) + text },
  { name: 'thanks', of: (text, random) => text + random.one(THANKS) },
  { name: 'aside before', of: (text, random) => random.one(ASIDES) + text },
  { name: 'aside after', of: (text, random) => `${text}。${random.one(ASIDES)}` },
  { name: 'traditional', of: (text) => [...text].map((letter) => TO_TRADITIONAL.get(letter) ?? letter).join('') },
  { name: 'full width', of: fullWidth },
  { name: 'lines', of: (text) => clausesOf(text).join('\n') },
  { name: 'spaces for commas', of: (text) => clausesOf(text).join(' ') },
  { name: 'clauses turned', of: turned },
  { name: 'small words mistyped', of: (text) => [...text].map((letter) => SLIPS.get(letter) ?? letter).join('') },
  { name: 'a letter doubled', of: doubled },
  { name: 'said twice', of: (text) => `${text}。${text}` },
  { name: 'something else denied', of: (text, random) => text + random.one(OTHERWISE_WELL) },
]

const DENIALS = [
  '没有胸痛',
  '没有胸闷气短',
  '不喘不憋气',
  '没有出冷汗',
  '没有昏迷也没有抽搐',
  '没有大出血',
  '没有吐血便血',
  '嘴没有歪,手脚有力气',
  '说话清楚,没有半边麻木',
  '没有被车撞过',
  '没有误服药物,没有中毒',
  '没有想死的念头',
  '无呼吸困难',
  '否认外伤',
  '没有剧烈头痛,没有呕吐',
]
const LONG_PAST = ['十年前做过阑尾手术,早好了', '小时候抽过一次风,后来再没有过', '五年前骨折过,已经长好', '前年车祸过,恢复得很好']
const OF_OTHERS = ['邻居去年心梗走的', '看新闻说有人中风了', '电视里讲了一氧化碳中毒']

/** Every way in which a text is said with something beside it; `name` is printed with what it broke. */
export type Ways = { readonly name: string; readonly ways: readonly ((text: string) => string)[] }

// Each denial stands beside one of the others, always the same.
const BESIDE = 7

/** What is denied, long past or of somebody else: none of it may make a text look more pressing. */
export const NO_DANGER: readonly Ways[] = [
  { name: 'denied after', ways: DENIALS.map((denial) => (text) => `${text},${denial}`) },
  { name: 'denied before', ways: DENIALS.map((denial) => (text) => `${denial},${text}`) },
  {
    name: 'two denied',
    ways: DENIALS.map((denial, at) => (text) => `${text}。${denial},${DENIALS[(at + BESIDE) % DENIALS.length]}。`),
  },
  { name: 'long past', ways: LONG_PAST.map((past) => (text) => `${text},${past}`) },
  { name: 'of others', ways: OF_OTHERS.map((other) => (text) => `${text},${other}`) },
]
