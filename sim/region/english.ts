import { pinyin } from 'pinyin-pro'

/** Words after a place's own name, longest first: what kind of place it is. */
const KINDS: readonly (readonly [zh: string, en: string])[] = [
  ['土家族苗族自治州', 'Prefecture'],
  ['苗族侗族自治县', 'County'],
  ['瑶族自治县', 'County'],
  ['苗族自治县', 'County'],
  ['侗族自治县', 'County'],
  ['街道', 'Subdistrict'],
  ['社区', 'Community'],
  ['生活区', 'Settlement'],
  ['管理区', 'District'],
  ['林场', 'Forest Farm'],
  ['农场', 'Farm'],
  ['州', 'Prefecture'],
  ['市', 'City'],
  ['县', 'County'],
  ['区', 'District'],
  ['镇', 'Town'],
  ['乡', 'Township'],
  ['村', 'Village'],
]

const known = new Map<string, string>()

/** A place's name in letters without tones, one word, capitalised: 三角岩 → Sanjiaoyan. */
export function inLetters(zh: string): string {
  const found = known.get(zh)
  if (found !== undefined) return found
  const letters = pinyin(zh, { toneType: 'none', type: 'array', v: true, nonZh: 'consecutive' })
    .join('')
    .replace(/[^\p{Script=Latin}\d]/gu, '')
  const made = letters.charAt(0).toUpperCase() + letters.slice(1)
  known.set(zh, made)
  return made
}

/** A division in English with its kind: 湘潭县 → Xiangtan County. A one-character name keeps its kind as sound: 攸县 → Youxian County. */
export function divisionInEnglish(zh: string): string {
  const kind = KINDS.find(([suffix]) => zh.endsWith(suffix) && zh.length > suffix.length)
  if (!kind) return inLetters(zh)
  const stem = zh.slice(0, -kind[0].length)
  return `${inLetters(stem.length === 1 ? zh : stem)} ${kind[1]}`
}

/** The name of a place without its kind: 高坪乡 → 高坪; a one-character name keeps it (攸县). */
export function stemOf(zh: string): string {
  const kind = KINDS.find(([suffix]) => zh.endsWith(suffix) && zh.length - suffix.length >= 2)
  return kind ? zh.slice(0, -kind[0].length) : zh
}

/** Adds the mark that tells an invented institution from a real one. */
export const marked = (zh: string, en: string): { zh: string; en: string } => ({ zh: `${zh}(演示)`, en: `${en} (demo)` })
