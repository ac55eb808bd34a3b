import { callNext, enter, leave, pass, recall, serve } from './calling.ts'
import { checkIn, findArrival, takeTicket } from './check-in.ts'
import { closeQueue, endQueue, myTickets, openQueue, queueBoard, queues, remindQueue } from './queues.ts'
import { closeScreen, openScreen, screens } from './screens.ts'

export { visitDayReactions } from './queues.ts'

/** Everything that can be asked on the day of a visit. */
export const visitDayForms = {
  'booking.check-in': checkIn,
  'booking.take-ticket': takeTicket,
  'booking.find-arrival': findArrival,
  'booking.open-queue': openQueue,
  'booking.close-queue': closeQueue,
  'booking.end-queue': endQueue,
  'booking.remind-queue': remindQueue,
  'booking.queues': queues,
  'booking.queue-board': queueBoard,
  'booking.my-tickets': myTickets,
  'booking.call-next': callNext,
  'booking.recall': recall,
  'booking.pass': pass,
  'booking.enter': enter,
  'booking.serve': serve,
  'booking.leave': leave,
  'booking.open-screen': openScreen,
  'booking.close-screen': closeScreen,
  'booking.screens': screens,
} as const
