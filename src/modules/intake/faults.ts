import type { Words } from '../../kernel/words.ts'

/** Why a message stands still, and what to do about it. What is answered AR could not be understood at all, the others AE. */
export const FAULTS = {
  'no-text': {
    ack: 'AR',
    zh: '不是可识别编码的文本(UTF-8、GB 18030、UTF-16)。请让对方核对字符集(MSH-18)后重发。',
    en: 'It is no text in a known character set (UTF-8, GB 18030, UTF-16). Ask the sender to check MSH-18 and send it again.',
  },
  empty: { ack: 'AR', zh: '报文为空。请让对方重发。', en: 'The message is empty. Ask the sender to send it again.' },
  'no-header': {
    ack: 'AR',
    zh: '没有 MSH 段,不是 HL7 报文。请核对对方的接口地址和格式。',
    en: 'There is no MSH segment, so it is no HL7 message. Check what the sender sends here.',
  },
  'delimiters-unusable': {
    ack: 'AR',
    zh: 'MSH 中的分隔符不可用(重复,或为字母数字)。请让对方更正 MSH-1、MSH-2。',
    en: 'The delimiters in MSH cannot be used (twice the same, or letters). Ask the sender to correct MSH-1 and MSH-2.',
  },
  'no-type': {
    ack: 'AR',
    zh: '没有报文类型(MSH-9),或报文在首段中断。请让对方重发。',
    en: 'The message type (MSH-9) is missing, or the message breaks off in its header. Ask the sender to send it again.',
  },
  'cut-off': {
    ack: 'AR',
    zh: '报文没有结束符,收到一部分后中断。对方重发后请将本条标记为已解决。',
    en: 'The message has no end; only a part of it came. Mark it as solved once the sender has sent it again.',
  },
  'too-long': {
    ack: 'AR',
    zh: '报文超过长度上限,只保存了开头。请让对方分开发送,或调大 JIELI_MLLP_BYTES。',
    en: 'The message is longer than allowed; only its beginning was kept. Ask for smaller ones, or raise JIELI_MLLP_BYTES.',
  },
  'not-understood': {
    ack: 'AR',
    zh: '本系统不处理这种报文类型或事件。若需要,请与开发方商议;否则请让对方停发。',
    en: 'Messages of this type or event are not processed here. Ask the sender to stop sending them, or ask for them to be built.',
  },
  'sender-unknown': {
    ack: 'AE',
    zh: '发送机构(MSH-4)未登记。请在“报文来源”中登记并经他人审批,然后重试。',
    en: 'The sending facility (MSH-4) is not registered. Add it to the message sources, have it approved, then try again.',
  },
  'person-missing': {
    ack: 'AE',
    zh: '没有患者信息(PID)。请让对方补全后重发。',
    en: 'The person (PID) is missing. Ask the sender to complete the message.',
  },
  'person-unnumbered': {
    ack: 'AE',
    zh: '患者没有院内编号,也没有证件号。请让对方补全后重发。',
    en: 'The person has neither a number of the hospital nor an identity number. Ask the sender to complete the message.',
  },
  'person-nameless': {
    ack: 'AE',
    zh: '患者没有姓名。请让对方补全后重发。',
    en: 'The person has no name. Ask the sender to complete the message.',
  },
  'person-differs': {
    ack: 'AE',
    zh: '同一编号已登记为另一人(姓名与出生日期都不同,或出生日期不同)。请核对证件后在居民主索引中处理,再重试。',
    en: 'The same number is known as somebody else’s (name and birthday differ). Check the papers, settle it in the index of persons, then try again.',
  },
  'merge-without-number': {
    ack: 'AE',
    zh: '合并报文没有被合并的编号(MRG-1)。请让对方补全后重发。',
    en: 'The merge names no number to be merged (MRG-1). Ask the sender to complete the message.',
  },
  'merge-for-review': {
    ack: 'AE',
    zh: '来源系统要求合并两人,但除姓名和出生日期外没有其他依据。请在居民主索引中核对证件后合并,再重试。',
    en: 'The sender merges two people, but nothing beyond name and birthday says that they are one. Look at their papers in the index of persons, join them there, then try again.',
  },
  'visit-missing': {
    ack: 'AE',
    zh: '没有就诊信息(PV1)。请让对方补全后重发。',
    en: 'The visit (PV1) is missing. Ask the sender to complete the message.',
  },
  'visit-unnamed': {
    ack: 'AE',
    zh: '就诊没有编号(PV1-19、PID-18)也没有开始时间(PV1-44)。请让对方补全后重发。',
    en: 'The visit has no number (PV1-19, PID-18) and no beginning (PV1-44). Ask the sender to complete the message.',
  },
  'results-missing': {
    ack: 'AE',
    zh: '结果报文中没有报告(OBR)。请让对方补全后重发。',
    en: 'The result message holds no report (OBR). Ask the sender to complete the message.',
  },
  'order-unnumbered': {
    ack: 'AE',
    zh: '报告没有编号(OBR-3、OBR-2)。请让对方补全后重发。',
    en: 'A report has no number (OBR-3, OBR-2). Ask the sender to complete the message.',
  },
  'order-without-item': {
    ack: 'AE',
    zh: '报告没有项目(OBR-4)。请让对方补全后重发。',
    en: 'A report names no item (OBR-4). Ask the sender to complete the message.',
  },
  'result-without-item': {
    ack: 'AE',
    zh: '有结果没有项目(OBX-3)。请让对方补全后重发。',
    en: 'A result names no item (OBX-3). Ask the sender to complete the message.',
  },
  'appointment-unnumbered': {
    ack: 'AE',
    zh: '预约没有编号(SCH-1、SCH-2)。请让对方补全后重发。',
    en: 'The appointment has no number (SCH-1, SCH-2). Ask the sender to complete the message.',
  },
  'appointment-without-time': {
    ack: 'AE',
    zh: '预约没有完整的时间(SCH-11 的起止,或 SCH-9 的时长)。请让对方补全后重发。',
    en: 'The appointment has no whole time (begin and end in SCH-11, or minutes in SCH-9). Ask the sender to complete the message.',
  },
  'resource-unsound': {
    ack: 'AE',
    zh: '报文内容不能成为有效的健康档案记录。请查看原文,与对方核对后重试。',
    en: 'The content makes no sound record. Look at the text, ask the sender, then try again.',
  },
  'xml-forbidden': {
    ack: 'AR',
    zh: '文档含有 DOCTYPE 或实体声明,出于安全不予解析。请让对方去掉后重发。',
    en: 'The document declares a DOCTYPE or entities and is not read for safety. Ask the sender to leave them out.',
  },
  'xml-unreadable': {
    ack: 'AR',
    zh: '不是完整的 XML 文档。请让对方重发。',
    en: 'It is no well-formed XML document. Ask the sender to send it again.',
  },
  'not-a-document': {
    ack: 'AR',
    zh: '不是 CDA 文档(根元素应为 ClinicalDocument)。请核对文件。',
    en: 'It is no CDA document (its root should be ClinicalDocument). Check the file.',
  },
  'lines-refused': {
    ack: 'AE',
    zh: '表中有些行不能使用,其余已导入。请按行和列更正后重新上传,已导入的不会重复。',
    en: 'Some lines of the table could not be used; the others are in. Correct them by line and column and upload the table again; nothing is taken twice.',
  },
  'columns-missing': {
    ack: 'AE',
    zh: '表头缺少必需的列(见位置)。请按 docs/intake.md 的列名补全后重新上传。',
    en: 'The heading lacks columns that are needed (see the place). Complete it as docs/intake.md says and upload it again.',
  },
  'quote-open': {
    ack: 'AR',
    zh: '表中有引号没有结束(见位置的行号)。请更正后重新上传。',
    en: 'A quote in the table never ends (see the line). Correct it and upload it again.',
  },
  'document-unnumbered': {
    ack: 'AE',
    zh: '文档没有编号(ClinicalDocument/id)。请让对方补全后重发。',
    en: 'The document has no number (ClinicalDocument/id). Ask the sender to complete it.',
  },
} as const satisfies Readonly<Record<string, Words & { ack: 'AR' | 'AE' }>>
export type IntakeFault = keyof typeof FAULTS

