import { bedReady, closeBed, reopenBed } from './bed-forms.ts'
import { bookTogether, cancelGroup, confirmGroup, endMissedStay, expireGroup } from './group-forms.ts'
import { personsHere } from './persons-here.ts'
import { publishBedDays } from './publish.ts'
import { bedsBoard, freeBeds, myStays, whoInBed } from './queries.ts'
import { admit, discharge, giveBed } from './stay-forms.ts'
import { expectDischarge, keepOverdueStay } from './stay-length.ts'
import { addBeds, openWard } from './ward-forms.ts'

/** Everything that can be asked of wards, beds and stays, and of units that are decided together. */
export const bedsForms = {
  'booking.open-ward': openWard,
  'booking.add-beds': addBeds,
  'booking.close-bed': closeBed,
  'booking.reopen-bed': reopenBed,
  'booking.bed-ready': bedReady,
  'booking.publish-bed-days': publishBedDays,
  'booking.book-together': bookTogether,
  'booking.confirm-group': confirmGroup,
  'booking.cancel-group': cancelGroup,
  'booking.expire-group': expireGroup,
  'booking.end-missed-stay': endMissedStay,
  'booking.admit': admit,
  'booking.give-bed': giveBed,
  'booking.expect-discharge': expectDischarge,
  'booking.discharge': discharge,
  'booking.keep-overdue-stay': keepOverdueStay,
  'booking.beds-board': bedsBoard,
  'booking.free-beds': freeBeds,
  'booking.who-in-bed': whoInBed,
  'booking.persons-here': personsHere,
  'booking.my-stays': myStays,
} as const
