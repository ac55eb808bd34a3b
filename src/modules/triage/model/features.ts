import type { Reading } from '../read-text.ts'

/** As many buckets as features are hashed into: as many as keep the model below 3 MB. */
export const BUCKETS = 50_021

const mix = (hash: number, value: number): number => Math.imul(hash ^ value, 0x01000193)
const bucketOf = (hash: number): number => {
  const stirred = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return ((stirred ^ (stirred >>> 13)) >>> 0) % BUCKETS
}

const hashOf = (text: string): number => {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) hash = mix(hash, text.charCodeAt(at))
  return hash
}

const ZERO = 48
const isDigit = (code: number): boolean => code >= 48 && code <= 57

const mark = (name: string): number => bucketOf(hashOf(`\u0001${name}`))
const MALE = mark('male')
const FEMALE = mark('female')
const CHILD = mark('child')
const ELDER = mark('elder')
const PREGNANT = mark('pregnant')
const AGES = Array.from({ length: 14 }, (_, decade) => mark(`age ${decade}`))
const termMarks = new Map<string, number>()

const termMark = (key: string): number => {
  let known = termMarks.get(key)
  if (known === undefined) termMarks.set(key, (known = mark(`term ${key}`)))
  return known
}

/** Room for the features of one text; a longer text fills it and is read no further. */
const FEATURES_MOST = 16_384
const room = new Int32Array(FEATURES_MOST)
const seen = new Uint32Array(BUCKETS)
let turn = 0

/**
 * A clause that only denies something that no term stands for: 没有中毒. To have no breath, no urine, no strength is a trouble and
 * no denial of one.
 */
const DENIED_CLAUSE =
  /(?<=^|[,。;!?、\s])(?:没有|否认|从未|未见|无)(?!.{0,3}(?:意识|知觉|反应|呼吸|心跳|脉搏|力|劲|尿|便|排气|胎动|精神|胃口|食欲|感觉|好转|效果|用$|缓解|改善|退|醒|声音|睡))[^,。;!?、\s]{1,8}(?=$|[,。;!?、\s])/g

const blank = (text: string, from: number, until: number): string =>
  text.slice(0, from) + ' '.repeat(until - from) + text.slice(until)

/**
 * The text with a space for each character of what is denied, long past or told of somebody else: 没有昏迷 must not sound like
 * 昏迷, nor a neighbour's stroke like one's own.
 */
const withoutHarmless = (text: string, found: Reading['found']): string => {
  let left = text
  for (const { denied, past, from, until } of found) if (denied || past) left = blank(left, from, until)
  const holdsTrouble = (from: number, until: number): boolean =>
    found.some((one) => !one.denied && !one.past && one.from < until && one.until > from)
  for (const { index, 0: clause } of text.matchAll(DENIED_CLAUSE))
    if (!holdsTrouble(index, index + clause.length)) left = blank(left, index, index + clause.length)
  return left
}

/**
 * The buckets that a text falls into, each once: its single characters, pairs and triples but those of what is denied, past or of others (any digit is one digit), the terms found
 * in it, and the person. The answer is used up by the next call.
 */
export const featuresOf = ({ text: whole, found, present, absent, person }: Reading): Int32Array => {
  const text = withoutHarmless(whole, found)
  turn += 1
  let count = 0
  const put = (bucket: number): void => {
    if (seen[bucket] === turn || count === FEATURES_MOST) return
    seen[bucket] = turn
    room[count++] = bucket
  }
  let [before, last] = [0, 0]
  for (let at = 0; at < text.length; at += 1) {
    let code = text.charCodeAt(at)
    if (code <= 32) continue
    if (isDigit(code)) code = ZERO
    if (code === ZERO && last === ZERO) continue
    put(bucketOf(mix(0x811c9dc5, code)))
    const two = mix(mix(0x3c6ef372, last), code)
    put(bucketOf(two))
    put(bucketOf(mix(mix(mix(0x1b873593, before), last), code)))
    before = last
    last = code
  }
  for (const key of present) put(termMark(key))
  for (const key of absent) put(termMark(`no ${key}`))
  if (person.sex === 'male') put(MALE)
  if (person.sex === 'female') put(FEMALE)
  if (person.isChild) put(CHILD)
  if (person.isElder) put(ELDER)
  if (person.isPregnant) put(PREGNANT)
  if (person.age !== null) put(AGES[Math.min(13, Math.floor(person.age / 10))] as number)
  return room.subarray(0, count)
}
