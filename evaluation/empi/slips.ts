import { daysNear, swappedDay } from '../../src/modules/residents/rules/day-likeness.ts'
import type { Chance } from './chance.ts'
import { dayFrom, givenFrom, numberFrom, phoneFrom, twinOf, type Invented } from './people.ts'

/** Somebody who comes, and who that is: the place in the index, or nobody there. */
export type Coming = { readonly person: Invented; readonly is: number | null; readonly how: string }

// Characters of one sound that stand for each other at a counter, and older or traditional forms of common ones.
const SOUNDS = [
  '伟玮苇',
  '芳方坊',
  '静敬境',
  '丽莉俐',
  '强蔷墙',
  '明铭鸣',
  '军君均',
  '建健剑',
  '国果',
  '华桦',
  '平萍苹',
  '玲铃灵',
  '红宏鸿',
  '英瑛莺',
  '兰岚蓝',
  '志致智',
  '文雯纹',
  '辉晖',
  '海',
  '林琳霖',
  '李里理',
  '张章',
  '杨阳',
  '刘留',
  '陈辰',
  '周洲',
  '徐许',
  '龙隆',
  '燕艳雁',
  '娟捐',
  '香湘',
  '春椿',
  '云芸',
  '珍真贞',
  '秀绣',
  '玉育',
  '贵桂',
  '生声',
  '青清',
  '勇永',
  '涛滔',
  '杰洁',
  '峰锋丰',
  '飞菲',
]
const FORMS = [
  '张張',
  '刘劉',
  '陈陳',
  '杨楊',
  '国國',
  '华華',
  '军軍',
  '伟偉',
  '强強',
  '丽麗',
  '静靜',
  '兰蘭',
  '云雲',
  '红紅',
  '龙龍',
  '飞飛',
  '凤鳳',
  '莲蓮',
  '贵貴',
  '长長',
  '马馬',
  '孙孫',
  '赵趙',
  '黄黃',
  '吴吳',
  '罗羅',
  '郑鄭',
  '谢謝',
  '韩韓',
  '冯馮',
  '邓鄧',
  '许許',
  '吕呂',
  '苏蘇',
  '卢盧',
  '蒋蔣',
  '贾賈',
  '叶葉',
  '阎閻',
  '萧蕭',
  '峰峯',
  '洁潔',
  '艳豔',
  '鹏鵬',
  '辉煇',
  '杰傑',
  '涛濤',
  '刚剛',
  '宁寧',
]
const otherOf = (families: readonly string[], character: string, chance: Chance): string | null => {
  const family = families.find((one) => one.includes(character))
  const others = [...(family ?? '')].filter((one) => one !== character)
  return others.length > 0 ? chance.one(others) : null
}
const changedIn = (zh: string, families: readonly string[], chance: Chance): string | null => {
  const at = [...zh]
    .map((character, place) => ({ place, other: otherOf(families, character, chance) }))
    .filter(({ other }) => other !== null)
  if (at.length === 0) return null
  const { place, other } = chance.one(at)
  return [...zh].with(place, other as string).join('')
}

type Slip = (person: Invented, chance: Chance) => Partial<Invented> | null
const named = (zh: string | null): Partial<Invented> | null => (zh === null ? null : { zh })

/** What goes wrong at a counter, each with its name. */
export const SLIPS: Readonly<Record<string, Slip>> = {
  homophone: ({ zh }, chance) => named(changedIn(zh, SOUNDS, chance)),
  'traditional form': ({ zh }, chance) => named(changedIn(zh, FORMS, chance)),
  'pet name': ({ zh }) => named(`小${[...zh].at(-1)}`),
  'one character wrong': ({ zh, sex }, chance) => named([...zh].with(-1, givenFrom(chance, sex, false).slice(0, 1)).join('')),
  'month and day swapped': ({ bornOn }) => {
    const day = swappedDay(bornOn)
    return day && day !== bornOn ? { bornOn: day } : null
  },
  'a digit of the birth date': ({ bornOn }, chance) => ({ bornOn: chance.one(daysNear(bornOn)) }),
  'new phone': (_person, chance) => ({ phone: phoneFrom(chance) }),
  'no phone': () => ({ phone: null }),
  'a digit of the phone': ({ phone }, chance) =>
    phone ? { phone: phone.slice(0, -1) + String((Number(phone.at(-1)) + 1 + chance.below(9)) % 10) } : null,
  'address in other words': ({ address }) => ({ address: `乡道旁${address}` }),
  'no address': () => ({ address: '' }),
  moved: (_person, chance) => ({ village: `430321109${200 + chance.below(12)}`, address: `第${chance.below(9) + 1}组` }),
}

/** Somebody known who comes without a number: at least nothing, at most two slips. */
export const comesAgain = (people: readonly Invented[], chance: Chance): Coming => {
  const is = chance.below(people.length)
  let person: Invented = { ...(people[is] as Invented), number: null }
  const how: string[] = []
  for (let slips = chance.below(3); slips > 0; slips -= 1) {
    const name = chance.one(Object.keys(SLIPS))
    const slipped = SLIPS[name]?.(person, chance)
    if (slipped) {
      person = { ...person, ...slipped }
      how.push(name)
    }
  }
  return { person, is, how: how.length > 0 ? how.join(' + ') : 'nothing wrong' }
}

/** Somebody known who comes with the number and slips beside it. */
export const comesWithNumber = (people: readonly Invented[], chance: Chance): Coming => {
  const { person, is, how } = comesAgain(people, chance)
  const { number } = people[is as number] as Invented
  return { person: { ...person, number }, is, how: number ? `number; ${how}` : how }
}

/** Somebody who is not there, but very like one who is. */
export const comesFirst = (people: readonly Invented[], chance: Chance): Coming => {
  const like = chance.one(people)
  const number = chance.is(0.5)
  const made = (how: string, person: Invented): Coming => ({
    person: { ...person, number: number ? numberFrom(chance, person.bornOn, person.sex) : null },
    is: null,
    how: `${how}${number ? ', with a number' : ''}`,
  })
  const fresh: Invented = {
    ...like,
    zh: like.zh.slice(0, 1) + givenFrom(chance, like.sex, false),
    bornOn: dayFrom(chance),
    phone: phoneFrom(chance),
  }
  const another = (zh: string) => (zh === like.zh ? `${zh.slice(0, 1)}梓${zh.at(-1)}` : zh)
  const twin = (of: Invented) => {
    const other = twinOf(chance, of)
    return made('twin', { ...other, zh: another(other.zh) })
  }
  switch (chance.below(6)) {
    case 0:
      return twin(like)
    case 1:
      return made('child with the parent’s phone', { ...fresh, zh: another(fresh.zh), phone: like.phone })
    case 2:
      return made('same name in the same village', { ...fresh, zh: like.zh })
    case 3:
      return made('same name and birth date elsewhere', {
        ...like,
        village: `430321109${200 + chance.below(12)}`,
        address: `第${chance.below(9) + 1}组`,
        phone: phoneFrom(chance),
      })
    case 4:
      return made('sound of the name and birth date elsewhere', {
        ...like,
        zh: changedIn(like.zh, SOUNDS, chance) ?? another(fresh.zh),
        village: `430321109${200 + chance.below(12)}`,
        address: '',
        phone: phoneFrom(chance),
      })
    default:
      return made('a stranger', fresh)
  }
}
