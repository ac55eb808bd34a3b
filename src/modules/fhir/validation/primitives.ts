import { textFault } from '../../../platform/http/strict-json.ts'

/** What a primitive should be; null when the value is right. */
export type Wanted = { readonly zh: string; readonly en: string } | null
export type CheckPrimitive = (value: unknown) => Wanted

const wanted = (zh: string, en: string): { zh: string; en: string } => ({ zh, en })

const isRawNumber = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && (JSON as unknown as { isRawJSON: (value: unknown) => boolean }).isRawJSON(value)

/** Numbers of an exact parse are opaque; here they are read. */
export const numberOf = (value: unknown): number | null => {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  return isRawNumber(value) ? Number((value as { rawJSON: string }).rawJSON) : null
}

// Every control character but tab, line feed and carriage return. Ideographic and no-break spaces are letters to FHIR.
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/
const STRING_CHARACTERS_MOST = 1_048_576

const text = (value: unknown): Wanted => {
  if (typeof value !== 'string') return wanted('应为文本', 'must be a text')
  if (value.length > STRING_CHARACTERS_MOST) return wanted('不得超过 1 MB', 'must not exceed 1 MB')
  if (value.trim() === '') return wanted('不得为空文本', 'must not be empty')
  if (CONTROL.test(value)) return wanted('含控制字符', 'must hold no control characters')
  return textFault(value) === null ? null : wanted('含不完整的字符', 'holds half of a surrogate pair')
}

const matching =
  (pattern: RegExp, zh: string, en: string): CheckPrimitive =>
  (value) =>
    typeof value === 'string' && pattern.test(value) ? null : wanted(zh, en)

const DAYS_MOST = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

/** Whether year, month and day name a day of the calendar; parts that are missing do not matter. */
const isCalendarDay = (value: string): boolean => {
  const year = Number(value.slice(0, 4))
  if (year === 0 || value.length < 7) return year > 0
  const month = Number(value.slice(5, 7))
  if (month < 1 || month > 12 || value.length < 10) return month >= 1 && month <= 12
  const day = Number(value.slice(8, 10))
  return day >= 1 && day <= (DAYS_MOST[month - 1] as number) && (month !== 2 || day < 29 || isLeap(year))
}

const TIME = String.raw`(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?`
const ZONE = String.raw`(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))`
const DATE = /^\d{4}(?:-\d\d(?:-\d\d)?)?$/
const DATE_TIME = new RegExp(String.raw`^\d{4}(?:-\d\d(?:-\d\d(?:T${TIME}${ZONE})?)?)?$`)
const INSTANT = new RegExp(String.raw`^\d{4}-\d\d-\d\dT${TIME}${ZONE}$`)
const CLOCK = new RegExp(`^${TIME}$`)

const day =
  (pattern: RegExp, zh: string, en: string): CheckPrimitive =>
  (value) =>
    typeof value === 'string' && pattern.test(value) && isCalendarDay(value) ? null : wanted(zh, en)

const whole =
  (from: number, zh: string, en: string): CheckPrimitive =>
  (value) => {
    const number = numberOf(value)
    return number !== null && Number.isInteger(number) && number >= from && number <= 2_147_483_647 ? null : wanted(zh, en)
  }

const OID = /^urn:oid:[0-2](?:\.(?:0|[1-9]\d*))+$/
const UUID = /^urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const ANY_CASE_UUID = new RegExp(UUID.source, 'i')
const MALFORMED_URI = wanted('URI 格式不正确', 'is not a well-formed URI')

/** Whether a URI says that it is a UUID or an OID, and is none. */
export const isMalformedUrn = (uri: string): boolean =>
  (uri.startsWith('urn:oid:') && !OID.test(uri)) || (uri.startsWith('urn:uuid:') && !ANY_CASE_UUID.test(uri))

const uri = (value: unknown): Wanted => {
  if (typeof value !== 'string' || value === '' || /\s/.test(value) || textFault(value) !== null) return MALFORMED_URI
  return isMalformedUrn(value) ? MALFORMED_URI : null
}

const MALFORMED_BASE64 = wanted('应为 base64', 'must be base64')

const base64 = (value: unknown): Wanted => {
  if (typeof value !== 'string') return MALFORMED_BASE64
  const bare = /\s/.test(value) ? value.replace(/\s+/g, '') : value
  return bare !== '' && bare.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(bare) ? null : MALFORMED_BASE64
}

/** How each primitive type of FHIR R4 is written. Source: hl7.org/fhir/R4/datatypes.html. */
export const PRIMITIVES: Readonly<Record<string, CheckPrimitive>> = {
  boolean: (value) => (typeof value === 'boolean' ? null : wanted('应为 true 或 false', 'must be true or false')),
  string: text,
  markdown: text,
  xhtml: text,
  code: matching(/^[^\s]+(?: [^\s]+)*$/, '应为代码:不得为空,首尾无空格', 'must be a code: not empty, no space at its ends'),
  id: matching(/^[A-Za-z0-9\-.]{1,64}$/, '应为 1 至 64 位字母、数字、- 或 .', 'must be 1 to 64 letters, digits, - or .'),
  uri,
  url: uri,
  canonical: uri,
  oid: matching(OID, '应为 urn:oid: 开头的 OID', 'must be an OID that begins with urn:oid:'),
  uuid: matching(UUID, '应为 urn:uuid: 开头的小写 UUID', 'must be a UUID in small letters that begins with urn:uuid:'),
  date: day(DATE, '应为日期 YYYY、YYYY-MM 或 YYYY-MM-DD', 'must be a date YYYY, YYYY-MM or YYYY-MM-DD'),
  dateTime: day(DATE_TIME, '应为日期时间,有时刻则须带秒和时区', 'must be a date and time; a time needs seconds and a zone'),
  instant: day(INSTANT, '应为带秒和时区的时刻', 'must be an instant with seconds and a zone'),
  time: matching(CLOCK, '应为时间 hh:mm:ss', 'must be a time hh:mm:ss'),
  integer: whole(-2_147_483_648, '应为整数', 'must be a whole number'),
  unsignedInt: whole(0, '应为不小于 0 的整数', 'must be a whole number from 0'),
  positiveInt: whole(1, '应为不小于 1 的整数', 'must be a whole number from 1'),
  decimal: (value) => (numberOf(value) === null ? wanted('应为数字', 'must be a number') : null),
  base64Binary: base64,
}
