import type { Terms } from './terms.ts'
import { findTerms, type Found } from './text/find-terms.ts'
import { hoursOf, personOf, vitalsOf, type ReadPerson } from './text/measures.ts'
import type { TriageAbout, Vitals } from './triage.ts'

/** What a text says once it is read: everything that follows is decided from this. */
export type Reading = {
  readonly text: string
  readonly found: readonly Found[]
  /** Keys of the terms that count for danger: neither denied nor long past. */
  readonly present: ReadonlySet<string>
  /** Keys of the terms that the text denies. */
  readonly absent: ReadonlySet<string>
  readonly person: ReadPerson
  readonly vitals: Vitals
  readonly hours: number | null
}

/** Longer texts tell the same over and over; what stands behind this many characters is not read. */
const CHARACTERS_MOST = 4_000

/** What only opens the talk tells nothing. */
const GREETING = /^(?:您好|你好|医生|大夫|专家|请问|想问一下|想咨询一下|咨询一下|打扰了|麻烦|各位|教授|主任|[,。!?、~\s])+/

/** What the forms of consultation sites ask for stands before the answers and tells nothing itself. */
const FORM =
  /(?:(?:健康咨询|病情|疾病|症状)描述|(?:全部|主要)症状|发病时间(?:及原因)?|曾经的?治疗情况[和及]效果|治疗情况|想得到怎样的帮助|希望(?:得到|提供)的?帮助|疾病名称|化验、?检查结果|患者(?:性别|年龄)|补充(?:说明|问题))(?:\([^)]{0,30}\))?:/g

/** Reads a text: its terms, who is ill, for how long, and what was measured. */
export const readText = (terms: Terms, raw: string, about: TriageAbout): Reading => {
  const plain = terms.normal(raw.length > CHARACTERS_MOST ? raw.slice(0, CHARACTERS_MOST) : raw)
  const text = (plain.includes(':') ? plain.replace(FORM, ',') : plain).replace(GREETING, '') || plain
  const found = findTerms(terms, text)
  const present = new Set<string>()
  const absent = new Set<string>()
  for (const { term, denied, past } of found) {
    const { key } = terms.terms[term] as { key: string }
    if (denied) absent.add(key)
    else if (!past) present.add(key)
  }
  return {
    text,
    found,
    present,
    absent,
    person: personOf(text, about),
    vitals: vitalsOf(text, about.vitals),
    hours: hoursOf(text),
  }
}
