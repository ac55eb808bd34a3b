import { randomFrom } from './residents/random.ts'

// A table of the size and shape of a full ICD-10 of the clinics, for tests and measurements. Names and codes are put
// together by chance: no row says anything about a disease.

const SITES = ['胃', '肝', '肺', '肾', '心脏', '大脑', '小脑', '皮肤', '角膜', '视网膜', '中耳', '鼻窦', '咽', '喉', '气管', '食管', '十二指肠', '结肠', '直肠', '胰腺', '胆囊', '脾', '膀胱', '尿道', '前列腺', '子宫', '卵巢', '乳腺', '甲状腺', '垂体', '肾上腺', '股骨', '胫骨', '肱骨', '桡骨', '腰椎', '颈椎', '骨髓', '淋巴结', '主动脉'] // prettier-ignore
const SIDES = ['', '左侧', '右侧', '双侧', '上部', '下部', '前壁', '后壁', '弥漫性', '局限性', '原发性', '继发性'] // prettier-ignore
const COURSES = ['', '急性', '慢性', '亚急性', '复发性', '先天性', '创伤性', '药物性', '感染性', '老年性'] // prettier-ignore
const DISORDERS = ['炎', '溃疡', '良性肿瘤', '恶性肿瘤', '囊肿', '出血', '梗死', '脓肿', '结核', '畸形', '功能不全', '狭窄', '息肉', '损伤', '水肿', '纤维化', '结石', '穿孔', '血管瘤', '退行性变'] // prettier-ignore

/** So many rows of an invented ICD-10 table as CSV text: code, name, name_en, aliases. The same seed gives the same text. */
export const makeIcdCsv = (rows: number, seed = 'icd'): string => {
  const random = randomFrom(`icd/${seed}`)
  const names = new Set<string>()
  const lines = ['code,name,name_en,aliases']
  for (let at = 0; lines.length <= rows; at++) {
    const pick = (words: readonly string[]): string => words[Math.floor(random.next() * words.length)] as string
    const name = pick(COURSES) + pick(SIDES) + pick(SITES) + pick(DISORDERS)
    if (names.has(name)) continue
    names.add(name)
    const place = lines.length - 1
    const letter = String.fromCodePoint(65 + (Math.floor(place / 1_500) % 26))
    const code = `${letter}${String(Math.floor(place / 15) % 100).padStart(2, '0')}.${String(place % 15).padStart(2, '0')}0x${String(at % 1_000).padStart(3, '0')}`
    lines.push(`${code},${name},Invented ${at},${random.chance(0.3) ? `${name.slice(0, 4)}病|${name.slice(-3)}症` : ''}`)
  }
  return `${lines.join('\n')}\n`
}
