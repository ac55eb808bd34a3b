import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTriage } from './index.ts'

const triage = openTriage()

/** A sentence as people say it, and the channel that must be among the danger signs found. */
const DANGERS: readonly (readonly [string, string])[] = [
  ['胸口像被大石头压住,额头冒汗二十分钟', 'chest-pain'],
  ['心窝痛冒冷汗,脸发白,65岁', 'chest-pain'],
  ['后背突然撕裂一样痛,出汗', 'chest-pain'],
  ['老爸嘴歪了,左手举不起来', 'stroke'],
  ['我妈突然说话听不清,右手拿不住碗', 'stroke'],
  ['早上醒来右半身动不了', 'stroke'],
  ['炒着菜突然半边脸垮下来,讲话像喝醉', 'stroke'],
  ['头突然炸开样痛,吐了两次', 'stroke'],
  ['从树上掉下来,腰不能动,脚没感觉', 'trauma'],
  ['被车撞了,人糊涂', 'trauma'],
  ['手指被机器轧断了', 'trauma'],
  ['肚子被牛顶了一下,痛得脸发白', 'trauma'],
  ['孕32周大出血', 'maternal'],
  ['怀孕8个月,头痛眼花脚肿', 'maternal'],
  ['产后第二天血把床单都湿透了,心慌', 'maternal'],
  ['破水了,36周', 'maternal'],
  ['孩子头都看得到了,在家里', 'maternal'],
  ['二十天的宝宝发烧38.5不吃奶', 'newborn'],
  ['出生5天,身上发灰,哼哼,不吃奶', 'newborn'],
  ['刚满月的娃吐绿水', 'newborn'],
  ['宝宝被花生米呛到,脸紫', 'other'],
  ['喘得说不出整句,嘴唇发紫', 'other'],
  ['哮喘喷了药不管用,坐着喘', 'other'],
  ['喉咙痛得口水咽不下,说话像含着东西', 'other'],
  ['咳了半脸盆血', 'other'],
  ['吐了一碗血,站不住', 'other'],
  ['拉黑便,头晕出冷汗', 'other'],
  ['肚子痛得打滚,肚子硬', 'other'],
  ['疝气掉下来推不回去,吐', 'other'],
  ['喝了百草枯', 'other'],
  ['孩子吃了爷爷的降压药', 'other'],
  ['关着门烤炭火,一家人都头晕', 'other'],
  ['吃了野蘑菇,呕吐头晕', 'other'],
  ['打完青霉素,全身红疹,喘不上气', 'other'],
  ['被银环蛇咬了', 'other'],
  ['工地中暑,昏迷,身上滚烫', 'other'],
  ['掉水里捞上来,叫不应', 'other'],
  ['被电打了,手黑了', 'trauma'],
  ['一个接一个地抽,没醒过来', 'other'],
  ['发烧抽搐,眼睛上翻,两岁', 'other'],
  ['我不想活了,药都攒好了', 'other'],
  ['站在楼顶,对不起你们', 'other'],
  ['我弟拿刀在屋里,说有人要杀他', 'other'],
  ['打了胰岛素没吃饭,满头汗叫不醒', 'other'],
  ['糖尿病,吐,迷糊,呼吸有烂苹果味', 'other'],
  ['左眼突然看不见了', 'other'],
  ['石灰进眼睛了', 'other'],
  ['蛋蛋突然剧痛,16岁,想吐', 'other'],
  ['右腿突然冰凉发白,剧痛,房颤', 'other'],
  ['高烧头痛脖子硬', 'other'],
  ['化疗后发烧39度', 'other'],
  ['三天没去透析,腿软胸闷', 'other'],
  ['脚麻往上走,现在手也没力,喘气费劲', 'other'],
  ['吃药后全身水泡,嘴烂,高烧', 'other'],
  ['停经50天,小肚子剧痛,晕倒', 'maternal'],
  ['腰痛,大小便失禁,屁股麻', 'other'],
  ['流鼻血一个小时止不住,头晕', 'other'],
  ['心跳只有38次,晕倒', 'chest-pain'],
  ['睡觉躺不下,咳粉红泡沫', 'chest-pain'],
  ['没气了,摸不到脉搏', 'chest-pain'],
  ['手足口,一惊一惊的,吐,没精神', 'other'],
  ['孩子拉了两天,哭没眼泪,软趴趴', 'other'],
  ['吃了一整板安眠药', 'other'],
  ['家里起火吸了浓烟,嗓子哑了', 'trauma'],
  ['刀划到脖子,血一股一股往外', 'trauma'],
  ['开水泼了一身,两岁', 'trauma'],
]

/** Sentences with frightening words, or long past, or denied: none of them is an emergency. */
const HARMLESS: readonly string[] = [
  '没有胸痛,就是有点咳嗽',
  '痘痘长了三年',
  '牙有点酸',
  '前列腺炎尿不尽',
  '以前中风过,现在想做康复',
  '邻居心梗走了,我想做个体检',
  '没有发烧没有呕吐,肚子有点胀',
  '脸像触电一样痛,三叉神经痛两年',
  '抽了血查肝功能',
  '睡不好,心情一般',
  '孩子咳嗽两天,精神很好',
  '白带有点多',
  '月经推迟三天',
  '流鼻涕打喷嚏',
  '体检脂肪肝',
  '慢性咽炎喉咙异物感半年',
  '大便干,三天一次',
  '膝盖上下楼疼',
  '怀孕12周想建卡',
  'HPV52阳性怎么办',
  '痔疮有点出血',
  '带状疱疹好了,还有点痛',
  '黄斑变性五年了',
  '吃铁剂大便黑',
]

test('every danger is an emergency with its channel, found by a rule and not by the classifier alone', () => {
  const missed = DANGERS.filter(([text, channel]) => {
    const found = triage(text)
    return found.urgency !== 'emergency' || !found.dangerSigns.some((sign) => sign.channel === channel)
  })
  assert.deepEqual(missed, [])
})

test('what is denied, long past, of somebody else or only sounds like a danger is no emergency', () => {
  assert.deepEqual(
    HARMLESS.filter((text) => triage(text).urgency === 'emergency'),
    [],
  )
})
