import { eventOf } from '../lifecycle.ts'

const ASKED = eventOf['ask-more']
const SENT: readonly string[] = [eventOf.submit, eventOf.redirect]

/**
 * How often the present receiver has asked for more since the case was last sent to it. Who gets a case by redirection may
 * ask anew; a supplement does not begin the count again, so that nobody keeps a patient waiting by asking without end.
 */
export const asksSinceSent = (events: readonly string[]): number =>
  events.slice(events.findLastIndex((type) => SENT.includes(type)) + 1).filter((type) => type === ASKED).length