/** Why a line of a front page table is refused, for its column. */
export const LINE_FAULTS = {
  missing: { zh: '必填的一栏为空。', en: 'A column that is needed is empty.' },
  'not-a-number': { zh: '不是数字。', en: 'It is no number.' },
  'not-a-day': { zh: '不是真实的日期或时间。', en: 'It is no real date or time.' },
  'not-money': { zh: '不是金额(元,最多两位小数)。', en: 'It is no amount (yuan, at most two decimals).' },
  'not-a-code': { zh: '不是本栏的代码。', en: 'It is no code of this column.' },
  'before-admission': { zh: '出院早于入院。', en: 'Discharged before admitted.' },
  'in-future': { zh: '时间在将来。', en: 'It lies in the future.' },
  'id-number': { zh: '身份证号校验不通过。', en: 'The identity number does not check.' },
  'person-differs': {
    zh: '同一编号已登记为另一人(出生日期不同)。',
    en: 'The same number is known as somebody else’s (another birthday).',
  },
  'twice-in-table': {
    zh: '表中有两行是同一次住院(病案号与住院次数相同),内容不同。',
    en: 'Two lines of the table are the same stay (record number and stay) with other contents.',
  },
  'total-too-small': { zh: '自付大于总费用。', en: 'The own share is more than the total.' },
} as const satisfies Readonly<Record<string, Words>>
export type LineFault = keyof typeof LINE_FAULTS

/** The sentence of a fault of a line. */
export const lineFaultWords = (fault: string): Words =>
  (LINE_FAULTS as Readonly<Record<string, Words>>)[fault] ?? LINE_FAULTS.missing

/** The sentence of a fault; one that is not in the table is a fault of ours and said so. */
export const faultOf = (fault: string | null): (Words & { ack: 'AR' | 'AE' }) | null =>
  fault === null
    ? null
    : ((FAULTS as Readonly<Record<string, Words & { ack: 'AR' | 'AE' }>>)[fault] ?? FAULTS['resource-unsound'])
