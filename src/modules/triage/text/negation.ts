import { endsClause } from './normalise.ts'

/** How far back a negation or a mark of the past is looked for, in characters. */
const REACH = 14
const ASKS = /(有没|是不是|会不会|能不能|要不要|可不可|是否|有无|会否|不会是|是不|不能不)$/
/** What may stand between a negation and what it negates. */
const FILLER =
  /^(什么|任何|明显的?|出现过?|过|有过?|出|发生|感觉到?|感到|觉得|伴有?|再|特别|怎么|太|很|的|得过?|其他|家族|人|患有?|见|及|诉)*$/
const CUE = /(没有|并没|从没|没|否认|并无|无|未见|从未|未|不是|不伴|不会|不再|不怎么|不太|不)$/
/** Words that only look like a negation. */
const NO_CUE =
  /(无缘无|无意|无故|不止|不停|不断|不住|不仅|不但|不光|不知|不小心|不只|不定|没事|忍不|止不|差不|说不|受不|了不|控制不|没过多|没多)$/
const BROKEN_BY = /[但只就却而还又]/
const AFTERWARDS =
  /^(症状|现象|情况|的)?(已经|都|也|现在|早就|早)*(没有|没了|消失了?|好了|好转|正常|阴性|退了|不明显|排除了?|痊愈|还行|还可以|还好|没问题|没事|通畅)(?=$|[,。;!?、\s了])/
const LONG_PAST = /(以前|年前|去年|前年|曾经|曾|小时候|第一胎|头胎|上一胎|上次怀孕|既往|病史|个月前|上个月|史)/
/** Told of somebody else, or only feared: it tells who should be asked, but nobody is in danger by it. */
const OF_OTHERS =
  /(邻居|听说|听人说|新闻|电视|网上(说|看|查)|去世|过世|走的$|走了$|(同事|亲戚|朋友|同学).{0,12}(走|没了|得了|中风|查出))/
const FEARED = /(会不会|是不是|怕|担心|害怕|预防|怀疑|以为|排除)(是|得了?|有|会|变成|引起|发展成|转成|导致)*$/
const NOW = /(现在|今天|今早|今晚|昨|又|这次|突然|忽然|最近|刚|再次|近|这几天|这两天|目前|还|一直|仍|至今|到现在|加重)/

/** The beginning of the clause that holds a place. */
export const clauseStart = (text: string, at: number): number => {
  let from = at
  while (from > 0 && !endsClause(text.charCodeAt(from - 1))) from -= 1
  return from
}
const clauseEnd = (text: string, at: number): number => {
  let until = at
  while (until < text.length && !endsClause(text.charCodeAt(until))) until += 1
  return until
}

const negatedBefore = (before: string, first: string | undefined): boolean => {
  for (let cut = before.length; cut > 0; cut -= 1) {
    const filler = before.slice(cut)
    if (!FILLER.test(filler)) {
      if (filler.length > 5) return false
      continue
    }
    const head = before.slice(0, cut)
    const cue = CUE.exec(head)
    if (!cue || NO_CUE.test(head) || ASKS.test(head)) continue
    // 有没有, 是不是: a question and not a denial. 不 alone must stand right before the word.
    const prior = head.at(-cue[0].length - 1)
    if (prior === '有' && cue[0].startsWith('没')) continue
    if (cue[0] === '不' && (filler !== '' || (prior !== undefined && prior === first))) continue
    return true
  }
  return false
}

/**
 * Whether what stands at [from, until) is denied: 没有发烧, 不痛, 无恶心, 否认外伤, 血压正常, 咳嗽好了. `deniedUntil` is where the
 * last denied word before it ends, -1 where there is none: 没有发烧、咳嗽和头痛 denies all three.
 */
export const isDenied = (text: string, from: number, until: number, deniedUntil: number): boolean => {
  const clause = Math.max(clauseStart(text, from), from - REACH)
  const before = text.slice(clause, from)
  // Most words have nothing before them that could deny them.
  if (/[没无未不否]/.test(before) && negatedBefore(before, text[from])) return true
  if (AFTERWARDS.test(text.slice(until, Math.min(clauseEnd(text, until), until + 10)))) return true
  if (deniedUntil < 0 || from - deniedUntil > 3) return false
  if (from < deniedUntil) return true
  return (
    /^(、|和|及|或|或者|与|还有|也|以及)*$/.test(text.slice(deniedUntil, from)) && !BROKEN_BY.test(text.slice(deniedUntil, from))
  )
}

/** Whether what stands at [from, until) is only feared: 会不会是心梗, 怕得癌. */
export const isFeared = (text: string, from: number): boolean => FEARED.test(text.slice(Math.max(0, from - REACH), from))

/** Whether what stands at [from, until) is told of a time long past and of no other, or of somebody else. */
export const isLongPast = (text: string, from: number, until: number): boolean => {
  const whole = text.slice(clauseStart(text, from), clauseEnd(text, until))
  // Who writes spaces for commas tells of another time behind a space.
  const begin = whole.lastIndexOf(' ', from - clauseStart(text, from)) + 1
  const end = whole.indexOf(' ', begin)
  const clause = whole.slice(begin, end < 0 ? whole.length : Math.max(end, until - clauseStart(text, from)))
  if (OF_OTHERS.test(clause)) return true
  return LONG_PAST.test(clause) && !NOW.test(clause)
}
