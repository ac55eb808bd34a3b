/** Why a line of a load is not taken: a closed list, each with what to do. `{…}` is filled from the detail. */
export const LINE_REFUSALS = {
  'file-kind-unknown': {
    zh: '不认识的文件类型。请使用 .ndjson、.ndjson.gz、.json 或 .json.gz。',
    en: 'Unknown kind of file. Use .ndjson, .ndjson.gz, .json or .json.gz.',
  },
  'file-cut': {
    zh: '文件在此处中断({why}),其后的内容没有读入。请重新导出或重新传输该文件。',
    en: 'The file breaks off here ({why}); what follows was not read. Export or transfer it again.',
  },
  'line-too-long': {
    zh: '一行超过 {megabytes} MB。请拆分后重新导入。',
    en: 'A line is longer than {megabytes} MB. Split it and import again.',
  },
  'not-utf8': { zh: '不是 UTF-8 文字。请转换编码后重新导入。', en: 'This is not UTF-8 text. Convert it and import again.' },
  'not-json': {
    zh: '不是可靠的 JSON({why})。请更正后重新导入该行。',
    en: 'This is not sound JSON ({why}). Correct the line and import it again.',
  },
  'not-a-resource': { zh: '没有 resourceType,不是 FHIR 资源。', en: 'There is no resourceType: this is not a FHIR resource.' },
  'type-unknown': {
    zh: 'FHIR R4 没有资源类型“{type}”。请核对版本。',
    en: 'FHIR R4 has no resource type “{type}”. Check the version.',
  },
  'bundle-kind': {
    zh: '不导入“{kind}”类型的 Bundle。可用:transaction、batch、collection、document、searchset、message。',
    en: 'A Bundle of kind “{kind}” is not imported. Use transaction, batch, collection, document, searchset or message.',
  },
  'entry-empty': { zh: 'Bundle 的这一项没有资源。', en: 'This entry of the Bundle holds no resource.' },
  'bundle-nested': {
    zh: 'Bundle 中的 Bundle 不导入。请拆开后导入。',
    en: 'A Bundle inside a Bundle is not imported. Take it apart first.',
  },
  'id-missing': {
    zh: '资源没有 id,无法识别重复导入。请补上 id。',
    en: 'The resource has no id, so that importing it twice would not be noticed. Give it one.',
  },
  'id-malformed': {
    zh: 'id 不符合 FHIR 规定(1–64 个字母、数字、“-”、“.”)。',
    en: 'The id is not as FHIR asks: 1 to 64 letters, digits, “-” or “.”.',
  },
  'id-twice': {
    zh: '同一次导入中已有相同类型和 id、内容不同的资源,保留先读到的。请核对哪一份正确。',
    en: 'This load already brought another resource with the same type and id; the first was kept. Check which is right.',
  },
  'element-missing': { zh: '缺少必填元素“{element}”。', en: 'The required element “{element}” is missing.' },
  'element-malformed': { zh: '元素“{element}”的值不符合 FHIR R4。', en: 'The value of “{element}” is not what FHIR R4 allows.' },
  'subject-unknown': {
    zh: '所指患者不在本次导入中,也未曾从同一来源导入。请先导入该患者。',
    en: 'The patient it points at is neither in this load nor known from the same source. Import the patient first.',
  },
  'subject-refused': {
    zh: '所指患者本次未被接受,其资料一并未导入。请先更正该患者。',
    en: 'The patient it points at was refused, so its data was left out. Correct the patient first.',
  },
  'subject-changed': {
    zh: '这份资料先前已记在另一位居民名下,没有改动。请核对来源数据。',
    en: 'This resource is already on record for another person; nothing was changed. Check the source.',
  },
  'patient-nameless': {
    zh: '患者没有姓名,无法建档。请补上姓名。',
    en: 'The patient has no name and cannot be entered. Give one.',
  },
  'patient-differs': {
    zh: '同一来源的这个患者 id 已登记为另一出生日期的居民,没有合并。不同来源请用 --source 区分;如属更正,请先在居民档案中更正。',
    en: 'This patient id of this source belongs to a person with another birth date; they were not joined. Tell sources apart with --source, or correct the person first.',
  },
  'source-needed': {
    zh: '患者 id 不是 UUID,只在其来源内唯一。请用 --source <来源名> 指明来源。',
    en: 'The patient id is no UUID and is unique only within its source. Name the source with --source <name>.',
  },
} as const satisfies Readonly<Record<string, { zh: string; en: string }>>

export type LineRefusalCode = keyof typeof LINE_REFUSALS
export type LineRefusal = { readonly code: LineRefusalCode; readonly detail?: Readonly<Record<string, string | number>> }

// What the strict reader says, in Chinese; it says it in English.
const WHY_ZH: Readonly<Record<string, string>> = {
  'not well-formed': '格式不完整',
  'a text is not well-formed': '文字格式不完整',
  'the same key stands twice': '同一字段出现两次',
  'a text holds a NUL character': '文字含 NUL 字符',
  'a text holds half of a surrogate pair': '文字含半个代理对',
  'a number is too large': '数字过大',
  'a whole number is beyond 2^53 − 1': '整数超过 2^53 − 1',
}

/** A refusal's sentences, filled in. */
export const sentencesOf = ({ code, detail = {} }: LineRefusal): { zh: string; en: string } => {
  const fill = (sentence: string, values: Readonly<Record<string, string | number>>): string =>
    sentence.replace(/\{(\w+)\}/g, (whole, key: string) => String(values[key] ?? whole))
  const { zh, en } = LINE_REFUSALS[code]
  const why = WHY_ZH[String(detail['why'])]
  return { zh: fill(zh, why ? { ...detail, why } : detail), en: fill(en, detail) }
}
