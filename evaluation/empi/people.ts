import type { Day } from '../../src/kernel/day.ts'
import { plusDays } from '../../src/kernel/day.ts'
import { checkCharacter } from '../../src/modules/residents/rules/id-number.ts'
import type { Chance } from './chance.ts'

/** An invented person of the index, everything in clear. */
export type Invented = {
  readonly zh: string
  readonly sex: 'male' | 'female'
  readonly bornOn: Day
  readonly village: string
  readonly address: string
  readonly phone: string | null
  readonly number: string | null
}

const SURNAMES = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎']
const MALE = [...'伟强军勇杰涛明超刚平辉健林波斌宇浩建国志文华海峰鹏飞龙云山德福贵生根长春青松柏']
const FEMALE = [...'芳娜敏静丽艳娟霞秀英玉兰桂珍红梅香莲琴云燕萍玲凤洁慧雪晶倩雯月春花翠菊淑贞']
const TOWNSHIPS = ['430321103', '430321104', '430321105', '430321106', '430321107', '430321108']
const VILLAGES_OF_A_TOWNSHIP = 12
const FIRST_DAY = '1935-01-01' as Day
const DAYS_OF_LIVES = 32_000

export const dayFrom = (chance: Chance): Day => plusDays(FIRST_DAY, chance.below(DAYS_OF_LIVES))
export const phoneFrom = (chance: Chance): string => `100${String(chance.below(100_000_000)).padStart(8, '0')}`
const GIVEN = new Set<string>()
/** A number with a sound check character in an area that is given to nobody, 990101; each once, as numbers are. */
export const numberFrom = (chance: Chance, bornOn: Day, sex: Invented['sex']): string => {
  const order = chance.below(500) * 2 + (sex === 'male' ? 1 : 0)
  const seventeen = `990101${bornOn.replaceAll('-', '')}${String(order).padStart(3, '0')}`
  const number = seventeen + checkCharacter(seventeen)
  if (GIVEN.has(number)) return numberFrom(chance, bornOn, sex)
  GIVEN.add(number)
  return number
}

/** A given name; in a village of one clan from a dozen only. */
export const givenFrom = (chance: Chance, sex: Invented['sex'], isClan: boolean): string => {
  const of = sex === 'male' ? MALE : FEMALE
  const pool = isClan ? of.slice(0, 12) : of
  return chance.is(0.25) ? chance.one(pool) : chance.one(pool) + chance.one(pool)
}

const villageOf = (township: string, at: number): string => township + String(200 + at).padStart(3, '0')

/** A whole region of families: shared phones and addresses, twins, and in each township one village where nearly everybody is called Li. */
export const inventPeople = (chance: Chance, count: number): Invented[] => {
  const people: Invented[] = []
  while (people.length < count) people.push(...family(chance))
  return people.slice(0, count)
}

const family = (chance: Chance): Invented[] => {
  const at = chance.below(VILLAGES_OF_A_TOWNSHIP)
  const isClan = at === 0
  const home = {
    village: villageOf(chance.one(TOWNSHIPS), at),
    address: `第${chance.below(15) + 1}组${chance.below(200) + 1}号`,
  }
  const surname = isClan && chance.is(0.8) ? '李' : chance.one(SURNAMES)
  const phone = phoneFrom(chance)
  const person = (sex: Invented['sex'], bornOn: Day, family = surname): Invented => ({
    zh: family + givenFrom(chance, sex, isClan),
    sex,
    bornOn,
    ...home,
    phone: chance.is(0.4) ? phone : chance.is(0.85) ? phoneFrom(chance) : null,
    number: chance.is(0.92) ? numberFrom(chance, bornOn, sex) : null,
  })
  const father = person('male', dayFrom(chance))
  const mother = person('female', plusDays(father.bornOn, chance.below(3_000) - 1_500), chance.one(SURNAMES))
  const children = Array.from({ length: chance.below(3) }, () =>
    person(chance.is(0.5) ? 'male' : 'female', plusDays(father.bornOn, 8_000 + chance.below(5_000))),
  )
  return [father, mother, ...children, ...children.filter(() => chance.is(0.03)).map((child) => twinOf(chance, child))]
}

/** A twin: the same day, home and phone; a given name that shares a character. */
export const twinOf = (chance: Chance, of: Invented): Invented => {
  const sex = chance.is(0.6) ? of.sex : chance.one(['male', 'female'] as const)
  const shared = [...of.zh].slice(0, 2).join('')
  return {
    ...of,
    sex,
    zh: shared + givenFrom(chance, sex, false).slice(0, 1),
    number: of.number && numberFrom(chance, of.bornOn, sex),
  }
}
