/** One appointment for a calendar. Instants are ISO, or ms since 1970. */
export type CalendarEntry = {
  /** The same id writes over the same entry when it is added again. */
  id: string
  title: string
  where: string
  notes: string
  startsAt: string | number
  endsAt: string | number
  /** The server's instant at which the file is made. */
  madeAt: number
}

/** Minutes before the start at which the telephone reminds: the evening before, and when it is time to leave. */
const remindersMinutes = [15 * 60, 2 * 60]

/** RFC 5545 §3.1 allows 75 octets a line. */
const octetsMost = 75

const escaped = (text: string): string =>
  text
    .replaceAll('\\', '\\\\')
    .replaceAll(/\r?\n/g, '\\n')
    .replaceAll(/([;,])/g, String.raw`\$1`)

const inUtc = new Intl.DateTimeFormat('sv-SE', { timeZone: 'UTC', dateStyle: 'short', timeStyle: 'medium' })
const stamp = (instant: string | number): string =>
  `${inUtc
    .format(typeof instant === 'number' ? instant : Date.parse(instant))
    .replaceAll(/[-:]/g, '')
    .replace(' ', 'T')}Z`

const octetsOf = (character: string): number => new TextEncoder().encode(character).length

/** Breaks a line into lines of at most 75 octets, never inside a character; the further ones begin with a space. */
const folded = (line: string): string => {
  let out = ''
  let octets = 0
  for (const character of line) {
    const more = octetsOf(character)
    if (octets + more > octetsMost) {
      out += '\r\n '
      octets = 1
    }
    out += character
    octets += more
  }
  return out
}

/** The text of an .ics file that telephones take into their calendar. Source: RFC 5545. */
export const calendarFile = ({ id, title, where, notes, startsAt, endsAt, madeAt }: CalendarEntry): string => {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Jieli//Resident//ZH',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:${id}@jieli`,
    `DTSTAMP:${stamp(madeAt)}`,
    `DTSTART:${stamp(startsAt)}`,
    `DTEND:${stamp(endsAt)}`,
    `SUMMARY:${escaped(title)}`,
    `LOCATION:${escaped(where)}`,
    `DESCRIPTION:${escaped(notes)}`,
    ...remindersMinutes.flatMap((minutes) => [
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      `DESCRIPTION:${escaped(title)}`,
      `TRIGGER:-PT${minutes}M`,
      'END:VALARM',
    ]),
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  return `${lines.map(folded).join('\r\n')}\r\n`
}
