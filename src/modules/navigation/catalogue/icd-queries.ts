import { query } from '../../../platform/forms/form.ts'
import { everyone } from '../navigation-words.ts'
import { icdSearchInput } from '../contract.ts'
import { conditionOfCode, findIcd } from './icd-search.ts'

export const icdSearch = query({
  name: 'navigation.icd-search',
  by: everyone,
  basis: 'ICD-10 疾病分类与代码',
  does: {
    zh: '在本地区导入的 ICD-10 全表中按名称、别名、拼音、首字母或编码查找诊断,并给出所属病种。',
    en: 'Finds diagnoses in the region’s whole ICD-10 table by name, alias, pinyin, initials or code, each with its condition.',
  },
  input: icdSearchInput,
  read: async (tx, input) => {
    const found = await findIcd(tx, input.text, input.limit)
    return { ...found, ofCode: await conditionOfCode(tx) }
  },
  answer: ({ edition, hits, ofCode }) => ({
    /** The table in force; null before one was imported. */
    edition: edition && { name: edition.name, rows: edition.rows, importedAt: edition.importedAt },
    rows: hits.map((hit) => ({ ...hit, condition: ofCode(hit.code) })),
  }),
})
