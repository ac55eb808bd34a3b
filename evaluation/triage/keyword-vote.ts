import type { Answer } from './measures.ts'

// The yardstick: each word that occurs is one vote for its department. No negation, no age, no weights.
// Words as a first listing of each department would name them; written without looking at the results.
const WORDS: Readonly<Record<string, string>> = {
  '0100': '疫苗 接种 狂犬 预防针',
  '0301': '咳嗽 咳痰 哮喘 气喘 肺炎 肺结节 慢阻肺 支气管 打鼾',
  '0302': '胃 腹泻 便秘 拉肚子 反酸 肚子痛 腹痛 肠 肝 消化 恶心 幽门',
  '0303': '头痛 头晕 头疼 失眠 手麻 癫痫 脑梗 中风 偏瘫 帕金森 记性',
  '0304': '高血压 血压 心慌 胸闷 胸痛 心脏 心电图 冠心病 早搏 房颤 支架',
  '0305': '贫血 白血病 血小板 白细胞 血红蛋白 淋巴瘤',
  '0306': '肾炎 尿蛋白 肌酐 透析 肾衰 泡沫尿 肾病',
  '0307': '糖尿病 血糖 甲亢 甲减 甲状腺 胰岛素 二甲双胍 多囊',
  '0308': '类风湿 痛风 红斑狼疮 强直 关节痛 尿酸 风湿',
  '0401': '阑尾 疝气 痔疮 乳腺 胆囊 结石 肛门 肛裂 乳房',
  '0402': '颅 脑瘤 脑出血 脑膜瘤 脑积水',
  '0403': '腰痛 腰椎 颈椎 膝盖 骨折 关节 扭伤 肩膀 骨 腿痛',
  '0404': '前列腺 尿频 尿急 阴囊 包皮 睾丸 早泄 阳痿 尿痛 肾结石',
  '0405': '胸外 肋骨 气胸 漏斗胸 食管癌',
  '0406': '静脉曲张 动脉瘤 换瓣 血栓',
  '0501': '月经 白带 妇科 子宫 卵巢 阴道 宫颈 痛经 HPV 外阴',
  '0502': '怀孕 孕 胎 产检 产后 胎动 羊水 唐筛',
  '0503': '人流 避孕 药流 取环 上环',
  '0505': '不孕 试管 备孕 排卵 移植 精子',
  '0700': '宝宝 孩子 小孩 婴儿 儿子 女儿 幼儿园 岁半',
  '0701': '新生儿 黄疸 早产 脐带',
  '0900': '发育 辅食 补钙 身高 自闭',
  '1000': '眼 视力 近视 白内障 眼睛 青光眼',
  '1100': '鼻 耳 喉 嗓子 扁桃体 耳鸣 鼻炎 听力',
  '1200': '牙 口腔 牙龈 智齿 口臭 舌',
  '1300': '皮肤 痘 湿疹 荨麻疹 痒 红疹 脱发 疣 皮疹 癣 斑',
  '1500': '抑郁 焦虑 心情 睡不着 不想活 自杀 精神 烦躁 心理',
  '1600': '乙肝 传染 艾滋 发烧 发热 结核 流感',
  '1900': '癌 肿瘤 化疗 放疗 转移 靶向',
  '2000': '昏迷 中毒 大出血 车祸 抽搐 休克 急救',
  '2100': '康复 理疗 锻炼',
  '5000': '中医 中药 针灸 调理 湿气',
}

const VOTES = Object.entries(WORDS).map(([code, words]) => ({ code, words: words.split(' ') }))
const ALARMS = WORDS['2000']?.split(' ') ?? []

/** Departments by the number of their words in the text; ties by code. The confidence is the share of the votes. */
export const keywordVote = ({ text }: { readonly text: string }): Answer => {
  const counted = VOTES.map(({ code, words }) => ({ code, votes: words.filter((word) => text.includes(word)).length }))
    .filter(({ votes }) => votes > 0)
    .toSorted((one, other) => other.votes - one.votes || one.code.localeCompare(other.code))
  const all = counted.reduce((sum, { votes }) => sum + votes, 0)
  return {
    departments: counted.map(({ code, votes }) => ({ code, confidence: votes / all })),
    urgency: ALARMS.some((word) => text.includes(word)) ? 'emergency' : 'soon',
    channels: [],
  }
}
